"""Makes things on the target for the tests of their lives, and reads, changes and removes them."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from . import needed, paths
from .answers import Answer
from .checks import expected_status
from .link_header import next_in
from .lives import Life, Plain, at, identifier_in, member_at, put, text_of
from .made import hung_kind
from .operations import Operation
from .target import ABSENT, DOCUMENTED, Target
from .undo import JSON_PATCH

NO_IDENTIFIER = "not exercised: the target gives what is made no identifier of its own"
_FOR_WHAT_IT_SAYS = (400, 403, 409, 422)
_LATER = 202
# What these say may be about something else than what was made: a page of thanks, a job.
_ELSEWHERE = (_LATER, 303)
_PATIENCE, _PAUSE = 10.0, 0.1
_LAST_TURN = 2


@dataclass
class Instance:
    """A thing that was made; what was said of it, the answer, what is shown as it was sent.

    `path` is where it is, `home` where the collection is, both below the prefix.
    """

    life: Life
    home: str
    path: str
    identifier: str
    said: Any
    answer: Answer = field(repr=False)
    mark: str = ""
    echoed: tuple[str, ...] = ()


def make(target: Target, life: Life, number: int = 0, *, again: bool = False) -> Instance:
    """A new thing, with what it belongs to; those with another number differ also in what is not made up.

    One that is said to be where another was made is given only to who asks for it `again`.  The test is skipped where
    a correct server may refuse it for what the description cannot say.
    """
    __tracebackhide__ = True
    home = make(target, target.run.catalogue.life(life.parent)).path if life.parent else ""
    create = _operation(target, life.create)
    above = path = f"{home}/{life.name.rpartition('/')[2]}" if home else life.home(_mark(target, life))
    mark, answer, sent, identifier = "", None, None, None
    for attempt in _attempts(life, number):
        mark = _mark(target, life)
        if life.placed is not None:
            identifier = str(life.placed.value(mark))
            path = member_at(above, _operation(target, life.read).path, identifier)
            _is_free(target, path)
        sent = _body(life, attempt, mark)
        answer = target.send(create.method, path, sent, content_type=life.create_type)
        if answer.status < 400 or answer.status >= 500:
            break
    assert answer is not None
    if 400 <= answer.status < 500:
        pytest.skip(f"not exercised: nothing could be made, {create.request_line} answered {answer.status}")
    _hold(target, create, answer)
    if life.placed is None and life.identifier is not None and answer.content and answer.status < 300:
        identifier = text_of(at(answer.result, life.identifier))
    reader = _operation(target, life.read)
    place = member_at(above, reader.path, identifier) if identifier is not None else located(target, answer)
    if place is None or (answer.status in _ELSEWHERE and not _is_read_at(target, life, place)):
        pytest.skip(f"not exercised: the answer to {create.request_line} does not tell what was made")
    identifier = identifier or identifier_in(reader.path, place)
    if answer.status == _LATER:
        _wait_for(target, life, place)
    made = Instance(life, above, place, identifier, life.said(sent), answer, mark)
    if not again and shares_its_place(target, made):
        pytest.skip(NO_IDENTIFIER)
    shown = target.send(reader.method, place)
    if shown.status == 200 and shown.is_json:
        made.echoed = life.echoed(made.said, life.values(shown.result))
        marked = any(each.kind == "text" for each in (*life.plain, *life.optional) if each.name in made.echoed)
        target.run.gate.made.confirm(target.run.catalogue.prefix + place, shown.result, marked=marked)
    return made


def _is_read_at(target: Target, life: Life, place: str) -> bool:
    found = target.run.catalogue.match("GET", paths.as_sent(target.run.catalogue.prefix + place))
    return found is not None and found.name == _operation(target, life.read).name


def _wait_for(target: Target, life: Life, place: str) -> None:
    """Until what was only accepted is there (RFC 9110, 15.3.3); after the first time in vain nobody waits again."""
    kind, reader = hung_kind(life), _operation(target, life.read)
    deadline = time.monotonic() + (0 if target.run.shared.has_hung(kind) else _PATIENCE)
    with target.run.gate.waiting():
        while target.send(reader.method, place).status in (404, 410):
            if time.monotonic() > deadline:
                target.run.shared.hang(kind)
                pytest.skip("not exercised: what was accepted is not there yet")
            time.sleep(_PAUSE)


def shares_its_place(target: Target, made: Instance) -> bool:
    """Whether another thing was said to be in its place as well."""
    return target.run.gate.made.is_repeated(target.run.catalogue.prefix + made.path)


@dataclass(frozen=True)
class _Attempt:
    """What is put into a body; the more, the more is seen, and the likelier it is to be refused."""

    plain: tuple[Plain, ...]
    varied: Mapping[str, Any]


def _attempts(life: Life, number: int) -> list[_Attempt]:
    varied = {name: values[number % len(values)] for name, values in life.varied} if number else {}
    certain = tuple(each for each in life.optional if not each.is_listed)
    every = [
        _Attempt((*life.plain, *life.optional), varied),
        _Attempt((*life.plain, *life.optional), {}),
        _Attempt((*life.plain, *certain), {}),
        _Attempt(life.plain, {}),
    ]
    return [attempt for at, attempt in enumerate(every) if attempt not in every[:at]]


def _is_free(target: Target, path: str) -> None:
    """Skip the test where something is there that a PUT would write over."""
    if target.send("GET", path).status < 400:
        pytest.skip("not exercised: something is there already that would be written over")


def read(target: Target, made: Instance) -> Answer:
    """Whatever comes for it."""
    return target.send(_operation(target, made.life.read).method, made.path)


def shown(target: Target, made: Instance) -> Any:
    """How it is shown.  The test is skipped where it is not: that is what another one finds."""
    answer = read(target, made)
    if not 200 <= answer.status < 300:
        pytest.skip(f"not exercised: what was made cannot be read ({answer.status})")
    if not answer.is_json:
        pytest.skip("not exercised: what was made is not shown as JSON")
    return answer.result


def strong_tag(answer: Answer) -> str:
    """The `ETag` of what was read; "" where there is none, and for a weak one, which `If-Match` never takes."""
    tag = answer.headers.get("etag", "")
    return "" if not 200 <= answer.status < 300 or tag.startswith("W/") else tag


def change(target: Target, made: Instance, *, only: Plain | None = None) -> dict[str, Any]:
    """Change every plain property of it, or only one; what was said of it."""
    answer, sent = try_change(target, made, only=only)
    operation = _operation(target, made.life.change)
    if 400 <= answer.status < 500:
        pytest.skip(f"not exercised: nothing could be changed, {operation.request_line} answered {answer.status}")
    _hold(target, operation, answer)
    if answer.status == _LATER:
        pytest.skip("not exercised: the change is carried out later")
    return sent


def try_change(
    target: Target,
    made: Instance,
    *,
    headers: Mapping[str, str] | None = None,
    back: bool = False,
    only: Plain | None = None,
) -> tuple[Answer, dict[str, Any]]:
    """Whatever comes for a change of every plain property, or only one, `back` to what was sent first; what was said.

    A value that is one of a list may be a state, which not every other one leads to: where a change with such is
    refused, it is made without them.  What a create does not say may be the server's own, such as a version that a
    change has to name: where one is refused all the same, it is made with what is shown of these now.
    """
    life = made.life
    operation = _operation(target, life.change)
    smallest = life.change_needed
    if life.change_named:
        own = at(shown(target, made), life.holder)
        smallest = put(smallest, life.change_named, at(own, life.change_named[-1:]))
    if life.chosen is not None and life.chosen_in and operation.method == "PUT":
        smallest = put(smallest, (*life.chosen_in, life.chosen.name), made.identifier)
    mark = made.mark if back else f"{made.mark} changed"
    changed = life.changeable if only is None else (only,)
    answer, sent = None, dict[str, Any]()
    unlisted = tuple(each for each in changed if not each.is_listed)
    theirs = tuple(each for each in unlisted if each.name in life.said_first)
    # A state that the test itself names may be refused for good.
    refusals = _FOR_WHAT_IT_SAYS if headers is not None else (*_FOR_WHAT_IT_SAYS, 412)
    for turn, plain in enumerate((changed, unlisted, theirs) if theirs else (changed, unlisted)):
        values = {each.name: each.value(mark, changed=not back) for each in plain}
        before, sent = sent, {**at(smallest, life.change_in), **values}
        if turn == _LAST_TURN and answer is not None and answer.status in refusals:
            sent |= _shown_now(target, made, [name for name in sent if name not in values])
        if answer is not None and answer.status not in refusals:
            return answer, before
        if answer is not None and sent == before:
            continue
        conditions = _state(target, made, operation) if headers is None else headers
        body = put(smallest, life.change_in, sent)
        if life.change_type == JSON_PATCH:
            body = _steps(target, operation, sent)
        answer = target.send(operation.method, made.path, body, content_type=life.change_type, headers=conditions)
    assert answer is not None
    return answer, sent


def _steps(target: Target, operation: Operation, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A JSON Patch of these; `add` where the description does not take `replace`, which needs something there."""
    for op in ("replace", "add"):
        steps = [{"op": op, "path": f"/{name}", "value": value} for name, value in values.items()]
        if target.run.description.is_request(operation, JSON_PATCH, steps):
            return steps
    pytest.skip("not exercised: the description lets no step of a JSON Patch change it")


