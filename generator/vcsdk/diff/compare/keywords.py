"""Which words of a description the comparison understands, and what a difference in the others is.

What is in no set here cannot be compared: a word that nobody thought of is told, and not passed over.
"""

from __future__ import annotations

from collections.abc import Mapping

from vcsdk.diff.scale import Direction
from vcsdk.load.grammar import METHODS, OTHERS

READ = "read"
DOCS = "docs"
BELOW = "below"
OTHER = "other"

_DOCS = dict.fromkeys(("externalDocs", "example", "examples", "summary"), DOCS)

SCHEMA: Mapping[str, str] = {
    **dict.fromkeys(
        (
            *("type", "format", "enum", "const", "multipleOf", "maximum", "exclusiveMaximum", "minimum"),
            *("exclusiveMinimum", "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems"),
            *("maxProperties", "minProperties", "required", "nullable", "discriminator"),
        ),
        READ,
    ),
    **dict.fromkeys(("properties", "additionalProperties", "items", "allOf", "oneOf", "anyOf", "$ref"), BELOW),
    **dict.fromkeys(("title", "description", "example", "examples", "externalDocs", "$comment"), DOCS),
    # What is only there for references to lead to is compared where they lead to it.
    **dict.fromkeys(("$defs", "definitions"), BELOW),
}
"""The words of a schema."""

OF_FIELDS: Mapping[str, str] = dict.fromkeys(("description", "default", "deprecated", "readOnly", "writeOnly"), READ)
"""Those that rules read of a property beside."""

ONE_WAY: Mapping[str, Direction] = {
    "readOnly": Direction.REQUEST | Direction.PARAMETER,
    "writeOnly": Direction.RESPONSE | Direction.ERROR,
}
"""Those that keep a property from travelling one way, and that way; of what travels the other they say nothing."""

OF_PARAMETERS: Mapping[str, str] = {"default": READ}
"""Those that rules read of a parameter's schema beside."""

PARTS: Mapping[str, Mapping[str, str]] = {
    "operation": {
        **_DOCS,
        **dict.fromkeys(("tags", "summary", "description", "operationId", "deprecated", "security"), READ),
        **dict.fromkeys(("parameters", "requestBody", "responses", "callbacks", "servers"), BELOW),
    },
    "path item": {
        **dict.fromkeys(("summary", "description"), DOCS),
        **dict.fromkeys(("parameters", "servers", "$ref", *METHODS, OTHERS), BELOW),
    },
    "parameter": {
        **_DOCS,
        **dict.fromkeys(("name", "in", "description", "required", "deprecated", "style", "explode"), READ),
        **dict.fromkeys(("allowReserved",), READ),
        **dict.fromkeys(("schema", "content"), BELOW),
    },
    "header": {**_DOCS, "required": READ, "description": READ, "schema": BELOW, "content": BELOW},
    "body": {"description": READ, "required": READ, "content": BELOW},
    "media": {**_DOCS, "schema": BELOW, "itemSchema": BELOW},
    "response": {"summary": DOCS, "description": READ, "headers": BELOW, "content": BELOW, "links": BELOW},
    "info": {
        **dict.fromkeys(("title", "version", "description"), READ),
        **dict.fromkeys(("summary", "termsOfService", "contact", "license"), DOCS),
    },
    "scheme": {"description": DOCS, **dict.fromkeys(("type", "name", "in", "scheme"), READ)},
    "document": {
        **dict.fromkeys(("openapi", "info", "paths", "components", "security", "webhooks", "servers"), BELOW),
        **dict.fromkeys(("tags", "externalDocs"), DOCS),
    },
    "server": {"description": DOCS, "url": READ, "variables": BELOW, "name": DOCS},
    "variable": {"description": DOCS, "default": BELOW, "enum": BELOW},
    "link": {"description": DOCS},
    "webhook": {
        **_DOCS,
        **dict.fromkeys(("tags", "description", "operationId"), DOCS),
        **dict.fromkeys(("parameters", "requestBody", "responses", "servers"), BELOW),
    },
    # The server says in each request whether there is a body and how what it sends is written.
    "body of a webhook": {"description": DOCS, "required": READ, "content": BELOW},
    "parameter of a webhook": {
        **_DOCS,
        **dict.fromkeys(("name", "in", "description", "required", "deprecated", "style", "explode"), READ),
        **dict.fromkeys(("schema", "content"), BELOW),
    },
}
"""The words of every other part of a description."""

SAYS_NOTHING: Mapping[str, object] = {
    "required": [],
    "nullable": False,
    "uniqueItems": False,
    "minLength": 0,
    "minItems": 0,
    "minProperties": 0,
    "exclusiveMinimum": False,
    "exclusiveMaximum": False,
    "deprecated": False,
    "readOnly": False,
    "writeOnly": False,
    "explode": False,
    "allowReserved": False,
    "allowEmptyValue": False,
    "description": "",
    "summary": "",
    "parameters": [],
    "tags": [],
}
"""What is the same as not to be there."""

UNORDERED = frozenset({"required", "enum", "type", "tags", "allOf", "oneOf", "anyOf", "examples"})
"""Lists whose order says nothing."""
