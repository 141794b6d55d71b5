"""What a call can do to the target, inferred from its method and whole verb; the configuration has the last word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vcsdk.build.verbs import DESTROYING, JOBS, STARTING, meaning
from vcsdk.ir import Operation, Role, Safety
from vcsdk.ir.ids import verb_phrase
from vcsdk.ir.vapi import INTERRUPTING, REPORTING, action_of

_SESSION_ROLES = (Role.SESSION_CREATE, Role.SESSION_GET, Role.SESSION_DELETE)
_ORDER = tuple(Safety)
_READING = frozenset(("GET", "HEAD", "OPTIONS", "PROPFIND", "QUERY", "REPORT", "SEARCH"))
"""Those of the registry of HTTP methods that ask for no change (RFC 9110, 16.1.1), but for TRACE."""


def infer(operation: Operation, operation_id: str, profile: str = "plain") -> tuple[Safety, str]:
    """The safety class and the reason for it, one clause that `vcsdk lint` prints.

    `operation_id` is the description's own: what a repair makes unique no longer begins with the verb.  Whatever
    speaks for more harm counts: the action, the operationId, and where there is no action the last word of the path
    (`…/power/stop`).
    """
    if operation.role in _SESSION_ROLES:
        return Safety.READ, "touches only the caller's own session"
    if operation.method in _READING:
        return Safety.READ, f"method {operation.method}"
    if operation.method == "DELETE":
        return Safety.DESTRUCTIVE, "method DELETE"
    reading, destroying = (REPORTING, INTERRUPTING) if profile == "vapi" else (frozenset(), frozenset())
    phrases = [words for words in _phrases(operation, operation_id) if words]
    said = [(phrase, meaning(phrase, reading, destroying)) for phrase in phrases]
    known = [(phrase, safety) for phrase, safety in said if safety is not None]
    worst = max(known, key=lambda found: _ORDER.index(found[1]), default=None)
    begun = _begun(operation, phrases)
    if worst is not None and worst[1] is Safety.DESTRUCTIVE:
        return Safety.DESTRUCTIVE, f"verb `{'-'.join(worst[0])}`"
    if begun and (begun in DESTROYING or begun in destroying):
        return Safety.DESTRUCTIVE, f"verb `{'-'.join(phrases[0])}`, of `{begun}`"
    last = _words(_last_word(operation.path))
    reads = worst is not None and worst[1] is Safety.READ and said[0][1] is Safety.READ
    if not reads and not action_of(operation.fixed_query) and meaning(last) is Safety.DESTRUCTIVE:
        return Safety.DESTRUCTIVE, f"verb `{'-'.join(last)}`"
    verb = "-".join((phrases or [last])[0])
    if reads or (not phrases and meaning(last, reading) is Safety.READ):
        return Safety.READ, f"verb `{verb}` although the method is {operation.method}"
    return Safety.WRITE, f"method {operation.method}" + (f", verb `{verb}`" if verb else "")


def _phrases(operation: Operation, operation_id: str) -> Iterator[list[str]]:
    """What the action and the operationId say, in words: `revoke propagating permissions`."""
    yield _words(action_of(operation.fixed_query) or "")
    # `compute.instances.stop` and `apps/reset-token` name the resource first.
    yield _words(re.split(r"[./]", verb_phrase(operation_id))[-1])


def _words(phrase: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", phrase)]


def _last_word(path: str) -> str:
    """The last word, which may be a verb: `…/power/stop`, and `…/{name}:undelete` (AIP-136)."""
    last = re.sub(r"\{[^}]*\}", "{}", path).rstrip("/").rpartition("/")[2].rpartition(":")[2]
    return "" if "{" in last else last


def _begun(operation: Operation, phrases: Sequence[list[str]]) -> str:
    """What is set going, where a verb says only that something is: `restore` of `POST …/restore/jobs`."""
    named = [part for part in operation.path.split("/") if part and "{" not in part]
    job = bool(named) and named[-1] in JOBS
    verbs = {words[0] for words in phrases}
    if not (verbs & STARTING or (job and verbs & {"create", "post"})):
        return ""
    named = named[:-1] if job else named
    return "" if not named else named[-1].removesuffix("s") if job else named[-1]
