"""The public surface of a generated package: every name that a program can use, in a file that people can read."""

from __future__ import annotations

from vcsdk.surface.model import (
    STARRED,
    Alias,
    Class,
    ClassKind,
    Export,
    Field,
    Member,
    Method,
    Module,
    Parameter,
    ParameterKind,
    Property,
    Surface,
)
from vcsdk.surface.parse import SurfaceError, parse
from vcsdk.surface.text import joined, module_text, render

__all__ = [
    "STARRED",
    "Alias",
    "Class",
    "ClassKind",
    "Export",
    "Field",
    "Member",
    "Method",
    "Module",
    "Parameter",
    "ParameterKind",
    "Property",
    "Surface",
    "SurfaceError",
    "joined",
    "module_text",
    "parse",
    "render",
]
