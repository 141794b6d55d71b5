"""The import rules of docs/architecture.md: a layer imports earlier ones, copied files none of ours, and no circles."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "generator"

# Modules of one row do not import each other.  The longest name that fits counts: `config` is one room on two floors.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("quoting",),
    ("access", "address", "cache", "config", "declared", "diagnostics", "parallel", "placing", "scratch", "unrolled"),
    ("config.toml", "ir", "reporting", "surface"),
    ("config.model", "vapi_prose"),
    ("load",),
    ("normalize",),
    ("checks",),
    ("partial",),
    ("build",),
    ("naming",),
    (
        "config.contract_values",
        "config.metadata",
        "config.names",
        "config.operations",
        "config.read",
        "config.sections",
        "config.table",
    ),
    ("pipeline",),
    ("instances",),
    ("emitters", "bundle"),
    ("write", "diff"),
    ("simulator", "flavors", "release"),
    ("contract", "affected"),
    ("cli",),
    ("__main__",),
)
# They import each other, in one direction.
FLOORS = {"config.names": "config", "config.operations": "config", "config.read": "config"}
FLOORS |= {"config.contract_values": "config", "config.metadata": "config"}
FLOORS |= {"config.sections": "config", "config.table": "config"}

# What is copied into generated packages may import only what those declare, beside the standard library.
COPIED = {
    "copied.runtime": {"httpx2", "msgspec"},
    "copied.suite": {
        "httpx2",
        "hypothesis",
        "jsonschema_rs",
        "msgspec",
        "pytest",
        "requests",
        "schemathesis",
        "urllib3",
    },
}
BY_NAME = {"import_module", "__import__"}
FOR_TYPE_CHECKERS = {"typing_extensions"}
"""What every type checker brings along: to be imported for them alone."""
RANK = {name: number for number, row in enumerate(LAYERS) for name in row}


def modules(source: Path) -> dict[str, Path]:
    """Every module below a folder by its dotted name."""
    names = {".".join(path.relative_to(source).with_suffix("").parts): path for path in sorted(source.rglob("*.py"))}
    return {name.removesuffix(".__init__"): path for name, path in names.items()}


def layer(name: str) -> str | None:
    """The layer of `vcsdk.config.toml.x`: "config.toml"; "" for the package itself, None where it has none."""
    parts = name.split(".")[1:]
    known = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((part for part in known if part in RANK or part in COPIED), None if parts else "")


def violations(source: Path) -> list[str]:
    """Each import below `source/vcsdk` that breaks a rule, as `file:line: reason`."""
    found = []
    for name, path in modules(source).items():
        own = layer(name)
        where = path.relative_to(source).as_posix()
        if own is None and name != "vcsdk.copied":
            found.append(f"{where}:1: `{name}` has no layer")
        guarded = for_type_checkers(path)
        for line, imported in imports(path, name):
            if line in guarded and imported.split(".")[0] in FOR_TYPE_CHECKERS:
                continue
            reason = judge(own or "", imported)
            if reason:
                found.append(f"{where}:{line}: {reason}")
    return found


@cache
def telling(text: str) -> tuple[ast.AST, ...]:
    """The nodes of a file that import, or decide who does: each file is parsed once for all tests."""
    kinds = (ast.If, ast.Import, ast.ImportFrom, ast.Call)
    return tuple(
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, kinds) and (not isinstance(node, ast.Call) or _called(node) in BY_NAME)
    )


def for_type_checkers(path: Path) -> set[int]:
    """The lines that no interpreter reaches."""
    nodes = telling(path.read_text(encoding="utf-8"))
    blocks = (
        n for n in nodes if isinstance(n, ast.If) and isinstance(n.test, ast.Name) and n.test.id == "TYPE_CHECKING"
    )
    return {line for block in blocks for node in block.body for line in range(node.lineno, (node.end_lineno or 0) + 1)}


def judge(own: str, imported: str) -> str | None:
    top = imported.split(".", maxsplit=1)[0]
    if own in COPIED:
        allowed = imported.startswith(f".vcsdk.{own}.") or top in sys.stdlib_module_names or top in COPIED[own]
        return None if allowed else f"`{own}` may not import `{imported}`"
    imported = imported.removeprefix(".")
    if not imported.startswith("vcsdk.") or imported == "vcsdk.__version__":
        return None
    other = layer(imported)
    if other is None:
        return f"`{imported}` has no layer"
    if own == "":
        return f"the package may not import `{imported}`"
    if other in COPIED:
        # The contract runner and the emitters use the suite as it is; nobody needs the runtime.
        allowed = other == "copied.suite" and RANK[own] >= RANK["instances"]
        return None if allowed else f"`{own}` may not import `{other}`"
    same = own == other or (own in FLOORS and FLOORS[own] == FLOORS.get(other))
    return None if same or RANK[other] < RANK[own] else f"`{own}` may not import `{other}`, which is no layer before it"


def imports(path: Path, module: str) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything a file imports, `import_module("…")` and imports for type checkers included.

    A relative import is resolved, with a dot in front.
    """
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    for node in telling(path.read_text(encoding="utf-8")):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ["", *package[: len(package) - node.level + 1]] if node.level else []
            start = [*above, *filter(None, [node.module])]
            yield from ((node.lineno, ".".join((*start, alias.name))) for alias in node.names)
        elif isinstance(node, ast.Call) and _called(node) in BY_NAME and node.args:
            text = _leading_text(node.args[0])
            if text.startswith("vcsdk."):
                yield node.lineno, text.rstrip(".")


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _leading_text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        node = node.values[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def circle(source: Path) -> list[str]:
    """The modules of a circle of imports of any length, the first again at the end; nothing if there is none."""
    known = modules(source)
    graph = {name: set(_files(name, path, known)) - {name} for name, path in known.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def _files(module: str, path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    """The files that a file imports: `from a import b` is `a.b` where that is a file, else `a`."""
    for _, imported in imports(path, module):
        name = imported.removeprefix(".")
        yield from [part for part in (name, name.rpartition(".")[0]) if part in known][:1]


def test_every_import_keeps_to_the_layers():
    assert not violations(SOURCE), "\n" + "\n".join(violations(SOURCE))


def test_no_files_import_each_other_in_a_circle():
    assert not circle(SOURCE), " → ".join(circle(SOURCE))


def test_every_layer_that_exists_is_seen():
    """Guards the tests themselves: a wrong root would find nothing and pass."""
    seen = {layer(name) for name in modules(SOURCE)}
    assert {*RANK, *COPIED} == seen - {"", None}


@pytest.mark.parametrize(
    ("path", "code", "reason"),
    [
        ("ir/a.py", "from vcsdk.load import load", "`ir` may not import `load`"),
        ("load/a.py", "from vcsdk import build", "`load` may not import `build`"),
        ("emitters/a.py", "import vcsdk.cli.main", "`emitters` may not import `cli`"),
        ("write/deep/a.py", "from ...simulator import app", "`write` may not import `simulator`"),
        ("write/a.py", "def f():\n    from vcsdk.diff import rules", "`write` may not import `diff`"),
        ("pipeline.py", "import_module(f'vcsdk.emitters.{x}')", "`pipeline` may not import `emitters`"),
        ("config/toml.py", "from vcsdk.config.model import Config", "`config.toml` may not import `config.model`"),
        ("naming/a.py", "from vcsdk.config.read import read", "`naming` may not import `config.read`"),
        ("config/novel.py", "from vcsdk.load import load", "`config` may not import `load`"),
        ("novel/a.py", "", "`vcsdk.novel.a` has no layer"),
        ("novel.py", "", "`vcsdk.novel` has no layer"),
        ("copied/novel.py", "", "`vcsdk.copied.novel` has no layer"),
        ("cli/a.py", "import vcsdk.novel", "`vcsdk.novel` has no layer"),
        ("copied/runtime/a.py", "from typing_extensions import x", "`copied.runtime` may not import `typing_ext"),
        ("copied/runtime/a.py", "if TYPE_CHECKING:\n    a = 1\nelse:\n    import typing_extensions", "may not import"),
        ("copied/runtime/a.py", "if TYPE_CHECKING:\n    import yaml", "`copied.runtime` may not import `yaml`"),
        ("copied/runtime/a.py", "import yaml", "`copied.runtime` may not import `yaml`"),
        ("copied/runtime/a.py", "from vcsdk.copied.runtime import b", "may not import `vcsdk.copied.runtime.b`"),
        ("copied/runtime/vapi/a.py", "from ....ir import Api", "`copied.runtime` may not import `.vcsdk.ir.Api`"),
        (
            "copied/suite/a.py",
            "from vcsdk.diagnostics import Level",
            "`copied.suite` may not import `vcsdk.diagnostics",
        ),
        ("naming/a.py", "from vcsdk.copied.runtime import x", "`naming` may not import `copied.runtime`"),
        ("naming/a.py", "from vcsdk.copied.suite import x", "`naming` may not import `copied.suite`"),
        ("__init__.py", "from vcsdk.ir import Api", "the package may not import"),
    ],
)
def test_a_violation_is_found(tmp_path, path, code, reason):
    file = tmp_path / "vcsdk" / path
    file.parent.mkdir(parents=True)
    file.write_text(code)
    assert any(reason in row for row in violations(tmp_path)), violations(tmp_path)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("cli/a.py", "from vcsdk import __version__\nfrom vcsdk.write import write"),
        ("config/model.py", "from vcsdk.ir import Api"),
        ("config/read.py", "from vcsdk.config.model import Config\nfrom vcsdk.config.sections import x"),
        ("copied/runtime/a.py", "if TYPE_CHECKING:\n    from typing_extensions import deprecated"),
        ("copied/runtime/vapi/a.py", "from ..model import Model\nimport httpx2, json"),
        ("contract/a.py", "from vcsdk.copied.suite.run import main"),
    ],
)
def test_what_is_allowed_is_not_reported(tmp_path, path, code):
    file = tmp_path / "vcsdk" / path
    file.parent.mkdir(parents=True)
    file.write_text(code)
    assert not violations(tmp_path)


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "from vcsdk.b import x", "b.py": "from vcsdk.a import y"},
        {"a.py": "if TYPE_CHECKING:\n    from vcsdk import b", "b.py": "def f():\n    import vcsdk.a"},
        {"a.py": "from vcsdk.b import x", "b.py": "from .c import x", "c.py": "import_module('vcsdk.a')"},
        {"p/__init__.py": "from .a import x", "p/a.py": "from . import y"},
    ],
)
def test_a_circle_is_found(tmp_path, files):
    for name, code in files.items():
        (tmp_path / "vcsdk" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "vcsdk" / name).write_text(code)
    assert len(circle(tmp_path)) == len(files) + 1


def test_files_of_a_package_that_names_them_are_no_circle(tmp_path):
    for name, code in {"p/__init__.py": "from .a import x", "p/a.py": "from .b import y", "p/b.py": ""}.items():
        (tmp_path / "vcsdk" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "vcsdk" / name).write_text(code)
    assert not circle(tmp_path)
