"""The import rules of docs/architecture.md: a layer imports earlier ones only, `runtime` and `suite` none of ours."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Modules of one row do not import each other.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("cache", "diagnostics"),
    ("ir", "reporting", "surface", "toml_source"),
    ("config",),
    ("load",),
    ("normalize",),
    ("checks",),
    ("build",),
    ("naming",),
    ("configuration",),
    ("pipeline",),
    ("emitters", "bundle"),
    ("completeness", "write", "diff"),
    ("simulator", "flavors", "release"),
    ("contract",),
    ("cli",),
    ("__main__",),
)

# What is copied into generated packages may import only what those declare, beside the standard library.
FREESTANDING = {
    "runtime": {"httpx2", "msgspec"},
    "suite": {"httpx2", "hypothesis", "jsonschema_rs", "msgspec", "pytest", "requests", "schemathesis", "urllib3"},
}


def violations(root: Path) -> list[str]:
    """Each import below `root/generator` that breaks a rule, as `file:line: reason`."""
    rank = {name: number for number, row in enumerate(LAYERS) for name in row}
    found = []
    for file in sorted((root / "generator").rglob("*.py")):
        module = file.relative_to(root).with_suffix("").parts
        if module == ("generator", "__init__"):
            top = ""
        else:
            top = module[1]
            if top not in rank and top not in FREESTANDING:
                found.append(f"{'/'.join(module)}.py:1: `{top}` has no layer")
                continue
        for line, name in imports(file, module):
            reason = judge(top, name.split("."), rank)
            if reason:
                found.append(f"{'/'.join(module)}.py:{line}: {reason}")
    return found


def judge(top: str, name: list[str], rank: dict[str, int]) -> str | None:
    if top in FREESTANDING:
        if name[:2] == ["generator", top] or name[0] in sys.stdlib_module_names or name[0] in FREESTANDING[top]:
            return None
        return f"`{top}` may not import `{'.'.join(name)}`"
    if name[0] != "generator" or len(name) == 1 or name[1] == top or name[1] == "__version__":
        return None
    if top == "":
        return f"the package may not import `{'.'.join(name)}`"
    if name[1] in FREESTANDING:
        # The contract runner and the emitters use the suite as it is; nobody needs the runtime.
        return None if name[1] == "suite" and rank[top] >= rank["emitters"] else f"`{top}` may not import `{name[1]}`"
    if name[1] not in rank:
        return f"`{name[1]}` has no layer"
    return None if rank[name[1]] < rank[top] else f"`{top}` may not import `{name[1]}`, which is no layer before it"


def imports(file: Path, module: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Line and absolute dotted name of everything a file imports, `import_module("…")` included."""
    package = module[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                # In a copied file, an import of itself by our name would be an import of ours.
                own = alias.name.startswith("generator.") and module[1] in FREESTANDING
                yield node.lineno, f"ours.{alias.name}" if own else alias.name
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if node.level:
                    start = package[: len(package) - node.level + 1]
                    yield (
                        node.lineno,
                        ".".join((*start, *(node.module or "").split("."), alias.name)).replace("..", "."),
                    )
                else:
                    own = node.module.split(".")[0] == "generator" and module[1] in FREESTANDING
                    yield node.lineno, f"{'ours.' if own else ''}{node.module}.{alias.name}"
        elif isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"} and node.args:
            text = _leading_text(node.args[0])
            if text.startswith("generator."):
                yield node.lineno, text.rstrip(".")


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _leading_text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        node = node.values[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_every_import_keeps_to_the_layers():
    assert not violations(ROOT), "\n" + "\n".join(violations(ROOT))


def test_every_layer_that_exists_is_seen():
    """Guards the test itself: a wrong root would find nothing and pass."""
    seen = {path.stem if path.is_file() else path.name for path in (ROOT / "generator").iterdir()}
    assert {"diagnostics", "ir", "load", "normalize", "build", "naming", "emitters", "write", "cli"} <= seen


@pytest.mark.parametrize(
    ("path", "code", "reason"),
    [
        ("ir/a.py", "from generator.load import load", "`ir` may not import `load`"),
        ("load/a.py", "from generator import build", "`load` may not import `build`"),
        ("emitters/a.py", "import generator.cli.main", "`emitters` may not import `cli`"),
        ("write/deep/a.py", "from ...simulator import app", "`write` may not import `simulator`"),
        ("write/a.py", "def f():\n    from generator.diff import rules", "`write` may not import `diff`"),
        ("pipeline.py", "import_module(f'generator.emitters.{x}')", "`pipeline` may not import `emitters`"),
        ("novel/a.py", "", "`novel` has no layer"),
        ("novel.py", "", "`novel` has no layer"),
        ("cli/a.py", "import generator.novel", "`novel` has no layer"),
        ("runtime/a.py", "import yaml", "`runtime` may not import `yaml`"),
        ("runtime/a.py", "from generator.runtime import b", "`runtime` may not import `ours.generator.runtime.b`"),
        ("runtime/vapi/a.py", "from ...ir import Api", "`runtime` may not import `generator.ir.Api`"),
        ("suite/a.py", "from generator.diagnostics import Level", "`suite` may not import `ours.generator.diagnostics"),
        ("naming/a.py", "from generator.runtime import x", "`naming` may not import `runtime`"),
        ("__init__.py", "from generator.ir import Api", "the package may not import"),
    ],
)
def test_a_violation_is_found(tmp_path, path, code, reason):
    file = tmp_path / "generator" / path
    file.parent.mkdir(parents=True)
    file.write_text(code)
    assert any(reason in row for row in violations(tmp_path)), violations(tmp_path)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("cli/a.py", "from generator import __version__\nfrom generator.write import write"),
        ("config.py", "from generator.ir import Api"),
        ("runtime/vapi/a.py", "from ..model import Model\nimport httpx2, json"),
        ("contract/a.py", "from generator.suite.run import main"),
    ],
)
def test_what_is_allowed_is_not_reported(tmp_path, path, code):
    file = tmp_path / "generator" / path
    file.parent.mkdir(parents=True)
    file.write_text(code)
    assert not violations(tmp_path)
