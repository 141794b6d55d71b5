"""What a mutant does: each kind changes an answer, or what reaches the server, and knows JSON and HTTP but no API.

The table in `docs/score.md` says the same in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from vcsdk.contract.mutants.messages import Given

Place = tuple[str, ...]
"""Where something stands in JSON: names of members, `*` for each item of an array."""
DELAY = 1.5
"""Seconds; three times what the run allows an answer."""
_FRAMING = frozenset({"content-length", "transfer-encoding", "connection", "date", "server"})
# Each status with a neighbour of its own class that means something else, and one of another class.
_NEIGHBOURS = {200: 201, 201: 200, 202: 200, 204: 200, 400: 409, 401: 403, 403: 401, 404: 400, 405: 404, 422: 409}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mutant: `id`, and what it does in words."""

    id: str
    doc: str


AnswerChange = Callable[[Given, str], Given | None]
"""Gives the changed answer, or None where it has nothing to change; the text says where."""
MemberChange = Callable[[dict[str, Any], str], bool]


def _in_member(change: MemberChange) -> Callable[[Given, Place], Given | None]:
    def changed(answer: Given, place: Place) -> Given | None:
        value = answer.value
        done = [change(holder, place[-1]) for holder in list(holders(value, place[:-1])) if place[-1] in holder]
        return answer.with_value(value) if any(done) else None

    return changed


def _drop(holder: dict[str, Any], name: str) -> bool:
    del holder[name]
    return True


def _null(holder: dict[str, Any], name: str) -> bool:
    changed = holder[name] is not None
    holder[name] = None
    return changed


def _retype(holder: dict[str, Any], name: str) -> bool:
    value = holder[name]
    if isinstance(value, str):
        holder[name] = 7
    elif isinstance(value, list):
        holder[name] = {}
    elif isinstance(value, dict):
        holder[name] = []
    else:
        holder[name] = "null" if value is None else str(value).lower()
    return True


def _alter(holder: dict[str, Any], name: str) -> bool:
    value = holder[name]
    if isinstance(value, bool):
        holder[name] = not value
    elif isinstance(value, (int, float)):
        holder[name] = value + 1
    elif isinstance(value, str):
        holder[name] = f"{value}x"
    else:
        return False
    return True


def _add(holder: dict[str, Any], name: str) -> bool:
    holder[f"{name}_x"] = holder[name]
    return True


def _rename(holder: dict[str, Any], name: str) -> bool:
    holder[name.upper() if name.upper() != name else name.lower()] = holder.pop(name)
    return True


def _drop_item(holder: dict[str, Any], name: str) -> bool:
    if not isinstance(holder[name], list) or not holder[name]:
        return False
    holder[name].pop()
    return True


def _repeat_item(holder: dict[str, Any], name: str) -> bool:
    if not isinstance(holder[name], list) or not holder[name]:
        return False
    holder[name].append(holder[name][-1])
    return True


def _swap(holder: dict[str, Any], name: str) -> bool:
    other = next((key for key in sorted(holder) if key != name and holder[key] != holder[name]), None)
    if other is None:
        return False
    holder[name], holder[other] = holder[other], holder[name]
    return True


MEMBER_KINDS: Mapping[Kind, Callable[[Given, Place], Given | None]] = {
    Kind("drop-member", "a member of an object is left out"): _in_member(_drop),
    Kind("null-member", "a member is null"): _in_member(_null),
    Kind("retype-member", "a member is of another JSON type"): _in_member(_retype),
    Kind("alter-member", "a text is longer by one character, a number one more, a boolean the opposite"): _in_member(
        _alter
    ),
    Kind("swap-members", "two members of an object have each other's value"): _in_member(_swap),
    Kind("add-member", "an object has one member more"): _in_member(_add),
    Kind("rename-member", "a member's name is in another case"): _in_member(_rename),
    Kind("drop-item", "an array lacks its last item"): _in_member(_drop_item),
    Kind("repeat-item", "an array has its last item twice"): _in_member(_repeat_item),
}


