"""One self-contained document after normalisation, in the form another tool can read."""

from __future__ import annotations

from vcsdk.bundle.target import BundleFile, bundle_files
from vcsdk.bundle.views import View, views

__all__ = ["BundleFile", "View", "bundle_files", "views"]
