"""Changes that keep a description's structure in view: what stands somewhere is put and referred to elsewhere."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import yaml

Place = tuple[Any, Any]
"""A container and a key or index in it."""

NAMES = (
    *(
        "__init__",
        "__class__",
        "__dict__",
        "__slots__",
        "self",
        "mro",
        "discriminator",
        "properties",
        "type",
        "None",
        "class",
    ),
    *(
        "",
        " ",
        "\n",
        "\u2028",
        "\u202e",
        "\x00",
        "\x1b[31m",
        "'",
        '"',
        "\\",
        "`",
        "|",
        "{{x}}",
        "{% x %}",
        "#",
        "<b>",
        "*/",
    ),
    *(
        "a/b",
        "a~b",
        "%",
        "$ref",
        "x-y",
        "models",
        "_runtime",
        "timeout",
        "body",
        "\u0131",
        "\ufb01",
        "\ufeff",
        "1",
        "a" * 300,
        "\ud800",
    ),
)
VALUES: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        5,
        0.1,
        1e308,
        10**30,
        10**400,
        "",
        "a",
        "\u2028",
        "\x1b]0;x\x07",
        "\udcff",
        "{}",
        "{a}",
    ),
    *(
        [],
        {},
        [[]],
        [None],
        {"": None},
        {"type": "string"},
        {"type": []},
        {"type": "object", "required": "a"},
        ["a", "a"],
    ),
    *({"$ref": "#"}, {"$ref": "#/"}, {"$ref": "#Pet"}, {"$ref": ""}, {"$ref": 5}, {"$ref": "other.yaml"}, {"enum": []}),
    *(
        {"enum": [None, "", "a", 1, 1.0, True]},
        {"pattern": "("},
        {"allOf": []},
        {"oneOf": [{}]},
        {"not": {}},
        {"const": None},
    ),
    *(
        {"items": {}},
        {"additionalProperties": False},
        {"multipleOf": 0},
        {"minimum": "a"},
        {"maxLength": -1},
        "a" * 5000,
    ),
)


def places(node: Any) -> Iterator[Place]:
    """Every place of a document, in order."""
    rest = [node]
    while rest:
        current = rest.pop()
        inside: Any = current.items() if isinstance(current, dict) else enumerate(current)
        for key, value in list(inside):
            yield current, key
            if isinstance(value, dict | list):
                rest.append(value)


def _pointer(root: Any, wanted: Any) -> str | None:
    rest: list[tuple[Any, str]] = [(root, "#")]
    while rest:
        node, pointer = rest.pop()
        if node is wanted:
            return pointer
        inside: Any = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        rest += [(v, f"{pointer}/{str(k).replace('~', '~0').replace('/', '~1')}") for k, v in inside]
    return None


def change(document: dict[str, Any], chosen: random.Random) -> None:  # noqa: PLR0912  a table of changes
    """One change, in place."""
    known = list(places(document))
    if not known:
        return
    container, key = chosen.choice(known)
    kind = chosen.randrange(9)
    if kind == 0:
        del container[key]
    elif kind == 1:
        container[key] = chosen.choice(VALUES)
    elif kind == 2:
        other, its = chosen.choice(known)
        container[key] = json.loads(json.dumps(other[its])) if its in other or isinstance(other, list) else None
    elif kind == 3 and isinstance(container, dict):
        container[chosen.choice(NAMES)] = container.pop(key)
    elif kind == 4 and isinstance(container, dict):
        container[chosen.choice(NAMES)] = chosen.choice(VALUES)
    elif kind == 5:
        other, its = chosen.choice(known)
        if (pointer := _pointer(document, other)) is not None:
            container[key] = {"$ref": f"{pointer}/{str(its).replace('~', '~0').replace('/', '~1')}"}
    elif kind == 6:
        wrapped = container[key]
        for _ in range(chosen.choice((1, 2, 30, 250))):
            wrapped = chosen.choice(
                ({"allOf": [wrapped]}, {"type": "array", "items": wrapped}, {"oneOf": [wrapped, {}]})
            )
        container[key] = wrapped
    elif kind == 7 and isinstance(container[key], str):
        text = container[key]
        place = chosen.randint(0, len(text))
        container[key] = text[:place] + chosen.choice(NAMES) + text[place:]
    elif isinstance(container, list):
        container.insert(chosen.randint(0, len(container)), chosen.choice(VALUES))
    else:
        container[key] = chosen.choice(VALUES)


def written(document: Any, chosen: random.Random) -> tuple[bytes, str]:
    """The text of a document and its suffix; now and then a byte of it is changed."""
    try:
        if chosen.random() < 0.3:
            content, suffix = (
                yaml.safe_dump(document, allow_unicode=True, sort_keys=False).encode("utf-8", "surrogatepass"),
                "yaml",
            )
        else:
            content, suffix = json.dumps(document, indent=1).encode(), "json"
    except (RecursionError, yaml.YAMLError):
        content, suffix = b"{}", "json"
    if chosen.random() < 0.15 and content:
        data = bytearray(content)
        for _ in range(chosen.randint(1, 3)):
            place = chosen.randrange(len(data))
            data[place : place + chosen.randint(0, 3)] = chosen.choice(
                (b"", b"\n", b"\xff", b"#", b": ", b"a: 1\na: 2\n", b"&a *a", b"- ")
            )
        content = bytes(data)
    return content, suffix
