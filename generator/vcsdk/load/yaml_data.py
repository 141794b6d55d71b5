"""YAML text to plain data, at libyaml's speed and without the traps of YAML 1.1.

Scalars follow the JSON-compatible core schema of YAML 1.2, as OpenAPI asks: `no`, `on`, `0777`, `12:30:00` and
`2024-01-01` are text.  Keys are always text; one that was not written as text is an `UnquotedKey`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from typing import Any, ClassVar

import yaml

from vcsdk.load.keys import UnquotedKey
from vcsdk.load.limits import MAX_DEPTH, UnboundedError
from vcsdk.load.refusals import DuplicateKeyError, NotYamlError

_MERGE = "tag:yaml.org,2002:merge"
_STRING = "tag:yaml.org,2002:str"


class Loader(yaml.CSafeLoader):
    """libyaml's parser with the core schema's scalars, JSON's types alone, and refusal of duplicate keys."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  # typed as an instance variable in the stubs
    yaml_constructors: ClassVar[dict[str | None, Callable[..., Any]]] = {}

    has_unquoted_keys = False

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Build a dict whose keys are text; merged keys (`<<`) stand behind the mapping's own."""
        found: dict[Hashable, Any] = {}
        merged: list[dict[Hashable, Any]] = []
        for key, value in node.value:
            if key.tag == _MERGE:
                parts = self.construct_object(value, deep=True)
                merged += parts if isinstance(parts, list) else [parts]
                continue
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key must be text", key.start_mark)
            text = key.value
            if key.tag != _STRING:
                text, self.has_unquoted_keys = UnquotedKey(text), True
            if text in found:
                raise DuplicateKeyError(text)
            found[text] = self.construct_object(value, deep=deep)
        for part in merged:
            if not isinstance(part, dict):
                raise yaml.constructor.ConstructorError(None, None, "`<<` merges mappings only", node.start_mark)
            for text, value in part.items():
                found.setdefault(text, value)
        return found


def _construct_map(loader: Loader, node: yaml.MappingNode) -> Any:
    data: dict[Hashable, Any] = {}
    yield data
    data.update(loader.construct_mapping(node))


def _integer(text: str) -> int:
    return int(text, 0) if text[:2] in ("0x", "0o") else int(text)


def _refuse_tag(_: Loader, node: yaml.Node) -> Any:
    raise yaml.constructor.ConstructorError(None, None, f"the tag `{node.tag}` is not data", node.start_mark)


for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
    ("merge", r"^<<$", ["<"]),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)
_VALUES: dict[str, Callable[[str], Any]] = {
    "tag:yaml.org,2002:null": lambda _: None,
    "tag:yaml.org,2002:bool": lambda text: text.lower() == "true",
    "tag:yaml.org,2002:int": _integer,
    "tag:yaml.org,2002:float": float,
}


def _constructor(value: Callable[[str], Any]) -> Callable[[Loader, yaml.ScalarNode], Any]:
    return lambda loader, node: value(str(loader.construct_scalar(node)))


_CONSTRUCTORS: dict[str, Callable[..., Any]] = {
    "tag:yaml.org,2002:map": _construct_map,
    "tag:yaml.org,2002:seq": yaml.CSafeLoader.construct_yaml_seq,
    _STRING: yaml.CSafeLoader.construct_yaml_str,
    **{tag: _constructor(value) for tag, value in _VALUES.items()},
}
for _tag, _construct in _CONSTRUCTORS.items():
    Loader.add_constructor(_tag, _construct)
Loader.add_constructor(None, _refuse_tag)  # None stands for every other tag

STARTS = frozenset(Loader.yaml_implicit_resolvers)
"""How a scalar begins that may be something else than text; "" stands for an empty one."""
MERGE = object()
"""What `resolve` gives for a merge key."""


def resolve(text: str) -> Any:
    """The value of a plain scalar.

    Raises:
        ValueError: A number is too long to read.
    """
    for tag, pattern in Loader.yaml_implicit_resolvers.get(text[:1], ()):
        if pattern.match(text):
            return MERGE if tag == _MERGE else _VALUES[tag](text)
    return text


def parse(text: str) -> tuple[Any, bool]:
    """The data of a YAML text with one document, and whether `plain_keys` must see to its keys.

    Raises:
        NotYamlError: The text is not YAML, holds several documents, or uses tags beyond JSON's types.
        DuplicateKeyError: A key stands twice in one mapping; `Source.positions.duplicates()` finds all of them.
        UnboundedError: It is nested too deeply for libyaml's recursive composer.
        ValueError: A number is too long to read.
    """
    try:
        return _parse(text)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        offset = mark.index if mark is not None else getattr(problem, "position", 0)
        raise NotYamlError(getattr(problem, "problem", None) or str(problem), offset) from problem


def _parse(text: str) -> tuple[Any, bool]:
    if _may_be_deep(text):
        _refuse_depth(text)
    loader = Loader(text)
    try:
        return loader.get_single_data(), loader.has_unquoted_keys
    finally:
        loader.dispose()


def plain_keys(data: Any, holder: str = "") -> Any:
    """A copy of a measured tree whose keys are plain text, but for the statuses among `responses`.

    Those stay `UnquotedKey`s, so that normalisation can say which were not written as text.
    """
    if isinstance(data, dict):
        keep = holder == "responses"
        return {key if keep else str(key): plain_keys(value, str(key)) for key, value in data.items()}
    return [plain_keys(item) for item in data] if isinstance(data, list) else data


_INDENT = re.compile(r"^[ \t]*(?:[-?:][ \t]+)*", re.MULTILINE)


def _may_be_deep(text: str) -> bool:
    # Each flow level needs an opening bracket, each two block levels a column: cheap upper bounds on the depth.
    if text.count("[") + text.count("{") > 2_000:
        return True
    return max(len(match.group()) for match in _INDENT.finditer(text)) > 1_000


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise UnboundedError(
                    "too-deep",
                    f"nested more than {MAX_DEPTH} levels deep",
                    event.start_mark.index if event.start_mark else 0,
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
