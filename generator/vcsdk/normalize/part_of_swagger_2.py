"""The rule `part-of-swagger-2`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.load.pointer import join
from vcsdk.load.swagger2_parameters import body, form, is_body, is_form
from vcsdk.normalize.registry import Context, Repair, rule


@rule("part-of-swagger-2", level="warning", reshapes=True)
def write_it_as_openapi_3_does(context: Context) -> Iterator[Repair]:
    """A description of OpenAPI 3 has a part as Swagger 2.0 writes it: it is read as that.

    The `schema` of an answer or of a body without `content`, a parameter `in: body` or `in: formData`, a text as
    `discriminator`.
    """
    if context.document.version == "2.0":
        return
    for kind, said in (("response", "produces"), ("request_body", "consumes")):
        for pointer, node in context.index.nodes[kind]:
            if "schema" in node and "content" not in node:
                media = _media(context, {}, said)
                node["content"] = {name: {"schema": node["schema"]} for name in media}
                for name in media:
                    context.document.moved(join(pointer, "content", name, "schema"), f"{pointer}/schema")
                del node["schema"]
                yield Repair(context.document.origin(f"{pointer}/schema"), "`schema` stands without `content`")
    for pointer, operation in context.index.nodes["operation"]:
        yield from _parameters(context, operation, pointer)
    for pointer, schema in context.index.nodes["schema"]:
        if isinstance(schema.get("discriminator"), str):
            schema["discriminator"] = {"propertyName": schema["discriminator"]}
            yield Repair(context.document.origin(f"{pointer}/discriminator"), "`discriminator` is a text")


def _parameters(context: Context, operation: dict[str, Any], pointer: str) -> Iterator[Repair]:
    parameters = operation.get("parameters")
    if "requestBody" in operation or not isinstance(parameters, list):
        return
    places = [place for place, node in enumerate(parameters) if is_body(node) or is_form(node)]
    if not places:
        return
    document, media = context.document, _media(context, operation, "consumes")
    nodes = [parameters[place] for place in places]
    for place in places:
        said = f"`in: {parameters[place]['in']}` is of Swagger 2.0; took it for the body"
        yield Repair(document.origin(join(pointer, "parameters", place, "in")), said)
    first = next((node for node in nodes if is_body(node)), None)
    document.added(f"{pointer}/requestBody", document.origin(join(pointer, "parameters", places[0])))
    operation["requestBody"] = body(first, media) if first is not None else form(nodes, media)
    for place in reversed(places):
        document.take_out(join(pointer, "parameters", place))


def _media(context: Context, operation: dict[str, Any], word: str) -> list[str]:
    for owner in (operation, context.document.data):
        types = owner.get(word)
        if isinstance(types, list) and types and all(isinstance(name, str) for name in types):
            return types
    return ["application/json"]
