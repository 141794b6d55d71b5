"""The views of a normalised document, by what its path keys look like."""

from __future__ import annotations

import enum
from typing import Any

from vcsdk.bundle.plain import plain_documents
from vcsdk.bundle.references import Place, relocate
from vcsdk.load.document import Document
from vcsdk.normalize.views import vendor_keys, vendor_view


class View(enum.StrEnum):
    """A form of the path keys.

    `vendor` has the query in the key (`/cluster?action=failover`), which schemathesis reads.  `fragment` has it among
    the parameters, under keys that a fragment tells apart (`/cluster#failover`), which linters read.  `plain` has
    bare paths with one operation a method, spread over as many documents as that takes, which every tool reads.
    """

    VENDOR = "vendor"
    FRAGMENT = "fragment"
    PLAIN = "plain"


def views(document: Document, view: View) -> list[dict[str, Any]]:
    """The documents of a view: one, or for `plain` at least one.

    They are self-contained and share nodes with `document.data`: dump them, do not change them.
    """
    if view is View.PLAIN:
        return plain_documents(document.data)
    if view is View.VENDOR:
        renamed = vendor_keys(document) if document.vendor_paths else {}
        places: dict[Place, Place | None] = {(new,): (old,) for new, old in renamed.items() if new != old}
        return [relocate(vendor_view(document), document.data, places)]
    return [document.data]
