"""What VMware's Python bindings say of the API: every operation with its request, types and errors."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

import pytest

MISSING = "VMware's SDK is not installed; `make outside` installs it (the extra `outside`)"
vendor = pytest.importorskip("com.vmware", reason=MISSING)
types = pytest.importorskip("vmware.vapi.bindings.type", reason=MISSING)
stubs = pytest.importorskip("vmware.vapi.bindings.stub", reason=MISSING)

_ADDED = re.compile(r"was added in\s+\*\*vSphere API ([\d.]+)\*\*")


@dataclass(frozen=True)
class Bound:
    """An operation of the bindings.

    `name` is what JSON-RPC calls it (`failover$task`); `path` has no query, `action` is the query's where the metadata
    has it.  `places` says of an input field where it travels: ("path" | "query" | "header", name), absent for the body.
    `body` is the field that is the whole body, where one is.
    """

    service: str
    name: str
    method: str
    path: str
    action: str | None
    fields: Mapping[str, types.BindingType]
    places: Mapping[str, tuple[str, str]]
    body: str | None
    output: types.BindingType
    errors: Mapping[str, types.BindingType]

    @property
    def id(self) -> str:
        """How differences name it."""
        return f"{self.service}.{self.name}"


def fold(identifier: str) -> str:
    """An identifier without what spellings of it differ in: `Vcenter.VmTemplate` and `vcenter.vm_template`."""
    return identifier.replace("_", "").replace("-", "").lower()


@cache
def operations() -> dict[tuple[str, str], Bound]:
    """Every operation of the installed packages by its folded service and name."""
    with warnings.catch_warnings():
        # What the bindings deprecate, they say while they are imported.
        warnings.simplefilter("ignore", DeprecationWarning)
        for module in pkgutil.walk_packages(vendor.__path__, "com.vmware."):
            importlib.import_module(module.name)
    found = {}
    for stub in stubs.ApiInterfaceStub.__subclasses__():
        for bound in _operations_of(stub):
            found[fold(bound.service), fold(bound.name)] = bound
    return found


def _operations_of(stub: type[Any]) -> Iterator[Bound]:
    connector = SimpleNamespace(get_api_provider=SimpleNamespace)
    made = stub(SimpleNamespace(connector=connector))
    for name, facts in made._operations.items():
        rest = made._rest_metadata.get(name) or made._rest_metadata[name.removesuffix("$task")]
        path, _, query = rest._url_template.partition("?")
        given = facts["input_type"]
        places = {field: ("path", at) for field, at in rest._path_variables.items()}
        places |= {field: ("query", at) for field, at in rest._query_parameters.items()}
        places |= {field: ("header", at) for field, at in rest._header_parameters.items()}
        yield Bound(
            made.get_identifier().get_name(),
            name,
            rest.http_method,
            path,
            dict(parse_qsl(query)).get("action"),
            {field: given.get_field(field) for field in given.get_field_names()},
            places,
            rest.request_body_parameter,
            facts["output_type"],
            facts["errors"],
        )


def resolved(type_: types.BindingType) -> types.BindingType:
    """The type behind a reference."""
    return type_.resolved_type if isinstance(type_, types.ReferenceType) else type_


def unwrapped(type_: types.BindingType) -> tuple[types.BindingType, bool]:
    """The type without its optionality, and whether it was optional."""
    if isinstance(type_, types.OptionalType):
        return resolved(type_.element_type), True
    return resolved(type_), False


def fields_of(type_: types.StructType) -> dict[str, types.BindingType]:
    """The fields of a structure by name."""
    return {name: type_.get_field(name) for name in type_.get_field_names()}


@cache
def additions(module: str) -> dict[tuple[str, str], str]:
    """In which version of the API a field or a constant came, as the prose of a module says, by class path and name."""
    found: dict[tuple[str, str], str] = {}

    def visit(node: ast.AST, path: str) -> None:
        before = None
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef):
                visit(child, f"{path}.{child.name}".lstrip("."))
            elif isinstance(child, ast.FunctionDef) and child.name == "__init__":
                for name, text in _parameters(ast.get_docstring(child) or ""):
                    _note(found, path, name, text)
            elif (
                isinstance(child, ast.Expr)
                and isinstance(before, ast.Assign)
                and isinstance(before.targets[0], ast.Name)
            ):
                _note(found, path, before.targets[0].id, str(getattr(child.value, "value", "")))
            before = child

    visit(ast.parse(inspect.getsource(importlib.import_module(module))), "")
    return found


def _note(found: dict[tuple[str, str], str], path: str, name: str, text: str) -> None:
    if (said := _ADDED.search(text)) is not None:
        found[path, name] = said[1].rstrip(".")


def _parameters(doc: str) -> Iterator[tuple[str, str]]:
    for piece in re.split(r"^:param\s+", doc, flags=re.MULTILINE)[1:]:
        name, _, text = piece.partition(":")
        yield name.strip(), text


def added(type_: Any, name: str) -> tuple[int, ...]:
    """The version that brought a field or a constant of a type, () where nothing says so."""
    of = type_.binding_class
    if of is None:
        return ()
    noted = additions(of.__module__)
    # A field's attribute is its name in lower case, a constant's the name itself.
    said = noted.get((of.__qualname__, name)) or noted.get((of.__qualname__, name.lower()), "")
    return tuple(int(part) for part in said.split(".") if part)