def _shown_now(target: Target, made: Instance, names: Sequence[str]) -> dict[str, Any]:
    answer = read(target, made)
    values = made.life.values(answer.result) if answer.status == 200 and answer.is_json else None
    return {name: values[name] for name in names if name in values} if isinstance(values, dict) else {}


def _state(target: Target, made: Instance, operation: Operation) -> dict[str, str]:
    """The header of a change or deletion that has to name the state that it is of."""
    if not needed.asks_for_state(operation, target.run.description.statuses(operation)):
        return {}
    return needed.current(operation, read(target, made).headers)


def remove(target: Target, made: Instance) -> Answer:
    """Delete it, if it was seen to be the run's own."""
    return removed(target, made, try_remove(target, made))


def removed(target: Target, made: Instance, answer: Answer) -> Answer:
    """Hold the answer to a deletion to the contract.  The test is skipped where nothing could be deleted."""
    operation = _operation(target, made.life.delete)
    if 400 <= answer.status < 500:
        pytest.skip(f"not exercised: nothing could be deleted, {operation.request_line} answered {answer.status}")
    return _hold(target, operation, answer)


def try_remove(target: Target, made: Instance, *, headers: Mapping[str, str] | None = None) -> Answer:
    """Whatever comes for its deletion, if it was seen to be the run's own."""
    thing = target.run.gate.made.at(target.run.catalogue.prefix + made.path)
    if thing is None or not thing.own:
        pytest.skip("not exercised: what was made does not show that it is the run's own, and is not deleted")
    operation = _operation(target, made.life.delete)
    conditions = _state(target, made, operation) if headers is None else headers
    return target.send(operation.method, made.path, headers=conditions)


