"""The rule `boolean-schema`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.load.grammar import GRAMMAR
from vcsdk.load.pointer import escape
from vcsdk.normalize.registry import Context, Repair, rule

_FORMS: dict[bool, dict[str, Any]] = {True: {}, False: {"not": {}}}


@rule("boolean-schema", level="note")
def write_schemas_as_objects(context: Context) -> Iterator[Repair]:
    """OpenAPI 3.1 lets `true` and `false` be schemas, and 3.0 has them by mistake: `{}` and `{not: {}}` say the same.

    `additionalProperties` keeps its booleans, which every version has.
    """
    for kind, fields in GRAMMAR.items():
        shapes = [(key, s.form) for key, s in fields.items() if s.kind == "schema" and not s.or_boolean]
        for pointer, node in context.index.nodes[kind] if shapes else ():
            for key, form in shapes:
                if key not in node:
                    continue
                holder = node if form == "one" else node[key]
                for name in _booleans(holder, key if form == "one" else None):
                    place = pointer if form == "one" else f"{pointer}/{key}"
                    spelled = str(holder[name]).lower()
                    holder[name] = dict(_FORMS[holder[name]])
                    origin = context.document.origin(f"{place}/{escape(str(name))}")
                    yield Repair(origin, f"the schema `{spelled}` is written as an object")


def _booleans(holder: Any, only: str | None) -> list[Any]:
    """The keys or positions of a node whose value is a boolean."""
    if only is not None:
        return [only] if type(holder.get(only)) is bool else []
    pairs = holder.items() if isinstance(holder, dict) else enumerate(holder) if isinstance(holder, list) else ()
    return [name for name, value in pairs if type(value) is bool]
