"""Annotations as people say them: without the module names, aliases and checks that a module needs to write them."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection

import msgspec

from vcsdk.emitters.filters import identifier
from vcsdk.ir import Api

_NAME = re.compile(r"[\w.]+")
_NAMES = re.compile(r"[\w.]+(?:(?:\[| \| |, )[\w.]+|\](?=\]| \| |, |$))*")
_WITH_VALUES = re.compile(r"\b(?:Annotated|Literal)\b")
_DEFAULT = re.compile(r"\bdefault=(?:\w+\.)*(?P<value>\w+)")


class PlainTypes(msgspec.Struct):
    """Simplifies annotations; `known` are the names of the models, which modules may import under another one."""

    known: Collection[str]
    _seen: dict[str, str] = msgspec.field(default_factory=dict)

    @classmethod
    def of(cls, api: Api) -> PlainTypes:
        """For the types of one API."""
        return cls({identifier(schema.name) for schema in api.schemas.values()})

    def plain(self, annotation: str) -> str:
        """`builtins.list[Annotated[int, Meta(ge=1)]]` is `list[int]`."""
        if annotation not in self._seen:
            self._seen[annotation] = self._simplified(annotation)
        return self._seen[annotation]

    def _simplified(self, annotation: str) -> str:
        # Most are names, unions and generics of names, which need no parser.
        if _NAMES.fullmatch(annotation) and not _WITH_VALUES.search(annotation):
            return _NAME.sub(lambda name: _bare(name[0].rpartition(".")[2], self.known), annotation)
        return ast.unparse(_Simplify(self.known).visit(ast.parse(annotation, mode="eval")))

    @staticmethod
    def default(text: str) -> str | None:
        """The default in the right side of a field: None, UNSET, or `...` for one that is made anew each time."""
        value = text.removeprefix(" = ").strip()
        if not value:
            return None
        if "(" not in value:
            return value.rpartition(".")[2]
        found = _DEFAULT.search(value)
        return found["value"] if found is not None else "..." if "default_factory=" in value else None


def _bare(name: str, known: Collection[str]) -> str:
    """The name without the underscores that a module put around a model's name to keep two apart."""
    bare = name.strip("_")
    return bare if name not in known and bare in known else name


class _Simplify(ast.NodeTransformer):
    def __init__(self, known: Collection[str]) -> None:
        self._known = known

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        return self.visit_Name(ast.Name(node.attr))

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(_bare(node.id, self._known))

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        of = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
        if of == "Annotated" and isinstance(node.slice, ast.Tuple):
            inner: ast.AST = self.visit(node.slice.elts[0])
            return inner
        if of == "Literal":
            return ast.Subscript(ast.Name("Literal"), node.slice)
        return self.generic_visit(node)