def listed(target: Target, made: Instance) -> list[Any] | None:
    """The items that the collection shows; None where there may be more than one answer has."""
    life = made.life
    answer = target.hold(target.send("GET", made.home), expect=DOCUMENTED)
    if not 200 <= answer.status < 300:
        pytest.skip(f"not exercised: what there is cannot be listed ({answer.status})")
    items = at(answer.result, life.listed or ())
    if not isinstance(items, list):
        return None
    more = next_in(answer.headers.get("link", "")) is not None
    whole = life.page == 0 or not items or 0 < len(items) < life.page
    return items if whole and not more else None


def identifiers(life: Life, items: list[Any]) -> list[str | None]:
    """That of each item."""
    return [text_of(at(item, (life.key,) if life.key else ())) for item in items]


def _body(life: Life, attempt: _Attempt, mark: str) -> Any:
    smallest = life.said(life.needed)
    if not isinstance(smallest, dict):
        return ABSENT if life.needed is None else life.needed
    named = {life.chosen.name: life.chosen.value(mark)} if life.chosen is not None else {}
    plain = {each.name: each.value(mark) for each in attempt.plain}
    said = {**smallest, **plain, **attempt.varied, **({} if life.chosen_in else named)}
    body = put(life.needed, life.sent_in, said)
    for name, value in named.items() if life.chosen_in else ():
        body = put(body, (*life.chosen_in, name), value)
    return body


def _hold(target: Target, operation: Operation, answer: Answer) -> Answer:
    """Hold an accepted request's answer to the contract; of an operation without a success, that it is no failure."""
    __tracebackhide__ = True
    if any(status[0] == "2" for status in target.run.description.statuses(operation)):
        return target.hold(answer, expect=DOCUMENTED)
    expected_status.is_no_failure(answer)
    return answer


def _mark(target: Target, life: Life) -> str:
    """Another one each time, and the same in every run with the same seed."""
    return target.run.gate.made.mark(f"{target.run.settings.seed} {life.name}")


def _operation(target: Target, name: str) -> Operation:
    found = target.run.catalogue.named(name)
    assert found is not None, name
    return found


def located(target: Target, answer: Answer) -> str | None:
    """The path that `Location` names, below the prefix."""
    written = answer.headers.get("location", "")
    if not written:
        return None
    parts = urlsplit(urljoin(target.run.url(answer.target), written))
    own = urlsplit(target.run.settings.url)
    prefix = target.run.catalogue.prefix
    if (parts.scheme, parts.netloc) != (own.scheme, own.netloc) or not parts.path.startswith(f"{prefix}/"):
        return None
    return parts.path.removeprefix(prefix)
