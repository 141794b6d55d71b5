"""How Sphinx builds the site; `make docs` runs it, and every warning is an error there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from vcsdk import __version__  # noqa: E402

from docs.pages import write  # noqa: E402

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "vcsdk"
release = __version__
extensions = ["myst_parser"]
exclude_patterns = ["pages"]
nitpicky = True
myst_heading_anchors = 4
html_theme = "furo"
html_title = "vcsdk"
html_show_copyright = False
html_copy_source = False


def setup(app: Sphinx) -> None:
    """Write the reference pages before Sphinx looks for pages."""
    app.connect("builder-inited", lambda app: write(Path(app.srcdir) / "reference"))
