"""What servers are known to answer although the description is silent: overlays for the contract package alone."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path

from vcsdk.diagnostics import Diagnostics
from vcsdk.load import apply_overlay
from vcsdk.load.document import Document
from vcsdk.normalize.views import vendor_view


def add(document: Document, overlays: Sequence[Path], diagnostics: Diagnostics) -> None:
    """Set `document.contract_view`: the vendor's form of the document with the overlays applied.

    Raises:
        InputError: As `apply_overlay` does.
    """
    view = Document(copy.deepcopy(vendor_view(document)), document.file, document.version, document.sources)
    for overlay in overlays:
        apply_overlay([view], overlay, diagnostics)
    document.contract_view = view.data
