"""The folder where the toolkit keeps what saves time in later runs; nothing in it decides what is generated."""

from __future__ import annotations

import os
from pathlib import Path


def folder() -> Path:
    """`VCSDK_CACHE_DIR`, else `vcsdk` in the user's cache folder (XDG Base Directory Specification); may not exist."""
    named = os.environ.get("VCSDK_CACHE_DIR")
    return Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vcsdk"
