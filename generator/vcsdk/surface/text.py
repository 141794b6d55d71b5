"""`surface.txt`: a line a name, indented below what it belongs to, sorted, in the words of Python.

```
package vcenter_vcha
module resources.vcha_cluster
  class Cluster(Resource)
    property mode: Mode
    def failover(self, *, planned: bool, timeout: float | None = None) -> Task[None]: ...  # POST /vcenter/vcha/cluster
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vcsdk.surface.model import Class, Method, Module, ParameterKind, Surface

_STARS = {ParameterKind.VARIADIC: "*", ParameterKind.KEYWORDS: "**"}
_BEFORE_VARIADIC = (ParameterKind.POSITIONAL_ONLY, ParameterKind.POSITIONAL)
_HEAD = "# What programs can use of this package.  Written by the generator; a change here is a change for callers."


def render(surface: Surface) -> str:
    """The text of a surface; the same names give the same bytes, in whatever order they were found."""
    return joined(surface.package, [(module.name, module_text(module)) for module in surface.modules])


def joined(package: str, modules: Iterable[tuple[str, str]]) -> str:
    """The text of a surface from the names and texts of its modules."""
    texts = [text for _, text in sorted(modules, key=lambda module: module[0])]
    return "\n".join([_HEAD, f"package {package}", *texts]) + "\n"


def module_text(module: Module) -> str:
    """The part of the text that tells of one module; no line feed at its end."""
    lines = [f"module {module.name}".rstrip()]
    lines += [f"  export {e.name} from {e.home}" for e in sorted(module.exports, key=lambda e: e.name)]
    lines += [f"  alias {alias.name} = {alias.type}" for alias in sorted(module.aliases, key=lambda a: a.name)]
    for class_ in sorted(module.classes, key=lambda c: c.name):
        lines += _class_lines(class_)
    return "\n".join(lines)


def _class_lines(class_: Class) -> Iterator[str]:
    bases = f"({', '.join(class_.bases)})" if class_.bases else ""
    yield f"  {class_.kind} {class_.name}{bases}"
    for field in sorted(class_.fields, key=lambda each: each.name):
        default = f" = {field.default}" if field.default is not None else ""
        yield f"    field {field.name}: {field.type}{default}"
    for member in sorted(class_.members, key=lambda each: each.name):
        yield f"    member {member.name} = {member.value}"
    for property_ in sorted(class_.properties, key=lambda each: each.name):
        yield f"    property {property_.name}: {property_.type}"
    for method in sorted(class_.methods, key=lambda each: each.name):
        comment = f"  # {method.request}" if method.request else ""
        yield f"    {'async ' if method.asynchronous else ''}def {method.name}{signature(method)}: ...{comment}"


def signature(method: Method) -> str:
    """The parameters and what is returned, as Python writes them: `(self, *, planned: bool) -> Task[None]`."""
    parts, before = ["self"], ParameterKind.POSITIONAL_ONLY
    for parameter in method.parameters:
        kind = parameter.kind
        if before is ParameterKind.POSITIONAL_ONLY and kind is not before:
            parts += ["/"] if len(parts) > 1 else []
        if kind is ParameterKind.KEYWORD and before in _BEFORE_VARIADIC:
            parts.append("*")
        star = _STARS.get(kind, "")
        default = f" = {parameter.default}" if parameter.default is not None else ""
        parts.append(f"{star}{parameter.name}: {parameter.type}{default}")
        before = kind
    if len(parts) > 1 and before is ParameterKind.POSITIONAL_ONLY:
        parts.append("/")
    return f"({', '.join(parts)}) -> {method.returns}"
