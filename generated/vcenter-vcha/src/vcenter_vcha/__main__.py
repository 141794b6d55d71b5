"""Every operation from the shell: `python -m vcenter_vcha --help`."""

from __future__ import annotations

import sys


def main() -> int:
    """Carry out the command line of the process; gives the exit code."""
    from ._runtime.shell import run
    from .client import VCenter

    return run(VCenter, "vcenter_vcha", "vcenter-vcha")


if __name__ == "__main__":
    sys.exit(main())
