"""What a package is tried with: values of its schemas and arguments for its operations."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vcsdk.diagnostics import Diagnostics
from vcsdk.emitters.client.resources import Tree
from vcsdk.instances.schemas import Schemas
from vcsdk.instances.values import UnboundedError, Values
from vcsdk.ir import Enumeration, Operation, Struct
from vcsdk.ir.media import is_form, is_json, sent
from vcsdk.pipeline import Described, read_api

from tests.corpus.shaping import family, reference, shaped
from tests.oracle.calling import ABSENT
from tests.oracle.calls import Arguments, given
from tests.oracle.values import ValidValues, class_name, stands_alone

SCHEMAS = 12
"""Of how many schemas of a description schemathesis makes values, beside one of each that the simulator makes."""

COUNT = 4
OPERATIONS = 150


def read(description: Path) -> Described:
    """The API, as `vcsdk generate --partial --no-config` has it."""
    return read_api(description, use_config=False, partial=True, diagnostics=Diagnostics())


def plan(description: Path, path: list[Path]) -> dict[str, Any]:
    """What `using` takes; `path` is from where it imports."""
    described = read(description)
    untried: Counter[str] = Counter()
    data = shaped(described)
    structs = [schema for schema in described.api.schemas.values() if isinstance(schema, Struct)]
    return {
        "path": [str(each) for each in path],
        "module": described.config.package.module,
        "client": described.config.package.client,
        "known": sorted(set(_known(data))),
        "read_only": sorted({field.wire_name for schema in structs for field in schema.fields if field.read_only}),
        "tags": sorted({schema.tag_field for schema in structs if schema.tag_field}),
        "values": list(_values(described, data, untried)),
        "calls": list(_calls(described, data, untried)),
        "untried": untried,
    }


def _known(node: Any) -> Iterator[str]:
    """The name of every property anywhere."""
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict):
            yield from node["properties"]
        if isinstance(node.get("required"), list):
            yield from (name for name in node["required"] if isinstance(name, str))
        node = list(node.values())
    if isinstance(node, list):
        for value in node:
            yield from _known(value)


def _values(described: Described, data: dict[str, Any], untried: Counter[str]) -> Iterator[tuple[str, str, Any]]:
    """Schema, its class, and a value."""
    schemas = described.api.schemas
    declared = described.document.data.get("components", {}).get("schemas", {})
    # What is made, by the name of what is declared: of a family its members.
    makes = {name: family(data, name) for name in declared if stands_alone(schemas, name)}
    judge = Schemas(data)
    values = Values(judge)
    for name, made in makes.items():
        try:
            value = values.example({"$ref": reference(made)})
        except UnboundedError:
            untried["schemas"] += 1
            continue
        yield name, class_name(schemas, name), value
    if not makes:
        return
    valid = ValidValues(data)
    for name in sorted(random.Random("values").sample(sorted(makes), min(SCHEMAS, len(makes)))):
        if isinstance(schemas[reference(name)], Enumeration):
            continue
        try:
            found = valid.of(makes[name], COUNT)
        except Exception:
            # What schemathesis cannot make is no fault of ours.
            untried["schemas by schemathesis"] += 1
            continue
        for value in found:
            if value is None and isinstance(schemas[reference(name)], Struct):
                continue  # nullable where it is used
            if _repeats_a_key(value):
                continue  # no map of vAPI's older form
            # It knows fewer formats than the validator, and nothing of ranges.
            if judge.accepts({"$ref": reference(makes[name])}, value):
                yield name, class_name(schemas, name), value


def _repeats_a_key(value: Any) -> bool:
    if (
        isinstance(value, list)
        and value
        and all(isinstance(each, dict) and {"key", "value"} >= set(each) for each in value)
    ):
        keys = [json.dumps(each.get("key")) for each in value]
        if len(set(keys)) < len(keys):
            return True
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(_repeats_a_key, members))


def _calls(described: Described, data: dict[str, Any], untried: Counter[str]) -> Iterator[dict[str, Any]]:
    arguments, constants = Arguments(described, data), Tree.of(described.api).constants
    operations = list(described.api.operations)
    if len(operations) > OPERATIONS:
        operations = random.Random("calls").sample(operations, OPERATIONS)
    for operation in operations:
        for optional in (True, False):
            try:
                call = arguments.call(operation, optional=optional)
            except UnboundedError:
                untried["operations without arguments"] += 1
                continue
            if call.body is not ABSENT and not _is_sendable(operation):
                untried["operations with forms or raw bodies"] += 1
                continue
            asked = given(described, constants, call)._asdict()
            asked["parameters"] = [(place, wire, value) for (place, wire), value in call.parameters.items()]
            if asked["body"] is ABSENT:
                del asked["body"]
            yield {**asked, "key": operation.key}


def _is_sendable(operation: Operation) -> bool:
    assert operation.body is not None
    media = sent(operation.body)[0].content_type
    return is_json(media) and not is_form(media)


def write(description: Path, path: list[Path], file: Path) -> int:
    """Write the plan; the exit status of a process that does."""
    file.write_text(json.dumps(plan(description, path)), encoding="utf-8")
    return 0
