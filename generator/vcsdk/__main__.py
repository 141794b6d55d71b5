"""`python -m vcsdk` is the command `vcsdk`."""

from __future__ import annotations

from vcsdk.cli.main import command

if __name__ == "__main__":
    command()
