"""What a generated request says on the wire, and what a server may read in it although a schema is stricter.

RFC 9110 and OpenAPI leave servers free to read a text for the value that it spells.  What they read so is neither a
right request nor one that must be refused.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from .description import Description
from .operations import Operation
from .styles import unstyled

FORMS = ("multipart/", "application/x-www-form-urlencoded")
_TRUE = frozenset(("1", "t", "true", "y", "yes", "on"))
_FALSE = frozenset(("0", "f", "false", "n", "no", "off"))
_TIMES = {
    "date-time": "2024-06-25T08:00:00Z",
    "date": "2024-06-25",
    "time": "08:00:00Z",
    "duration": "PT1S",
}
# What HTTP itself lets a server pass over where it does not understand it, or has nothing to choose from (RFC 9110, 12
# to 14; RFC 7240, 2).
_PASSED_OVER = frozenset(
    ("accept", "accept-charset", "accept-encoding", "accept-language", "cache-control", "if-match", "if-none-match",
     "if-modified-since", "if-unmodified-since", "if-range", "prefer", "range")
)  # fmt: skip
# What no cookie may hold (RFC 6265, 4.1.1), and so is told in as many ways as there are servers.
_NOT_IN_COOKIES = frozenset(' ",;\\')


def has_no_spelling(case: Any) -> bool:
    """True if a request says something for which neither HTTP nor OpenAPI has a form: what it means nobody can say.

    There is none of null and of what has no items outside JSON (OpenAPI, "Style Values"), none of most characters in a
    cookie, and white space around the value of a header is not part of it (RFC 9110, 5.5).
    """
    is_form = str(case.media_type or "").startswith(FORMS)
    places = [case.query, case.path_parameters, case.headers, case.cookies, case.body if is_form else None]
    nothing: tuple[Any, ...] = (None, "null", [], {})
    if any(value in nothing for place in places if isinstance(place, Mapping) for value in _leaves(place)):
        return True
    cookies = [str(value) for value in _leaves(case.cookies or {})]
    headers = [str(value) for value in (case.headers or {}).values()]
    return any(not _is_plain(text) or _NOT_IN_COOKIES & {*text} for text in cookies) or not all(map(_is_plain, headers))


def says_what_it_likes(case: Any, operation: Operation, description: Description) -> bool:
    """True if a parameter of a request is any text: a server may know more of those than a description can say.

    A cursor is one that it gave before, a filter has a grammar.
    """
    declared = _declared(operation, description)
    return any(
        place != "path" and _is_any_text(parameter.get("schema"), description)
        for place, parameter, _ in _sent(case, declared)
    )


def may_be_taken(case: Any, operation: Operation, description: Description) -> bool:
    """True if a request that does not fit the description fits it once each text is read for what it spells.

    Nor is one at fault for a field of HTTP's own that a server may pass over, such as a language that nobody has.
    """
    declared = _declared(operation, description)
    sent = list(_sent(case, declared))
    names = {(place, parameter["name"]) for place, parameter, _ in sent}
    if any(parameter.get("required") and key not in names for key, parameter in declared.items()):
        return False
    heeded = [
        (parameter, unstyled(value, parameter, description.followed))
        for place, parameter, value in sent
        if place != "header" or parameter["name"].lower() not in _PASSED_OVER
    ]
    if not all(_fits(value, parameter.get("schema", {}), description, texts=True) for parameter, value in heeded):
        return False
    media = _media(description.at(operation.pointer), case, description)
    return media is None or _fits(case.body, media.get("schema", {}), description, texts=False)


def _declared(operation: Operation, description: Description) -> dict[tuple[str, str], dict[str, Any]]:
    """The operation's parameters by place and name."""
    item = description.at(operation.item_pointer)
    found = {}
    for node in (*item.get("parameters", ()), *description.at(operation.pointer).get("parameters", ())):
        parameter = description.at(node["$ref"]) if "$ref" in node else node
        found[parameter["in"], parameter["name"]] = parameter
    return found


