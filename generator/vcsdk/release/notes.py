"""Tells callers of a new release what changed for them, in the names that they write: a line a cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vcsdk.diff import Cause, Finding
from vcsdk.diff.causes.cause import Kind
from vcsdk.diff.changes import EnumValue, ErrorValue, Pair
from vcsdk.diff.rules.words import spelled
from vcsdk.diff.scale import Section, Severity
from vcsdk.emitters.filters import code_span, markdown
from vcsdk.emitters.prose import one_line, split_sentence
from vcsdk.ir import Api, Operation
from vcsdk.quoting.markdown import message

_MANY = 3
"""Up to so many calls are named where the same happened to all of them."""
_CALL = "{call}"


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """A line of the changelog, in Markdown: its section, whether it can break a caller, its text.

    `resource` is the Python path of what it is about, "" for the API as a whole.  `every` names all that a line which
    is about many names only some of, by resource: ("`vcha.cluster`", ("`get()`", "`undeploy()`")).
    """

    section: Section
    breaking: bool
    text: str
    resource: str = ""
    every: tuple[tuple[str, tuple[str, ...]], ...] = ()


def notes(causes: Iterable[Cause], old: Api, new: Api) -> list[Note]:
    """What the causes mean for callers: by section, breaking ones first, then by resource."""
    calls = _Calls(old, new)
    found = [note for cause in causes for note in _of(cause, calls)]
    return sorted(set(found), key=lambda note: (note.section, not note.breaking, note.resource, note.text))


def _of(cause: Cause, calls: _Calls) -> Iterator[Note]:
    if cause.kind is Kind.WORDING:
        yield from _documentation(cause.own, calls)
        return
    told = [finding for finding in cause.own if not finding.rule.wording]
    breaking = cause.level is Severity.BREAKING
    section = told[0].rule.section
    known = filter(None, map(calls.operation, told))
    operations = list({operation.python_path: operation for operation in known}.values())
    resource = min((".".join(operation.resource) for operation in operations), default=told[0].site.symbol)
    if cause.kind is Kind.NAMES and len(told) > 1:
        text = cause.message
    elif len(operations) > _MANY and all(_came_or_went(finding) for finding in told):
        text = _with_calls(_CAME_OR_WENT[section], [calls.named(operation) for operation in operations], each=False)
    else:
        text = _few(_phrases(told, calls))
    worse = [f for f in cause.following if f.level is cause.level and not any(o.level is cause.level for o in told)]
    if worse:
        text = _few([text, *dict.fromkeys(_with_calls(_phrase(f, _slots(f, calls)), [calls.of(f)]) for f in worse)])
    every = _by_resource(operations) if len(operations) > _MANY else ()
    yield Note(section, breaking, text, resource, every)


_CAME_OR_WENT = {Section.ADDED: "{call} are new", Section.REMOVED: "{call} are gone"}


def _came_or_went(finding: Finding) -> bool:
    change, section = finding.change, finding.rule.section
    return isinstance(change.sides[-1], Operation) and not isinstance(change, Pair) and section in _CAME_OR_WENT


def _few(texts: Sequence[str]) -> str:
    rest = len(texts) - _MANY
    return "; ".join(texts[:_MANY]) + (f"; and {rest} more" if rest > 0 else "")


def _by_resource(operations: Sequence[Operation]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The methods of each resource, both in order."""
    found: dict[str, set[str]] = defaultdict(set)
    for operation in operations:
        found[".".join(operation.resource)].add(operation.name)
    return tuple(
        (code_span(resource) if resource else "", tuple(code_span(f"{name}()") for name in sorted(names)))
        for resource, names in sorted(found.items())
    )


class _Calls:
    """The methods of both APIs, by request line."""

    def __init__(self, old: Api, new: Api) -> None:
        self._old = {o.request_line: o for o in old.operations}
        self._new = {o.request_line: o for o in new.operations}

    def operation(self, finding: Finding) -> Operation | None:
        """The operation that a finding is about; the new one, where it is still there."""
        line = finding.site.operation
        return self._new.get(line) or self._old.get(line)

    def of(self, finding: Finding) -> str:
        """How callers write it: "`vcha.cluster.failover()`"; else the schema, or "the API"."""
        operation = self.operation(finding)
        if operation is not None:
            return self.named(operation)
        subject = finding.site.subject
        return code_span(subject) if subject else "the API"

    def named(self, operation: Operation) -> str:
        """How callers write an operation."""
        return code_span(f"{operation.python_path}()")

    def argument(self, finding: Finding) -> str:
        """The argument that a finding is about, or the place inside of one: "`spec.name`"."""
        site = finding.site
        names = [part for part in site.path.split("/") if part]
        wire = site.position.name
        if wire is None:
            wire = names.pop(0) if names else ""
        source = site.position.location or "field"
        for operation in (self._new.get(site.operation), self._old.get(site.operation)):
            for argument in operation.arguments if operation is not None else ():
                if (argument.source, argument.wire_name) == (source, wire):
                    return code_span(".".join((argument.name, *names)))
        return code_span(".".join((wire, *names))) if wire else "the body"


