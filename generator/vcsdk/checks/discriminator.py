"""The check `discriminator`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.checks.registry import Finding, Subject, check, nearest
from vcsdk.load.extensions import is_extension
from vcsdk.load.pointer import escape, split


@check("discriminator")
def mappings_resolve(subject: Subject) -> Iterator[Finding]:
    """What a discriminator maps a value to is a schema, by its name or by a reference ("Discriminator Object")."""
    components = subject.document.data.get("components")
    schemas = components.get("schemas") if isinstance(components, dict) else None
    names = schemas if isinstance(schemas, dict) else {}
    for pointer, discriminator in subject.index.nodes["discriminator"]:
        mapping = discriminator.get("mapping")
        for value, target in mapping.items() if isinstance(mapping, dict) else ():
            place = f"{pointer}/mapping/{escape(value)}"
            if not isinstance(target, str):
                yield Finding(f"`{value}` must be mapped to the name of a schema", place)
            elif target not in names:
                try:
                    found, node = subject.document.resolve(target)
                except KeyError:
                    hint = nearest(target.rpartition("/")[2], names)
                    yield Finding(f"`{target}`, to which `{value}` is mapped, does not exist", place, hint)
                else:
                    if not _is_schema(subject, found, node):
                        yield Finding(f"`{target}`, to which `{value}` is mapped, is no schema", place)


def _is_schema(subject: Subject, pointer: str, node: object) -> bool:
    """Whether it can be one: no kind of node is known of what stands in an extension."""
    if pointer in subject.index.kinds:
        return subject.index.kinds[pointer] == "schema"
    return isinstance(node, dict) and any(map(is_extension, split(pointer)))