def _sent(case: Any, declared: Mapping[tuple[str, str], dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """The parameters that a request has, each with its place and value."""
    places = {"query": case.query, "path": case.path_parameters, "header": case.headers, "cookie": case.cookies}
    for (place, name), parameter in declared.items():
        given = {_folded(place, key): value for key, value in (places.get(place) or {}).items()}
        if _folded(place, name) in given:
            yield place, parameter, given[_folded(place, name)]


def _is_any_text(schema: Any, description: Description) -> bool:
    while isinstance(schema, dict) and isinstance(schema.get("$ref"), str):
        schema = description.at(schema["$ref"])
    if not isinstance(schema, dict):
        return False
    parts = [part for key in ("allOf", "anyOf", "oneOf") for part in schema.get(key, ())]
    if "enum" in schema or "const" in schema:
        return False
    named = schema.get("type", ())
    return (
        "string" in ({named} if isinstance(named, str) else named)
        or _is_any_text(schema.get("items"), description)
        or any(_is_any_text(part, description) for part in parts)
    )


def _media(described: dict[str, Any], case: Any, description: Description) -> dict[str, Any] | None:
    node = described.get("requestBody")
    body = description.at(node["$ref"]) if isinstance(node, dict) and "$ref" in node else node
    content: dict[str, dict[str, Any]] = body.get("content", {}) if isinstance(body, dict) else {}
    return content.get(str(case.media_type))


def _folded(place: str, name: str) -> str:
    return name.lower() if place == "header" else name


def _fits(value: Any, schema: dict[str, Any], description: Description, *, texts: bool) -> bool:
    try:
        return not description.departures(schema, read(value, schema, description, texts=texts), request=True)
    except (TypeError, ValueError):
        # No JSON at all, such as a file's content.
        return False


def read(value: Any, schema: Any, description: Description, *, texts: bool) -> Any:
    """A value as a server takes it that reads texts for what they spell; `texts` if all is text where it stands."""
    return _read(value, schema, description, texts, 0)


def _read(value: Any, schema: Any, description: Description, texts: bool, depth: int) -> Any:
    while isinstance(schema, dict) and isinstance(schema.get("$ref"), str):
        schema = description.at(schema["$ref"])
    if not isinstance(schema, dict) or depth > 32:
        return value
    for part in schema.get("allOf", ()):
        value = _read(value, part, description, texts, depth + 1)
    for part in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        taken = _read(value, part, description, texts, depth + 1)
        if not description.departures(part, taken, request=True):
            return taken
    named = schema.get("type", ())
    types = {named} if isinstance(named, str) else {*named}
    if isinstance(value, dict):
        known, others = schema.get("properties", {}), schema.get("additionalProperties")
        return {key: _read(item, known.get(key, others), description, texts, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        if texts and value and types and "array" not in types:
            # Sent several times: some servers take the last, some the first.
            return _read(value[-1], schema, description, texts, depth + 1)
        items = [_read(item, schema.get("items"), description, texts, depth + 1) for item in value]
        # A set is the same with an item twice.
        return (
            items if not schema.get("uniqueItems") else [item for n, item in enumerate(items) if item not in items[:n]]
        )
    if texts and types == {"array"}:
        return [_read(value, schema.get("items"), description, texts, depth + 1)]
    return _scalar(value, types, str(schema.get("format", "")), texts)


def _scalar(value: Any, types: set[str], form: str, texts: bool) -> Any:
    if "boolean" in types and str(value).strip().lower() in _TRUE | _FALSE:
        return str(value).strip().lower() in _TRUE
    if types & {"integer", "number"} and isinstance(value, (str, bool)):
        number = _number(value)
        if number is not None:
            return int(number) if number.is_integer() else number
    if "string" in types:
        if form in _TIMES and not isinstance(value, bool) and _number(value) is not None:
            return _TIMES[form]
        if form == "uuid":
            with suppress(ValueError):
                return str(uuid.UUID(str(value)))
        if texts and not isinstance(value, str):
            return str(value).lower() if isinstance(value, bool) else str(value)
    return value


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else 0.0


def _leaves(value: Any) -> Iterator[Any]:
    for item in value.values() if isinstance(value, Mapping) else value:
        if isinstance(item, (Mapping, list)) and item:
            yield from _leaves(item)
        else:
            yield item


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and text == text.strip() and bool(text)
