"""The check `unsupported-part`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vcsdk.checks.registry import Finding, Subject, check
from vcsdk.diagnostics import Level
from vcsdk.ir.limits import fits_everything
from vcsdk.ir.media import is_stream
from vcsdk.load.grammar import METHODS, OTHERS, operations_in
from vcsdk.load.pointer import join, last

_PARTS = {
    "media": {"itemSchema": "a stream of items", "prefixEncoding": "positions in a multipart body"},
}

_METHOD = re.compile(r"(?!CONNECT$)[A-Z0-9!#$%&'*+.^_`|~-]+")
"""A token (RFC 9110, 5.6.2) without small letters, which httpx2 sends as capitals; CONNECT asks for a tunnel."""
_HINT = "methods are tokens in capitals (RFC 9110, 9.1), and CONNECT asks for a tunnel"

_KEYWORDS = (
    "not",
    "if",
    "patternProperties",
    "propertyNames",
    "contains",
    "dependentSchemas",
    "dependentRequired",
    "prefixItems",
    "unevaluatedItems",
    "unevaluatedProperties",
    "$dynamicRef",
)


# What the types do say of these: https://json-schema.org/draft/2020-12/json-schema-core, 10.3 and 11.3.
_OTHERWISE = {
    "patternProperties": "checked by name: what fits no pattern is kept too",
    "prefixItems": "checked by position: each item is whatever stands at any",
    "unevaluatedProperties": "checked: such properties are kept",
}


@check("unsupported-part")
def expressible(subject: Subject) -> Iterator[Finding]:
    """Parts of OpenAPI that the toolkit cannot express yet are named, never dropped in silence.

    What a request needs is an error; a keyword of a schema that is only not checked is a warning.
    """
    yield from _other_methods(subject)
    for kind, parts in _PARTS.items():
        for pointer, node in subject.index.nodes[kind]:
            for key, words in parts.items():
                if key in node and not (key == "itemSchema" and is_stream(last(pointer))):
                    yield Finding(f"`{key}` ({words}) is not supported", f"{pointer}/{key}")
    for pointer, parameter in subject.index.nodes["parameter"]:
        if parameter.get("in") == "querystring":
            message = "`in: querystring` is not supported but for a plain `application/x-www-form-urlencoded`"
            yield Finding(message, f"{pointer}/in")
    for pointer, schema in subject.index.nodes["schema"]:
        for keyword in _KEYWORDS:
            if keyword in schema and schema[keyword] not in ({}, {"not": {}}, True):
                if keyword == "patternProperties" and [*map(fits_everything, schema[keyword])] == [True]:
                    continue
                message = f"`{keyword}` is not {_OTHERWISE.get(keyword, 'expressed in the generated types')}"
                yield Finding(message, f"{pointer}/{keyword}", None, Level.WARNING)


def _other_methods(subject: Subject) -> Iterator[Finding]:
    for pointer, item in subject.index.nodes["path_item"]:
        for tokens, _ in operations_in(item):
            if tokens[0] == OTHERS and not _METHOD.fullmatch(tokens[-1]):
                message = f"`{tokens[-1]}` of `{OTHERS}` is no method that the client can send"
                yield Finding(message, join(pointer, *tokens), _HINT)
            elif tokens[0] == OTHERS and tokens[-1].lower() in METHODS:
                message = f"`{tokens[-1]}` of `{OTHERS}` is what the field `{tokens[-1].lower()}` is for"
                yield Finding(message, join(pointer, *tokens), "leave out one of the two")
