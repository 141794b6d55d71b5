"""Mends and canonicalises a document; behind it nothing knows what VMware's files get wrong."""

from __future__ import annotations

from vcsdk.config.model import Config
from vcsdk.diagnostics import Diagnostics
from vcsdk.load.document import Document
from vcsdk.load.walk import walk
from vcsdk.normalize.profile import profile_of
from vcsdk.normalize.registry import Context, Repair, RepairMade
from vcsdk.normalize.rules import RULES

__all__ = ["RULES", "Repair", "RepairMade", "normalize"]


def normalize(document: Document, config: Config, diagnostics: Diagnostics) -> list[RepairMade]:
    """Mend `document.data` in place by every rule that `config.repairs_off` does not name; what was done, by rule.

    What cannot be mended is left for `checks`; only what a rule itself finds wrong is added to `diagnostics`.
    """
    context = Context(
        document, walk(document.data, is_31=document.is_31), config, diagnostics, profile_of(document, config)
    )
    made = []
    for rule in RULES:
        if rule.id not in config.repairs_off:
            places = tuple(rule.make(context))
            if places:
                made.append(RepairMade(rule.id, rule.level, places))
    return made
