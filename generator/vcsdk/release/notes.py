"""Tells callers of a new release what changed for them, in the names that they write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vcsdk.diff import Finding
from vcsdk.diff.changes import EnumValue, ErrorValue
from vcsdk.diff.rules.words import spelled
from vcsdk.diff.scale import Section, Severity
from vcsdk.emitters.filters import code_span, markdown
from vcsdk.emitters.prose import one_line, split_sentence
from vcsdk.ir import Api, Operation
from vcsdk.quoting.markdown import message
from vcsdk.release.consequences import without_consequences

_MANY = 3
"""Up to so many calls are named where the same happened to all of them."""


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """A line of the changelog, in Markdown: its section, whether it can break a caller, its text."""

    section: Section
    breaking: bool
    text: str


def notes(findings: Iterable[Finding], old: Api, new: Api) -> list[Note]:
    """What the findings mean for callers; breaking ones first, each said once."""
    wording, told = [], defaultdict(list)
    calls = _Calls(old, new)
    for finding in without_consequences(list(findings), calls.operation):
        if finding.rule.wording:
            wording.append(finding)
            continue
        breaking = finding.level is Severity.BREAKING
        told[finding.rule.section, breaking, _phrase(finding, calls)].append(calls.of(finding))
    found = [Note(section, breaking, _with_calls(text, places)) for (section, breaking, text), places in told.items()]
    found += _documentation(wording, calls)
    return sorted(set(found), key=lambda note: (note.section, not note.breaking, note.text))


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
            return code_span(f"{operation.python_path}()")
        subject = finding.site.subject
        return code_span(subject) if subject else "the API"

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


def _phrase(finding: Finding, calls: _Calls) -> str:
    """The text with `{call}` still in it."""
    site, told = finding.site, finding.rule.told
    if not told:
        where = " ".join(part for part in (site.position.text, site.path and code_span(site.path.lstrip("/"))) if part)
        return ": ".join(part for part in ("{call}", _plain(where), _plain(message(finding.message))) if part)
    operation = calls.operation(finding)
    summary = (
        markdown(split_sentence(one_line(operation.summary))[0]).rstrip(".")
        if operation is not None and operation.summary
        else "new"
    )
    subject = finding.change.sides[-1]
    value = spelled(subject.value) or '""' if isinstance(subject, EnumValue | ErrorValue) else ""
    place = code_span(site.path.lstrip("/").replace("/", ".")) if site.path else "the answer"
    filled = {
        "argument": calls.argument(finding),
        "place": place,
        "value": code_span(value),
        "message": message(finding.message),
        "summary": summary,
    }
    return told.format(call="{call}", **{name: _plain(content) for name, content in filled.items()})


def _plain(text: str) -> str:
    """Text of a description must not look like the place of the call."""
    return text.replace("{call}", "{ call }")


def _with_calls(text: str, places: Sequence[str]) -> str:
    if "{call}" not in text:
        return text
    distinct = list(dict.fromkeys(places))
    if len(distinct) <= _MANY:
        said = " and ".join(filter(None, (", ".join(distinct[:-1]), distinct[-1])))
    else:
        said = f"{len(distinct)} methods ({', '.join(distinct[:_MANY])}, …)"
    return text.replace("{call}", said)


def _documentation(findings: Sequence[Finding], calls: _Calls) -> list[Note]:
    """New wording in a line or two, however much of it there is."""
    places = list(dict.fromkeys(calls.of(finding) for finding in findings if finding.site.subject))
    texts = [_with_calls("The documentation of {call}", places)] if places else []
    texts += [_plain(f"Description: {message(finding.message)}") for finding in findings if not finding.site.subject]
    return [Note(Section.CHANGED, breaking=False, text=text) for text in texts]