Slots = tuple[tuple[str, str], ...]


def _phrases(findings: Sequence[Finding], calls: _Calls) -> list[str]:
    """What the findings say; what is said of the same calls by the same rule is one phrase about several things."""
    places: dict[tuple[str, Slots], list[Finding]] = defaultdict(list)
    for finding in findings:
        places[finding.rule.id, _slots(finding, calls)].append(finding)
    alike: dict[tuple[str, tuple[str, ...]], list[tuple[Finding, Slots]]] = defaultdict(list)
    for (rule, slots), group in places.items():
        named = tuple(dict.fromkeys(calls.of(finding) for finding in group))
        alike[rule, named].append((group[0], slots))
    found = []
    for (_, named), told in alike.items():
        noun = "methods" if calls.operation(told[0][0]) is not None else "names"
        for slots in _together([slots for _, slots in told]):
            found.append(_with_calls(_phrase(told[0][0], slots), named, noun))
    return list(dict.fromkeys(found))


def _together(told: Sequence[Slots]) -> list[Slots]:
    """Slots that differ in one thing as one: things of which the same is said, then what is said of the same things.

    What is said of one thing and not of the other stands apart.
    """
    things: dict[Slots, list[str]] = defaultdict(list)
    for (name, content), *rest in (slots for slots in told if slots):
        things[(("", name), *rest)].append(content)
    said: dict[tuple[str, str], list[Slots]] = defaultdict(list)
    for (head, *rest), contents in things.items():
        said[head[1], _and(contents)].append(tuple(rest))
    found: list[Slots] = list({slots: None for slots in told if not slots})
    for thing, rests in said.items():
        if len(rests[0]) == 1:
            name = rests[0][0][0]
            found.append((thing, (name, _and([content for ((_, content),) in rests]))))
        else:
            found += [(thing, *rest) for rest in rests]
    return found


def _and(values: Iterable[str]) -> str:
    """The distinct values in words; the first few where they are many."""
    distinct = list(dict.fromkeys(values))
    if len(distinct) > _MANY + 1:
        return f"{', '.join(distinct[:_MANY])} and {len(distinct) - _MANY} more"
    return " and ".join(filter(None, (", ".join(distinct[:-1]), distinct[-1])))


def _slots(finding: Finding, calls: _Calls) -> Slots:
    """What a rule's text may name, for one finding."""
    site = finding.site
    operation = calls.operation(finding)
    summary = (
        markdown(split_sentence(one_line(operation.summary))[0]).rstrip(".")
        if operation is not None and operation.summary
        else "new"
    )
    subject = finding.change.sides[-1]
    value = spelled(subject.value) or '""' if isinstance(subject, EnumValue | ErrorValue) else ""
    if finding.rule.told:
        place = code_span(site.path.lstrip("/").replace("/", ".")) if site.path else "the answer"
    else:
        parts = (site.position.text, site.path and code_span(site.path.lstrip("/")))
        place = " ".join(part for part in parts if part)
    filled = {
        "argument": calls.argument(finding),
        "place": place,
        "value": code_span(value),
        "message": message(finding.message),
        "summary": summary,
    }
    # Only what the text names tells two findings apart.
    text = finding.rule.told or "{place}{message}"
    return tuple((name, _plain(content)) for name, content in filled.items() if f"{{{name}}}" in text)


def _phrase(finding: Finding, slots: Slots) -> str:
    """The text with `{call}` still in it."""
    filled = dict(slots)
    if finding.rule.told:
        return finding.rule.told.format(call=_CALL, **filled)
    return ": ".join(part for part in (_CALL, filled["place"], filled["message"]) if part)


def _plain(text: str) -> str:
    """Text of a description must not look like the place of the call."""
    return text.replace("{call}", "{ call }")


def _with_calls(text: str, places: Sequence[str], noun: str = "methods", *, each: bool = True) -> str:
    """The text about these places; what is said of one stands for each of several, unless the text speaks of all."""
    if _CALL not in text:
        return text
    distinct = list(dict.fromkeys(places))
    said = _and(distinct) if len(distinct) <= _MANY else f"{len(distinct)} {noun} ({', '.join(distinct[:_MANY])}, …)"
    return text.replace(_CALL, f"each of {said}" if each and len(distinct) > 1 else said)


def _documentation(findings: Sequence[Finding], calls: _Calls) -> list[Note]:
    """New wording in a line or two, however much of it there is."""
    places = list(dict.fromkeys(calls.of(finding) for finding in findings if finding.site.subject))
    texts = [_with_calls("The documentation of {call}", places, each=False)] if places else []
    texts += [_plain(f"Description: {message(finding.message)}") for finding in findings if not finding.site.subject]
    return [Note(Section.CHANGED, breaking=False, text=text) for text in texts]
