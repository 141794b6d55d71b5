"""What servers are known to answer although the description is silent: overlays for the contract package alone."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path

from generator.diagnostics import Diagnostics
from generator.load import apply_overlay
from generator.load.document import Document
from generator.normalize.views import vendor_view


def add(document: Document, overlays: Sequence[Path], diagnostics: Diagnostics) -> None:
    """Set `document.contract_view`: the vendor's form of the document with the overlays applied.

    Raises:
        InputError: As `apply_overlay` does.
    """
    view = Document(copy.deepcopy(vendor_view(document)), document.file, document.version, document.sources)
    for overlay in overlays:
        apply_overlay(view, overlay, diagnostics)
    document.contract_view = view.data
