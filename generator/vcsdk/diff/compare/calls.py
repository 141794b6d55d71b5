"""Requests that the server makes: callbacks of operations, and webhooks.

What they carry is what callers get, and what answers them is what callers send.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from vcsdk.build.calls import Calls, calls
from vcsdk.diff.changes import Added, Callback, Carried, Change, Given, Pair, Removed
from vcsdk.diff.compare.effective import Node, find, resolved
from vcsdk.diff.compare.media import compare_media
from vcsdk.diff.compare.schemas import SchemaComparison
from vcsdk.diff.compare.texts import TextComparison
from vcsdk.diff.scale import Direction
from vcsdk.diff.site import Part, Position, Site
from vcsdk.ir import Api, In, Operation, Parameter, Response
from vcsdk.load import Document
from vcsdk.load.extensions import is_extension
from vcsdk.load.grammar import operations_in
from vcsdk.load.pointer import join

_Key = tuple[str, str, str]


@dataclass(slots=True)
class CallComparison:
    """Compares the requests that the servers of two descriptions make; `schemas` are those that they lead to."""

    texts: TextComparison
    old: Mapping[str, Operation]
    new: Mapping[str, Operation]
    schemas: SchemaComparison

    @classmethod
    def of(cls, old: Api, new: Api, texts: TextComparison) -> CallComparison:
        """The comparison of two APIs, of whose texts that is one."""
        before, after = _calls(texts.old, old), _calls(texts.new, new)
        return cls(texts, before.operations, after.operations, SchemaComparison(before.schemas, after.schemas))

    def callbacks(self, site: Site, old: Operation, new: Operation) -> Iterator[Change]:
        """What became of the requests that follow from one that callers make; their names are documentation."""
        before, after = _callbacks(self.texts.old, old), _callbacks(self.texts.new, new)
        pairs = _paired(before, after)
        met = set(pairs.values())
        for name, expression, method in sorted(before.keys() - pairs.keys()):
            here = _at(site, name, self.old.get(before[name, expression, method]), None)
            yield Removed(here, Callback(f"{name} {expression} {method}"))
        for name, expression, method in sorted(after.keys() - met):
            here = _at(site, name, None, self.new.get(after[name, expression, method]))
            yield Added(here, Callback(f"{name} {expression} {method}"))
        for key, counterpart in sorted(pairs.items()):
            name, expression, method = counterpart
            line = f"callback {name} ({method} {expression}) of {site.operation}"
            identity = f"callback {name} ({method} {expression}) of {site.identity}"
            here = Site(line, identity, old=site.old, new=site.new)
            if key[0] != name:
                yield self.texts.renamed(here, "callbacks", key[0], name)
            yield from self.changes(here, before[key], after[counterpart])

    def webhook(self, site: Site, old: str, new: str) -> Iterator[Change]:
        """What became of a webhook, by the keys of its operation; its body's types are told by the API's."""
        yield from self.changes(site, old, new, body=False)

    def changes(self, site: Site, old: str, new: str, *, body: bool = True) -> Iterator[Change]:
        """What differs in two requests of a server, by their keys; with `body` also in the types of what they carry."""
        one, other = self.old[old], self.new[new]
        site = site.at(one.origin, other.origin)
        bodies = (one.body, other.body)
        yield Pair(site, *(Carried(each is not None, always=each is not None and each.required) for each in bodies))
        if body and one.body is not None and other.body is not None:
            here = replace(site, position=Position(Part.BODY), direction=Direction.RESPONSE)
            yield from compare_media(
                here.at(one.body.origin, other.body.origin), one.body.content, other.body.content, self.schemas
            )
        yield from self._parameters(site, one, other)
        yield from self._answers(site, one, other)
        yield from self.texts.called(site, old, new)

    def _parameters(self, site: Site, old: Operation, new: Operation) -> Iterator[Change]:
        before, after = ({_place(each): each for each in side.parameters} for side in (old, new))
        for key in dict.fromkeys((*before, *after)):
            one, other = before.get(key), after.get(key)
            name = next(each.wire_name for each in (other, one) if each is not None)
            position = Position(Part.PARAMETER, name, key[0])
            here = replace(site, position=position, direction=Direction.RESPONSE)
            if one is not None and other is not None:
                here = here.at(one.origin, other.origin)
                yield Pair(here, Given(one), Given(other))
                yield from self.schemas.changes(here, one.type, other.type)
            elif one is not None:
                yield Removed(here.at(one.origin, None), Given(one))
            elif other is not None:
                yield Added(here.at(None, other.origin), Given(other))

    def _answers(self, site: Site, old: Operation, new: Operation) -> Iterator[Change]:
        """Answers by status; one that a range of the new ones has in it is still understood."""
        before, after = ({each.status: each for each in side.responses} for side in (old, new))
        for status, one in before.items():
            other = after.get(status) or after.get(f"{status[0]}XX") or after.get("default")
            here = replace(site, position=Position(Part.RESPONSE, status=status), direction=Direction.REQUEST)
            if other is None:
                yield Removed(here.at(one.origin, None), one)
                continue
            here = here.at(one.origin, other.origin)
            yield Pair(here, one, other)
            yield from self._headers(here, one, other)
            yield from compare_media(here, one.content, other.content, self.schemas)
        for status, other in after.items():
            if status not in before:
                here = replace(site, position=Position(Part.RESPONSE, status=status), direction=Direction.REQUEST)
                yield Added(here.at(None, other.origin), other)

    def _headers(self, site: Site, old: Response, new: Response) -> Iterator[Change]:
        before, after = ({header.wire_name.lower(): header for header in side.headers} for side in (old, new))
        for name in dict.fromkeys((*before, *after)):
            here = replace(site, position=Position(Part.HEADER, name, status=old.status))
            if name not in after:
                yield Removed(here, before[name])
            elif name not in before:
                yield Added(here, after[name])
            else:
                yield Pair(here, before[name], after[name])
                yield from self.schemas.changes(here, before[name].type, after[name].type)


def _calls(document: Document, api: Api) -> Calls:
    return calls(document, api.profile)


def _at(site: Site, name: str, old: Operation | None, new: Operation | None) -> Site:
    return replace(site, path=f"/callbacks/{name}").at(old.origin if old else None, new.origin if new else None)


def _callbacks(document: Document, operation: Operation) -> dict[_Key, str]:
    """The keys of the callbacks of an operation, by name, expression of the address, and method."""
    return {
        (name, expression, tokens[-1].upper()): "#" + join(resolved(document, item).pointer, *tokens)
        for name, callback in Node(*find(document, operation.key)).below("callbacks").parts().items()
        for expression, item in resolved(document, callback).parts().items()
        for tokens, _ in operations_in(resolved(document, item).data)
        if not is_extension(expression)
    }


def _paired(before: Mapping[_Key, str], after: Mapping[_Key, str]) -> dict[_Key, _Key]:
    """The same callbacks: of the same name, then of the same address, where one alone is left of it on both sides."""
    pairs = {key: key for key in before if key in after}
    left = [[key for key in side if key not in pairs] for side in (before, after)]
    for one in left[0]:
        alike = [[key for key in side if key[1:] == one[1:]] for side in left]
        if len(alike[0]) == len(alike[1]) == 1:
            pairs[one] = alike[1][0]
    return pairs


def _place(parameter: Parameter) -> tuple[In, str]:
    # Names of headers do not tell upper from lower case (RFC 9110 5.1).
    name = parameter.wire_name.lower() if parameter.location is In.HEADER else parameter.wire_name
    return (parameter.location, name)
