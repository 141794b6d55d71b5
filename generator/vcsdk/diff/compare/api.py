"""The walk from the top: what belongs to the API as a whole, then operation by operation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace as replace_site

from msgspec.structs import replace

from vcsdk.diff.changes import (
    Added,
    Address,
    Alternative,
    Change,
    Credential,
    Declared,
    ErrorValue,
    Pair,
    Prefix,
    Removed,
)
from vcsdk.diff.compare.addresses import address
from vcsdk.diff.compare.answers import ErrorSchemas, compare_responses
from vcsdk.diff.compare.calls import CallComparison
from vcsdk.diff.compare.error_types import error_values
from vcsdk.diff.compare.inputs import compare_body, compare_parameters
from vcsdk.diff.compare.media import compare_media
from vcsdk.diff.compare.operations import identity, match
from vcsdk.diff.compare.schemas import SchemaComparison
from vcsdk.diff.compare.texts import TextComparison
from vcsdk.diff.scale import Direction
from vcsdk.diff.site import WHOLE, Part, Position, Site
from vcsdk.ir import Api, Operation, SecurityScheme
from vcsdk.load import Document


def changes(
    old: Api,
    new: Api,
    documents: tuple[Document, Document],
    schemas: SchemaComparison | None = None,
    texts: TextComparison | None = None,
    calls: CallComparison | None = None,
) -> Iterator[Change]:
    """Every change from the old API to the new one, in the order of the new description.

    `schemas` compares the types, and knows afterwards which stood side by side; `texts` compares what no type holds,
    `calls` what the servers ask for.
    """
    texts = texts or TextComparison(*documents)
    calls = calls or CallComparison.of(old, new, texts)
    old, new = _as_written(old, documents[0]), _as_written(new, documents[1])
    matched = match(old, new)
    yield Pair(_section("/info", documents), old, new)
    if not matched.prefixed:
        yield Pair(_section("/servers", documents), Prefix(old.prefix), Prefix(new.prefix))
    yield from _schemes(old, new, documents)
    yield from _error_types(old, new)
    yield from texts.whole()
    if not matched.prefixed:
        # Where the first one has another path, that is told of all.
        yield from _servers(documents, skipped=int(old.prefix != new.prefix))
    for operation in matched.removed:
        yield Removed(Site(operation.request_line, identity(operation), old=operation.origin), operation)
    for operation in matched.added:
        yield Added(Site(operation.request_line, identity(operation), new=operation.origin), operation)
    schemas, errors = schemas or SchemaComparison.of(old, new), ErrorSchemas()
    for one, other in matched.pairs:
        site = Site(other.request_line, identity(other), old=one.origin, new=other.origin)
        yield Pair(site, one, other)
        yield from _alternatives(site, one, other, (old, new))
        yield from compare_parameters(site, one, other, schemas)
        yield from compare_body(site, one.body, other.body, schemas)
        yield from compare_responses(site, one, other, schemas, errors)
        yield from texts.operation(site, one, other)
        yield from calls.callbacks(site, one, other)
    yield from errors.changes(schemas)
    yield from _webhooks(old, new, schemas, calls)


def _as_written(api: Api, document: Document) -> Api:
    """The API with the operationIds that the description has, not those that a repair made unique."""
    ids = document.original_ids
    return replace(
        api, operations=tuple(replace(o, operation_id=ids.get(o.operation_id, o.operation_id)) for o in api.operations)
    )


def _section(pointer: str, documents: tuple[Document, Document], position: Position = WHOLE) -> Site:
    return Site(position=position, old=documents[0].origin(pointer), new=documents[1].origin(pointer))


def _servers(documents: tuple[Document, Document], skipped: int) -> Iterator[Change]:
    """Addresses by what they are; the one that all stand below is told by its path."""
    listed = [_addresses(document) for document in documents]
    site = _section("/servers", documents)
    before, after = (dict.fromkeys(urls[skipped:]) for urls in listed)
    if not all(listed):
        return
    first, now = (next(iter(urls), "") for urls in (before, after))
    if not skipped and first != now and first in after:
        yield Pair(site, Address(first), Address(now))
    yield from (Removed(site, Address(url)) for url in before if url not in listed[1])
    yield from (Added(site, Address(url)) for url in after if url not in listed[0])


def _addresses(document: Document) -> list[str]:
    listed = document.data.get("servers")
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    return [address(entry) for entry in entries]


def _webhooks(old: Api, new: Api, schemas: SchemaComparison, calls: CallComparison) -> Iterator[Change]:
    """Requests that the server makes, by name and method; what they carry is what callers get."""
    before, after = ({(hook.wire_name, hook.method): hook for hook in api.webhooks} for api in (old, new))
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        line = f"webhook {key[0]} ({key[1]})"
        site = Site(line, line, old=one.origin if one else None, new=other.origin if other else None)
        if other is None:
            yield Removed(site, one)
        elif one is None:
            yield Added(site, other)
        else:
            here = replace_site(site, position=Position(Part.BODY), direction=Direction.RESPONSE)
            if one.body is not None and other.body is not None:
                yield from compare_media(here, one.body.content, other.body.content, schemas)
            # Its key is that of its operation, and its name.
            yield from calls.webhook(site, *(hook.key.removesuffix(f" {hook.wire_name}") for hook in (one, other)))


def _schemes(old: Api, new: Api, documents: tuple[Document, Document]) -> Iterator[Change]:
    """Schemes by what they are, then by key; a scheme under another key is the same on the wire."""
    before, after = dict(old.security_schemes), dict(new.security_schemes)
    known = {_credential(scheme) for scheme in before.values()} & {_credential(scheme) for scheme in after.values()}
    before = {key: scheme for key, scheme in before.items() if _credential(scheme) not in known}
    after = {key: scheme for key, scheme in after.items() if _credential(scheme) not in known}
    for key in dict.fromkeys((*before, *after)):
        pointer = "/components/securitySchemes/" + key.replace("~", "~0").replace("/", "~1")
        site = _section(pointer, documents, Position(Part.SCHEME, key))
        if key not in after:
            yield Removed(site, before[key])
        elif key not in before:
            yield Added(site, after[key])
        else:
            yield Pair(site, before[key], after[key])


def _credential(scheme: SecurityScheme) -> Credential:
    """What a scheme asks for; names of headers and of HTTP's schemes do not tell upper from lower case."""
    if scheme.kind == "http":
        return Credential(scheme.kind, scheme.wire_name.lower())
    if scheme.kind in ("header", "query", "cookie"):
        return Credential(scheme.kind, scheme.wire_name.lower() if scheme.kind == "header" else scheme.wire_name)
    return Credential(scheme.kind) if scheme.kind != "other" else Credential("scheme", scheme.key)


