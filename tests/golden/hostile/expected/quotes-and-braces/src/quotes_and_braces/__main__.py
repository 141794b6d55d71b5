"""Every operation from the shell: `python -m quotes_and_braces --help`."""

from __future__ import annotations

import sys


def main() -> int:
    """Carry out the command line of the process; gives the exit code."""
    from ._runtime.shell import run
    from .client import QuotesAndBraces

    return run(QuotesAndBraces, "quotes_and_braces", "quotes-and-braces")


if __name__ == "__main__":
    sys.exit(main())
