"""A request is refused without the credentials that its operation asks for, with wrong ones, and in a wrong place.

OpenAPI, "Security Requirement Object": of alternatives one is enough, of schemes that are needed together none may
lack; "Security Scheme Object": where each travels.
"""

from __future__ import annotations

from typing import Any

import pytest

from .. import listed
from ..answers import Answer
from ..check import Check, Finding
from ..credentials import MISSING, NOTHING, Sent, lacking, spoilt, together
from ..operations import Operation
from ..sources import Source
from ..target import Target

CHECK = Check(
    "credentials-needed",
    __doc__,
    ("no-auth-check", "key-unchecked", "key-anywhere", "one-key-enough", "scheme-word-ignored", "reading-unguarded"),
    severity="security",
)
# About who asks; the others can be about anything, so that what is right has to be answered otherwise.
_OF_ACCOUNT = (401, 403)
_UNKNOWN = (404, 410)


def hold(
    target: Target,
    method: str,
    path: str,
    body: Any,
    scheme: str,
    how: str,
    *,
    content_type: str = "",
    sources: tuple[Source, ...] = (),
) -> None:
    """Neither carried out nor answered as the same request with the right credentials is.

    A server that looks at the identifier first shows only of what is there whom it lets in: `sources` are lists that
    name such, where nothing can be made.
    """
    ways, keys = target.run.catalogue.ways, target.keys()
    operation = target.run.catalogue.match(method, target.run.catalogue.prefix + path.partition("?")[0], _query(path))
    asked = operation.security if operation is not None else ()
    # The alternative that the scheme belongs to; for all of them whichever the account has.
    names = next((names for names in asked if scheme in names), None) if scheme else ()
    if names is None:
        pytest.skip(f"not exercised: nothing asks for `{scheme}` there")
    if missing := lacking((names,), ways, keys):
        pytest.skip(f"not exercised: {missing}")
    right = together(names, ways, keys) if names else target.credentials_for(method, path)
    usual = _send(target, method, path, body, right, content_type) if right != NOTHING else None
    known = _known(target, operation, path, sources) if usual is not None and usual.status in _UNKNOWN else None
    if known is not None:
        path = known
        # With the right credentials there would be nothing left to delete.
        usual = _send(target, method, path, body, right, content_type) if method != "DELETE" else None
    if usual is not None and usual.status == 401:
        pytest.skip("not exercised: the target does not take the credentials of the run here")
    answer = _send(target, method, path, body, _altered(names, scheme, how, target), content_type)
    if _is_let_in(answer, target) and scheme:
        # Who asks nobody who they are takes wrong credentials, too: that is one fault.
        bare = _send(target, method, path, body, NOTHING, content_type)
        if _is_let_in(bare, target):
            answer, scheme, how = bare, "", MISSING
    target.hold(answer, expect=lambda given: _is_refused(given, usual, scheme, how, target))


def _known(target: Target, operation: Operation | None, path: str, sources: tuple[Source, ...]) -> str | None:
    """The path of something that is there: the run's own, or, for a reading, what a list shows; None for nothing."""
    if operation is None or "{" not in operation.path:
        return None
    own: str | None = target.run.existing(target, operation, path)
    if own is not None and operation.method == "DELETE":
        thing = target.run.gate.made.at(target.run.catalogue.prefix + own)
        return own if thing is not None and thing.own else None
    if own is None and sources and operation.method == "GET":
        shown = listed.places(target, operation, sources, 1)
        own = shown[0].path + path[len(path.partition("?")[0]) :] if shown else None
    return own


def _altered(names: tuple[str, ...], scheme: str, how: str, target: Target) -> Sent:
    ways, keys = target.run.catalogue.ways, target.keys()
    rest = together((name for name in names if name != scheme), ways, keys)
    if not scheme:
        return NOTHING
    return rest | spoilt(ways[scheme], how, keys[scheme], [name.lower() for name in rest.fields])


def _send(target: Target, method: str, path: str, body: Any, credentials: Sent, content_type: str) -> Answer:
    return target.send(method, path, body, content_type=content_type, credentials=credentials)


def _is_let_in(answer: Answer, target: Target) -> bool:
    """A redirection that the operation does not document leads to where one signs in."""
    described = answer.operation is not None and target.run.description.response(answer.operation, answer.status)
    return answer.status < (400 if described else 300)


def _is_refused(answer: Answer, usual: Answer | None, scheme: str, how: str, target: Target) -> None:
    if _is_let_in(answer, target):
        kind = f"`{scheme}` {how}" if scheme else "no credentials"
        told = f"a request with {kind} must be refused"
        raise Finding(CHECK, told, answer, path=scheme, observed=f"{how}: status {answer.status}")
    if answer.status not in _OF_ACCOUNT and usual is not None and answer.status == usual.status:
        pytest.skip(f"not exercised: with the right credentials it is answered {usual.status}, too")


def _query(path: str) -> str:
    return path.partition("?")[2]