def _error_types(old: Api, new: Api) -> Iterator[Change]:
    (before, old_origin), (after, new_origin) = error_values(old), error_values(new)
    site = Site(old=old_origin, new=new_origin)
    if not before or not after:
        # Without a list on one side nothing is known of it; that the family as a whole went is the profile's.
        return
    yield from (Removed(site, ErrorValue(value)) for value in before if value not in after)
    yield from (Added(site, ErrorValue(value)) for value in after if value not in before)


def _alternatives(site: Site, old: Operation, new: Operation, apis: tuple[Api, Api]) -> Iterator[Change]:
    """Ways to authenticate; no requirement at all is the same as one that needs nothing.

    Except with vCenter, where every call but the login needs a session: a description that says nothing leaves it out.
    """
    before, after = _ways(old, apis[0]), _ways(new, apis[1])
    silent = [not operation.security and api.profile == "vapi" for operation, api in zip((old, new), apis, strict=True)]
    if any(silent):
        yield Pair(site, Declared(not silent[0]), Declared(not silent[1]))
        return
    yield from (Removed(site, way) for way in sorted(before - after, key=lambda way: way.text))
    yield from (Added(site, way) for way in sorted(after - before, key=lambda way: way.text))


def _ways(operation: Operation, api: Api) -> set[Alternative]:
    schemes = api.security_schemes
    needed = (
        [_credential(schemes[key]) if key in schemes else Credential("scheme", key) for key in alternative]
        for alternative in operation.security or ((),)
    )
    return {Alternative(tuple(sorted(each, key=lambda credential: credential.text))) for each in needed}
