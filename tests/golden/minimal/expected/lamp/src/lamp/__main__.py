"""Every operation from the shell: `python -m lamp --help`."""

from __future__ import annotations

import sys


def main() -> int:
    """Carry out the command line of the process; gives the exit code."""
    from ._runtime.shell import run
    from .client import Lamp

    return run(Lamp, "lamp", "lamp")


if __name__ == "__main__":
    sys.exit(main())
