"""The check `parameter-form`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.checks.registry import Finding, Subject, check, nearest
from vcsdk.diagnostics import Level
from vcsdk.load.collection_format import FORMATS, SEPARATED, format_of, inner_formats
from vcsdk.load.pointer import join

_LOCATIONS = ("path", "query", "header", "cookie", "querystring")
_STYLES = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form", "cookie"),
}


@check("parameter-form")
def parameters_can_be_sent(subject: Subject) -> Iterator[Finding]:
    """A parameter says where it goes and how it is written: a schema or one content type, a known place and style."""
    for pointer, parameter in subject.index.nodes["parameter"]:
        name, place, style = parameter.get("name"), parameter.get("in"), parameter.get("style")
        if ("schema" in parameter) == ("content" in parameter):
            both = "both `schema` and `content`" if "schema" in parameter else "neither `schema` nor `content`"
            yield Finding(f"the parameter `{name}` has {both}", pointer)
        content = parameter.get("content")
        if isinstance(content, dict) and len(content) != 1:
            yield Finding(f"the parameter `{name}` needs exactly one content type", f"{pointer}/content")
        if isinstance(place, str) and place not in _LOCATIONS:
            hint = nearest(place, _LOCATIONS) or f"one of {', '.join(_LOCATIONS[:4])}"
            yield Finding(f"a parameter cannot be in `{place}`", f"{pointer}/in", hint)
        elif isinstance(place, str) and isinstance(style, str) and style not in _STYLES.get(place, (style,)):
            if subject.document.version == "2.0":
                yield _wrong_format(style, f"{pointer}/style")
                continue
            hint = nearest(style, _STYLES[place]) or f"one of {', '.join(_STYLES[place])}"
            yield Finding(f"a {place} parameter cannot have the style `{style}`", f"{pointer}/style", hint)
    if subject.document.version == "2.0":
        for pointer, encoding in subject.index.nodes["encoding"]:
            if encoding.get("style") not in _STYLES["query"]:
                yield _wrong_format(str(encoding.get("style")), f"{pointer}/style")
        yield from _inner_formats(subject)


def _inner_formats(subject: Subject) -> Iterator[Finding]:
    """What lists in lists say, and cannot; and those that nobody can tell apart."""
    for pointer, (outer, schema) in _lists(subject):
        met = {outer}
        for written, place in inner_formats(schema):
            if written not in FORMATS or written == "multi":
                yield _wrong_format("form" if written == "multi" else written, f"{pointer}{place}/{SEPARATED}")
            elif written in met:
                said = f"the lists in a list cannot be told apart: between their values is `{written}`, as around them"
                hint = f"another `collectionFormat` for one, such as {'csv' if written == 'pipes' else 'pipes'}"
                yield Finding(said, pointer + place, hint, Level.WARNING)
            met.add(written)


def _lists(subject: Subject) -> Iterator[tuple[str, tuple[str, Any]]]:
    """The schema of each parameter and field that may be a list, by its pointer, and what stands between its values."""
    for pointer, parameter in subject.index.nodes["parameter"]:
        yield f"{pointer}/schema", (format_of(parameter), parameter.get("schema"))
    for pointer, media in subject.index.nodes["media"]:
        shape, entries = media.get("schema"), media.get("encoding")
        fields = shape.get("properties") if isinstance(shape, dict) else None
        if isinstance(fields, dict) and isinstance(entries, dict):
            for name, entry in entries.items():
                yield join(pointer, "schema", "properties", name), (format_of(entry), fields.get(name))


def _wrong_format(style: str, pointer: str) -> Finding:
    """What Swagger 2.0 says of a list and cannot; `multi` alone is a style of 3.0 that not all places have."""
    if style == "form":
        said, words = "`collectionFormat: multi` is for the query and for forms", [w for w in FORMATS if w != "multi"]
    else:
        said, words = f"`{style}` is no `collectionFormat`", [*FORMATS]
    return Finding(said, pointer, nearest(style, words) or f"one of {', '.join(words)}")
