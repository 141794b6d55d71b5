"""The API reference that comes with the client of the fragment, as an example of the one in every package."""

from __future__ import annotations

from pathlib import Path

_FILE = Path(__file__).parents[2] / "generated/vcenter-vcha/docs/reference.md"
_HEAD = """# Methods of vcenter-vcha

Every generated client has such a page, `docs/reference.md`. This is the one of `generated/vcenter-vcha`.

"""


def page() -> str:
    """The page: that of the package, under a title that says whose it is."""
    return _HEAD + _FILE.read_text(encoding="utf-8").partition("\n")[2].lstrip()
