"""The rule `query-as-a-whole`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.ir.media import essence
from vcsdk.load.pointer import join
from vcsdk.normalize.registry import Context, Repair, rule

_FORM = "application/x-www-form-urlencoded"


@rule("query-as-a-whole", level="note", reshapes=True)
def take_it_for_an_object(context: Context) -> Iterator[Repair]:
    """A parameter stands for the whole query as a form (`in: querystring` of OpenAPI 3.2): an object, exploded.

    So its properties are sent as fields are in a form of which nothing else is said ("Parameter Object").
    """
    for pointer, parameter in context.index.nodes["parameter"]:
        name = _form(parameter) if parameter.get("in") == "querystring" else None
        if name is not None:
            schema = parameter.pop("content")[name]["schema"]
            parameter |= {"in": "query", "style": "form", "explode": True, "schema": schema}
            context.document.moved(f"{pointer}/schema", join(pointer, "content", name, "schema"))
            yield Repair(context.document.origin(f"{pointer}/in"), "the query as a whole is an object in it, exploded")


def _form(parameter: dict[str, Any]) -> str | None:
    """The media type of a form that says nothing else of its fields; None where that is not all there is."""
    content = parameter.get("content")
    if not isinstance(content, dict) or len(content) != 1:
        return None
    name, media = next(iter(content.items()))
    plain = essence(name) == _FORM and isinstance(media, dict) and "schema" in media and not media.get("encoding")
    return name if plain else None
