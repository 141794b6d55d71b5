"""The rule `misspelt-reference`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.load.misspelt import meant
from vcsdk.load.pointer import exists, from_fragment
from vcsdk.normalize.registry import Context, Repair, rule


@rule("misspelt-reference", level="warning", reshapes=True)
def take_what_it_means(context: Context) -> Iterator[Repair]:
    """A `$ref` lacks its first slash, has a blank behind it, or is of Swagger 2.0 in OpenAPI 3: it is mended."""
    for reference in context.index.references:
        written = reference.target
        pointer = from_fragment(written[1:])
        if not written.startswith("#") or not pointer or exists(context.document.data, pointer):
            continue
        found = meant(context.document.data, pointer)
        if found is not None:
            origin = context.document.origin(f"{reference.pointer}/$ref")
            reference.node["$ref"] = f"#{found}"
            yield Repair(origin, f"`{written}` does not exist; took `#{found}`")
