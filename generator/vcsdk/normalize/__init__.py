"""Mends and canonicalises a document; behind it nothing knows what VMware's files get wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from vcsdk.config.model import Config
from vcsdk.diagnostics import Diagnostics
from vcsdk.load.document import Document
from vcsdk.load.walk import walk
from vcsdk.normalize.profile import profile_of
from vcsdk.normalize.registry import Context, Repair, RepairMade, Rule
from vcsdk.normalize.rules import RULES

__all__ = ["RULES", "Repair", "RepairMade", "normalize", "normalize_several"]


def normalize(document: Document, config: Config, diagnostics: Diagnostics) -> list[RepairMade]:
    """Mend `document.data` in place by every rule that `config.repairs_off` does not name; what was done, by rule.

    What cannot be mended is left for `checks`; only what a rule itself finds wrong is added to `diagnostics`.
    """
    return _mend(document, config, diagnostics, RULES)


def normalize_several(
    documents: Sequence[Document],
    config: Config,
    diagnostics: Diagnostics,
    merge: Callable[[], Document],
) -> tuple[Document, list[RepairMade]]:
    """Mend each document, let `merge` make one of them, and mend in that what tells operations apart.

    A description has the profile of the set: VMware's error model may stand in another file.
    """
    profiles = {profile_of(document, config) for document in documents}
    told = replace(config, profile="vapi" if "vapi" in profiles else profiles.pop())
    alone = [rule for rule in RULES if not rule.of_the_api]
    made = [found for document in documents for found in _mend(document, told, diagnostics, alone)]
    merged = merge()
    made += _mend(merged, told, diagnostics, [rule for rule in RULES if rule.of_the_api])
    places = {rule: [place for found in made if found.rule == rule.id for place in found.places] for rule in RULES}
    return merged, [RepairMade(rule.id, rule.level, tuple(found)) for rule, found in places.items() if found]


def _mend(document: Document, config: Config, diagnostics: Diagnostics, rules: Sequence[Rule]) -> list[RepairMade]:
    context = Context(
        document, walk(document.data, is_31=document.is_31), config, diagnostics, profile_of(document, config)
    )
    made = []
    for rule in rules:
        if rule.id not in config.repairs_off:
            places = tuple(rule.make(context))
            if places and rule.reshapes:
                context = replace(context, index=walk(document.data, is_31=document.is_31))
            if places:
                made.append(RepairMade(rule.id, rule.level, places))
    return made