def _cut(answer: Given) -> Given | None:
    return answer.with_body(answer.body[: len(answer.body) // 2]) if len(answer.body) > 1 else None


def _empty(answer: Given) -> Given | None:
    return answer.with_body(b"") if answer.body else None


def _wrap(answer: Given) -> Given | None:
    return answer.with_value([answer.value]) if answer.value is not None else None


def _neighbour(answer: Given) -> Given | None:
    status = _NEIGHBOURS.get(answer.status, answer.status + 1)
    return replace(answer, status=status) if answer.status != 204 else _with_length(replace(answer, status=status))


def _fail(answer: Given) -> Given | None:
    return _with_length(replace(answer, status=500)) if answer.status < 500 else None


def _succeed(answer: Given) -> Given | None:
    return replace(answer, status=200) if answer.status >= 400 else None


def _with_length(answer: Given) -> Given:
    if answer.header("content-length"):
        return answer
    return replace(answer, headers=(*answer.headers, ("content-length", str(len(answer.body)))))


ANSWER_KINDS: Mapping[Kind, Callable[[Given], Given | None]] = {
    Kind("cut-body", "the body ends in its middle"): _cut,
    Kind("empty-body", "there is no body"): _empty,
    Kind("wrap-body", "the value stands in an array of its own"): _wrap,
    Kind("other-status", "the status is another one of its class"): _neighbour,
    Kind("fail", "the status is 500"): _fail,
    Kind("succeed", "a refusal has the status 200"): _succeed,
}


def _drop_header(answer: Given, name: str) -> Given | None:
    kept = tuple(pair for pair in answer.headers if pair[0] != name)
    return replace(answer, headers=kept) if len(kept) < len(answer.headers) else None


def _alter_header(answer: Given, name: str) -> Given | None:
    if not answer.header(name):
        return None
    return replace(answer, headers=tuple((k, f"{v}x" if k == name else v) for k, v in answer.headers))


HEADER_KINDS: Mapping[Kind, Callable[[Given, str], Given | None]] = {
    Kind("drop-header", "a header is left out"): _drop_header,
    Kind("alter-header", "a header's value is longer by one character"): _alter_header,
}

IGNORE_HEADER = Kind("ignore-header", "a header of the request does not reach the server")
IGNORE_QUERY = Kind("ignore-query", "a name of the query does not reach the server")
IGNORE_BODY = Kind("ignore-body", "the body of an earlier accepted request reaches the server in the place of its own")
IGNORE_REQUEST = Kind("ignore-request", "a changing request is answered like an earlier one, and does not arrive")
REPEAT_REQUEST = Kind("repeat-request", "a changing request arrives twice; the second answer counts")
REPEAT_ANSWER = Kind("repeat-answer", "the same reading is answered for ever as it was the first time")
SWAP_ANSWERS = Kind("swap-answers", "an answer has the body of the one before it, of its kind and status")
DELAY_ANSWER = Kind("delay", f"the answer comes {DELAY} s later")
REQUEST_KINDS = (
    IGNORE_HEADER,
    IGNORE_QUERY,
    IGNORE_BODY,
    IGNORE_REQUEST,
    REPEAT_REQUEST,
    REPEAT_ANSWER,
    SWAP_ANSWERS,
    DELAY_ANSWER,
)
KINDS: tuple[Kind, ...] = (*MEMBER_KINDS, *ANSWER_KINDS, *HEADER_KINDS, *REQUEST_KINDS)


def holders(value: Any, place: Place) -> Iterator[dict[str, Any]]:
    """The objects that stand at a place."""
    if not place:
        if isinstance(value, dict):
            yield value
    elif place[0] == "*":
        for item in value if isinstance(value, list) else ():
            yield from holders(item, place[1:])
    elif isinstance(value, dict) and place[0] in value:
        yield from holders(value[place[0]], place[1:])


def places(value: Any, before: Place = ()) -> Iterator[Place]:
    """Where members stand in a value."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield (*before, name)
            yield from places(member, (*before, name))
    elif isinstance(value, list):
        for item in value:
            yield from places(item, (*before, "*"))


def header_names(headers: tuple[tuple[str, str], ...]) -> list[str]:
    """The names of headers that mean something, without those of framing."""
    return sorted({name for name, _ in headers} - _FRAMING)
