"""What verbs mean for the target, whole: `check` looks, `check out` does not, and `stage and install` installs."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from vcsdk.ir import Safety


def _verbs(text: str) -> frozenset[str]:
    return frozenset(text.split())


_READING = _verbs(
    "check count describe downloadurl estimate fetch filter find get list lookup precheck preview query read search"
    " show validate"
)
_WRITING = _verbs(
    "add apply assign attach create enable insert patch post put register run save set start update upsert"
)
DESTROYING = _verbs(
    "abort clear deactivate decommission delete destroy detach disable drop erase evacuate evict expunge failback"
    " failover format halt kill poweroff purge reboot redeploy remove reset restart restore revert revoke rollback"
    " shutdown stop suspend teardown terminate truncate undeploy uninstall unmount unregister unset wipe"
)
STARTING = _verbs("execute initiate launch perform run start trigger")
"""Verbs that say only that something begins; what does stands before them."""
JOBS = frozenset(("job", "jobs", "task", "tasks"))
_ADVERBS = _verbs("async batch bulk force hard instant mass multi safe soft")
_PARTICLES = _verbs("back down in off out over up")
_CONJUNCTIONS = frozenset(("and", "or", "then"))
_ORDER = tuple(Safety)


def meaning(
    words: Sequence[str], reading: AbstractSet[str] = frozenset(), destroying: AbstractSet[str] = frozenset()
) -> Safety | None:
    """What a phrase such as `["stage", "and", "install"]` can do; None where its verb is not known.

    Args:
        words: In lower case, the verb first.
        reading: Verbs that look and change nothing, beside those that everybody uses.
        destroying: Verbs that interrupt or lose, likewise.
    """
    parts = [list(part) for joins, part in groupby(words, _CONJUNCTIONS.__contains__) if not joins]
    found = [_of_verb(part, reading, destroying) for part in parts]
    if len(parts) > 1 and len(_bare(parts[0])) == 1 and found[1] is None:
        # No object stands between: what follows is a verb, too.
        found[1] = Safety.WRITE
    worst = max((safety for safety in found if safety is not None), key=_ORDER.index, default=None)
    return None if worst is Safety.READ and found[0] is None else worst


def _of_verb(words: Sequence[str], reading: AbstractSet[str], destroying: AbstractSet[str]) -> Safety | None:
    words = _bare(words)
    pair = "".join(words[:2])
    for verb in (pair, words[0]) if words else ():
        if verb in DESTROYING or verb in destroying:
            return Safety.DESTRUCTIVE
        if verb in _WRITING:
            return Safety.WRITE
        if verb in _READING or verb in reading:
            return Safety.READ
        if verb is pair and len(words) > 1 and words[1] in _PARTICLES:
            return None
    return None


def _bare(words: Sequence[str]) -> Sequence[str]:
    """The words without what only says how: `delete` of `force delete`."""
    while len(words) > 1 and words[0] in _ADVERBS:
        words = words[1:]
    return words
