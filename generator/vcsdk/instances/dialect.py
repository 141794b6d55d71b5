"""OpenAPI schemas as JSON Schema 2020-12, so that jsonschema-rs can judge values against them.

OpenAPI 3.0 differs from JSON Schema in `nullable`, boolean `exclusiveMinimum`/`exclusiveMaximum` and in that everything
beside a `$ref` is ignored (OpenAPI 3.0.3, "Schema Object", "Reference Object").  3.1 schemas are 2020-12 already.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from vcsdk.copied.suite.schemas import is_readable
from vcsdk.instances.joining import Mark
from vcsdk.ir.ecma import plain

DESCRIPTION_URI = "urn:vcsdk:description"

_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAPS = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
_SINGLE = (
    "items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "unevaluatedItems",
    "unevaluatedProperties", "additionalItems",
)  # fmt: skip
# What an OpenAPI schema says beyond assertions; left out so that hostile annotations cost nothing.
_OF_URI = "!#$%&'()*+,-./:;=?@_~"
"""What a reference has as it is (RFC 3986, 3.5): a name such as `Page<Lamp>` is escaped."""
_ANNOTATIONS = {"example", "examples", "description", "title", "xml", "externalDocs", "discriminator", "default", "$id"}

_RANGES = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}


def as_json_schema(schema: Any, *, openapi_30: bool) -> Any:
    """The schema (a parsed JSON value, not changed) as 2020-12 whose references are absolute URIs."""
    if not isinstance(schema, dict):
        return schema
    if isinstance(ref := schema.get("$ref"), str):
        target = {"$ref": DESCRIPTION_URI + quote(ref, safe=_OF_URI) if ref.startswith("#") else ref}
        if openapi_30:
            return target
        rest = as_json_schema({k: v for k, v in schema.items() if k != "$ref"}, openapi_30=False)
        return {**rest, **target}
    if (tagged := _by_tag(schema)) is not None:
        schema = tagged
    out: dict[str, Any] = {}
    for key, value in schema.items():
        if key in _ANNOTATIONS or isinstance(key, Mark):
            continue
        if key in _LISTS and isinstance(value, list):
            members = _each_once(value) if key == "allOf" else value
            out[key] = [as_json_schema(member, openapi_30=openapi_30) for member in members]
        elif key in _MAPS and isinstance(value, dict):
            spelled = plain if key == "patternProperties" else str
            out[key] = {spelled(name): as_json_schema(member, openapi_30=openapi_30) for name, member in value.items()}
        elif key == "pattern" and isinstance(value, str):
            if is_readable(written := plain(value)):
                out[key] = written
        elif key in _SINGLE:
            out[key] = as_json_schema(value, openapi_30=openapi_30)
        else:
            out[key] = value
    _keep_to_range(out)
    return _from_30(out) if openapi_30 else out


def _each_once(members: list[Any]) -> list[Any]:
    """The members without a bare reference that stands before: to hold to a schema twice says nothing more."""
    kept: dict[Any, Any] = {}
    for number, member in enumerate(members):
        bare = isinstance(member, dict) and len(member) == 1 and isinstance(member.get("$ref"), str)
        kept.setdefault(member["$ref"] if bare else number, member)
    return list(kept.values())


def _keep_to_range(schema: dict[str, Any]) -> None:
    """`int32` and `int64` are ranges (OpenAPI Format Registry) that JSON Schema validators do not know of."""
    if isinstance(form := schema.get("format"), str) and form in _RANGES and schema.get("type") == "integer":
        schema.setdefault("allOf", []).append({"minimum": _RANGES[form][0], "maximum": _RANGES[form][1]})


def tags_of(rule: Any, ref: str) -> list[str]:
    """The values of a discriminator's property that mean this reference: its mapping's, else the schema's name."""
    name = ref.rpartition("/")[2]
    mapping = rule.get("mapping", {}) if isinstance(rule, dict) else {}
    return [tag for tag, target in mapping.items() if target in (ref, name)] or [name]


def _by_tag(schema: dict[str, Any]) -> dict[str, Any] | None:
    """`oneOf` with a discriminator as `anyOf` whose members ask for their tag.

    The members often match one another's values; by OpenAPI 3.0.3 ("Discriminator Object") the tag decides.
    """
    rule, members = schema.get("discriminator"), schema.get("oneOf")
    if not isinstance(rule, dict) or not isinstance(members, list) or not isinstance(rule.get("propertyName"), str):
        return None
    if not all(isinstance(member, dict) and isinstance(member.get("$ref"), str) for member in members):
        return None
    tagged = [
        {"allOf": [member, {"properties": {rule["propertyName"]: {"enum": tags_of(rule, member["$ref"])}}}]}
        for member in members
    ]
    return {**{key: value for key, value in schema.items() if key != "oneOf"}, "anyOf": tagged}


def _from_30(schema: dict[str, Any]) -> dict[str, Any]:
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(flag := schema.get(exclusive), bool):
            del schema[exclusive]
            if flag and bound in schema:
                schema[exclusive] = schema.pop(bound)
    if not schema.pop("nullable", False):
        return schema
    if isinstance(kind := schema.get("type"), str) and not any(key in schema for key in ("allOf", "anyOf", "oneOf")):
        schema["type"] = [kind, "null"]
        if isinstance(values := schema.get("enum"), list) and None not in values:
            schema["enum"] = [*values, None]
        return schema
    # 3.0.3 gives `nullable` no meaning without a `type`, but `nullable` beside `allOf: [$ref]` is how everyone writes
    # a nullable reference, and generators read it so.
    return {"anyOf": [schema, {"type": "null"}]}


def convert_document(data: dict[str, Any]) -> dict[str, Any]:
    """A copy of the document in which every schema is 2020-12 with absolute references; pointers stay the same."""
    openapi_30 = str(data.get("openapi", "")).startswith("3.0")
    out: dict[str, Any] = {}
    for key, value in data.items():
        if key == "components" and isinstance(value, dict):
            out[key] = {kind: _convert_components(kind, group, openapi_30) for kind, group in value.items()}
        elif key in ("paths", "webhooks"):
            out[key] = _convert(value, openapi_30)
    return out


def _convert_components(kind: str, group: Any, openapi_30: bool) -> Any:
    if not isinstance(group, dict) or kind in ("examples", "securitySchemes", "links"):
        return {}
    if kind == "schemas":
        return {name: as_json_schema(schema, openapi_30=openapi_30) for name, schema in group.items()}
    return {name: _convert(member, openapi_30) for name, member in group.items()}


def _convert(node: Any, openapi_30: bool) -> Any:
    if isinstance(node, list):
        return [_convert(member, openapi_30) for member in node]
    if not isinstance(node, dict):
        return node
    return {
        key: as_json_schema(value, openapi_30=openapi_30) if key == "schema" else _convert(value, openapi_30)
        for key, value in node.items()
        if key not in ("example", "examples", "description")
    }
