"""Maps as older descriptions of a vCenter write them: lists of `{key, value}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vcsdk.build.conjunction import types_of
from vcsdk.build.scalars import scalar
from vcsdk.ir import Json, Kind
from vcsdk.ir.vapi import is_list_of_pairs
from vcsdk.load import Document


def is_map_of_pairs(schema: Mapping[str, Any], document: Document) -> bool:
    """True for the schema of a list whose keys vAPI has as keys: texts and whole numbers, also listed ones."""
    return is_list_of_pairs(schema) and _is_key(schema["items"]["properties"]["key"], document)


def _is_key(schema: Json, document: Document) -> bool:
    seen: set[str] = set()
    while isinstance(schema, dict) and "$ref" in schema and schema["$ref"] not in seen:
        seen.add(schema["$ref"])
        schema = document.resolve(schema["$ref"])[1]
    if not isinstance(schema, dict) or schema.keys() & {"oneOf", "anyOf", "allOf", "const"}:
        return False
    types, nullable = types_of(schema)
    if nullable or len(types) != 1 or None in schema.get("enum", ()):
        return False
    return scalar(types[0], schema).kind in (Kind.STRING, Kind.INTEGER)
