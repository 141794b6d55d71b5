"""CONTRIBUTING.md names each step of a change, and whatever there is has gone through all of them."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from filecmp import cmp as same
from functools import cache
from importlib import import_module
from inspect import signature
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import pytest
from vcsdk.cli import main
from vcsdk.copied.suite import checks, probes
from vcsdk.copied.suite.conformance import ANSWER_RULES
from vcsdk.copied.suite.tasks import TASK_RULES
from vcsdk.diagnostics import InputError
from vcsdk.emitters import ABOUT, BESIDE, CLIENT
from vcsdk.pipeline import read_api

from docs.pages import contract_checks, diff_rules, faults, lint_rules, repairs
from docs.pages.command_line import application, commands
from tests.docs.markdown import PAGES, ROOT
from tests.e2e.contract.test_faults import FOUND_BY
from tests.e2e.contract.test_plain_faults import FOUND_IN
from tests.unit.normalize.test_rules import CASES as MENDED

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
WITHOUT_TEMPLATE = {"surface"}
Ids = Callable[[], set[str]]


@cache
def nodes(files: str) -> tuple[tuple[str, ast.AST], ...]:
    """Every node of the Python files that a pattern names, each with its file's path."""
    found = sorted(ROOT.glob(files))
    assert found, files
    trees = ((file.relative_to(ROOT).as_posix(), ast.parse(file.read_text(encoding="utf-8"))) for file in found)
    return tuple((name, node) for name, tree in trees for node in ast.walk(tree))


def texts(file: str) -> set[str]:
    """All that stands as text in a file."""
    return {node.value for _, node in nodes(file) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def declared(files: str, *names: str) -> set[str]:
    """The ids that files give to calls of these names: `@rule("query-in-path", …)`."""
    calls = [node for _, node in nodes(files) if isinstance(node, ast.Call) and node.args]
    ids = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id in names]
    return {each.value for each in ids if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def written(files: str, code: dict[str, Any]) -> set[str]:
    """The ids whose code stands in files: of rules that a loop declares, too."""
    places = set(ROOT.glob(files))
    return {id_ for id_, each in code.items() if Path(inspect.getfile(each)) in places}


def repaired() -> set[str]:
    return declared("generator/vcsdk/normalize/*.py", "rule") | written(
        "generator/vcsdk/normalize/*.py", {rule.id: rule.make for rule in repairs.RULES}
    )


def in_table_of_repairs() -> set[str]:
    return {rule.id for rule in repairs.RULES}


def checked() -> set[str]:
    return declared("generator/vcsdk/checks/*.py", "check") | written(
        "generator/vcsdk/checks/*.py", {check.id: check.find for check in lint_rules.CHECKS}
    )


def in_table_of_checks() -> set[str]:
    return {check.id for check in lint_rules.CHECKS}


def said_of_broken_input() -> set[str]:
    said = [file.read_text(encoding="utf-8") for file in (ROOT / "tests/negative").glob("*/stderr.txt")]
    return {id_ for text in said for id_ in re.findall(r"\[([\w.-]+)\]$", text, re.MULTILINE)}


def compared() -> set[str]:
    return declared("generator/vcsdk/diff/rules/*.py", "rule") | written(
        "generator/vcsdk/diff/rules/*.py", {rule.id: rule.judge for rule in diff_rules.RULES}
    )


def in_table_of_diff() -> set[str]:
    return {rule.id for rule in diff_rules.RULES}


def planted() -> set[str]:
    return declared("generator/vcsdk/simulator/faults/*.py", "fault") | in_table_of_faults()


def in_table_of_faults() -> set[str]:
    return {info.id for info in faults.known_faults()}


def proving() -> set[str]:
    return {fault for check in contract_checks.CHECKS.values() for fault in check.proven_by}


def held() -> set[str]:
    return declared("generator/vcsdk/copied/suite/*/*.py", "Check", "check")


def in_catalogue() -> set[str]:
    return {check.id for check in contract_checks.CHECKS.values()}


def modules_of(package: ModuleType) -> list[ModuleType]:
    return [import_module(f"{package.__name__}.{found.name}") for found in iter_modules(package.__path__)]


def in_turn() -> set[str]:
    """The checks of the catalogue, but for those shaped as one of every answer or task that are not among these."""
    modules = modules_of(checks)
    rules = {tuple(signature(rule).parameters): places for places in (ANSWER_RULES, TASK_RULES) for rule in places}
    holds = {module.CHECK.id: getattr(module, "hold", None) for module in modules}
    left = {
        id_ for id_, hold in holds.items() if hold and hold not in rules.get(tuple(signature(hold).parameters), (hold,))
    }
    return in_catalogue() - left


def in_generated_suite() -> set[str]:
    """The checks that stand in the generated package as they do in the toolkit."""
    suite, (copy,) = ROOT / "generator/vcsdk/copied/suite", ROOT.glob("generated/*/src/*/_suite")
    files = {module.CHECK.id: Path(inspect.getfile(module)) for module in [*modules_of(checks), *modules_of(probes)]}
    copies = {id_: copy / file.relative_to(suite) for id_, file in files.items()}
    return {id_ for id_, file in files.items() if copies[id_].is_file() and same(file, copies[id_], shallow=False)}


def emitting() -> set[str]:
    """The modules that emit, as the tables name them: `client.emit`, `docs`."""
    root = "generator/vcsdk/emitters/"
    return {
        file.removeprefix(root).removesuffix(".py").replace("/", ".")
        for file, node in nodes(f"{root}**/*.py")
        if isinstance(node, ast.FunctionDef) and node.name == "emit"
    }


def with_template() -> set[str]:
    folders = {path.parent.name for path in (ROOT / "templates").glob("*/*.jinja")} | WITHOUT_TEMPLATE
    return {name for name in in_table_of_emitters() | emitting() if name.split(".")[0] in folders}


def in_table_of_emitters() -> set[str]:
    return {*CLIENT, *ABOUT, *BESIDE}


def emitted(description: str, output: str) -> set[str]:
    """The emitters that have a file in the packages of a description."""
    described = read_api(ROOT / description)
    found = set()
    for name in emitting():
        module = import_module(f"vcsdk.emitters.{name}")
        with suppress(InputError):  # of a template that is missing, which is a step of its own
            files = module.emit(described.api, described.config, described.document)
            if any((ROOT / output / file.package / file.path).is_file() for file in files):
                found.add(name)
    return found


def in_generated_packages() -> set[str]:
    return emitted("spec/vcha.yaml", "generated")


def in_golden_packages() -> set[str]:
    return emitted("tests/golden/minimal/input.yaml", "tests/golden/minimal/expected")


COMMANDS = dict(commands(application()))


def called(function: Callable[..., Any]) -> str:
    return f"{function.__module__.removeprefix('vcsdk.cli.')}.{function.__name__}"


def explained() -> set[str]:
    """The functions of the command line whose docstring is a whole help."""
    helps = (
        (file, node.name, ast.get_docstring(node) or "")
        for file, node in nodes("generator/vcsdk/cli/*.py")
        if isinstance(node, ast.FunctionDef)
    )
    return {
        f"{Path(file).stem}.{name}" for file, name, text in helps if "\nFor example: " in text and "\nExits " in text
    }


def registered() -> set[str]:
    return {called(function) for words, function in COMMANDS.items() if words.split()[1] in main._COMMANDS}


def tried() -> set[str]:
    """The commands that a test calls: `main(["contract", "plan", …])`, `run("lint", …)`."""
    lines = set()
    for _, node in nodes("tests/**/test_*.py"):
        given = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.List) else []
        words = [each.value if isinstance(each, ast.Constant) else None for each in given[:2]]
        lines |= {tuple(words[:1]), tuple(words)}
    return {called(function) for words, function in COMMANDS.items() if tuple(words.split()[1:]) in lines}


def in_guide() -> set[str]:
    guide = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    return {called(function) for words, function in COMMANDS.items() if re.search(rf"{words}\b", guide)}


@dataclass(frozen=True)
class Step:
    """A step as the page names its file, what has taken it, and where things that must take it are found."""

    file: str
    done: Ids
    found: tuple[Ids, ...]

    def missing(self) -> list[str]:
        return sorted(set[str]().union(*(ids() for ids in self.found)) - self.done())


def steps(*taken: tuple[str, Ids], found: tuple[Ids, ...]) -> tuple[Step, ...]:
    return tuple(Step(file, done, found) for file, done in taken)


_REPAIRS = (repaired, in_table_of_repairs)
_CHECKS = (checked, in_table_of_checks)
_DIFF = (compared, in_table_of_diff)
_FAULTS = (planted, proving)
_HELD = (held, in_catalogue)
_EMITTERS = (emitting, in_table_of_emitters)
_COMMANDS = (explained, registered)
RECIPES: dict[str, tuple[Step, ...]] = {
    "A repair": steps(
        ("generator/vcsdk/normalize/NAME.py", repaired),
        ("generator/vcsdk/normalize/rules.py", in_table_of_repairs),
        ("tests/unit/normalize/test_rules.py", lambda: set(MENDED)),
        ("docs/configuration.md", lambda: set(re.findall(r"^\| `([\w.-]+)` \|", guide("configuration"), re.MULTILINE))),
        found=_REPAIRS,
    ),
    "A check": steps(
        ("generator/vcsdk/checks/NAME.py", checked),
        ("generator/vcsdk/checks/rules.py", in_table_of_checks),
        ("tests/unit/checks/test_rules.py", lambda: texts("tests/unit/checks/test_rules.py")),
        ("tests/negative/CASE/stderr.txt", said_of_broken_input),
        found=_CHECKS,
    ),
    "A diff rule": steps(
        ("generator/vcsdk/diff/rules/AREA.py", compared),
        ("generator/vcsdk/diff/rules/table.py", in_table_of_diff),
        ("tests/diff/cases/ID.yaml", lambda: {case.stem for case in (ROOT / "tests/diff/cases").glob("*.yaml")}),
        found=_DIFF,
    ),
    "A fault, and the contract check that finds it": (
        Step("generator/vcsdk/simulator/faults/SUBJECT.py", planted, _FAULTS),
        Step("generator/vcsdk/simulator/faults/catalogue.py", in_table_of_faults, _FAULTS),
        Step("generator/vcsdk/copied/suite/checks/NAME.py", proving, _FAULTS),
        Step("generator/vcsdk/copied/suite/checks/NAME.py", held, _HELD),
        Step("generator/vcsdk/copied/suite/conformance.py", in_turn, _HELD),
        Step("tests/e2e/contract/test_faults.py", lambda: {*FOUND_BY, *FOUND_IN}, _FAULTS),
        Step("generated/", in_generated_suite, _HELD),
    ),
    "An emitter": steps(
        ("generator/vcsdk/emitters/NAME/emit.py", emitting),
        ("templates/NAME/FILE.jinja", with_template),
        ("generator/vcsdk/emitters/__init__.py", in_table_of_emitters),
        ("generated/", in_generated_packages),
        ("tests/golden/CASE/expected", in_golden_packages),
        found=_EMITTERS,
    ),
    "A command": steps(
        ("generator/vcsdk/cli/NAME.py", explained),
        ("generator/vcsdk/cli/main.py", registered),
        ("tests/unit/cli/test_NAME.py", tried),
        ("docs/how-to/PAGE.md", in_guide),
        found=_COMMANDS,
    ),
}


def guide(page: str) -> str:
    return (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("recipe", "step"),
    [(name, step) for name, recipe in RECIPES.items() for step in recipe],
    ids=lambda value: value.file if isinstance(value, Step) else value,
)
def test_everything_there_is_has_taken_the_step(recipe: str, step: Step) -> None:
    assert step.done(), step
    missing = step.missing()
    assert not missing, f"{recipe} ({', '.join(missing)}) lacks the step of CONTRIBUTING.md in {step.file}"


def test_the_recipes_name_these_files_in_this_order() -> None:
    _, _, recipes = PAGE.partition("\n## Recipes\n")
    named = {
        section.partition("\n")[0]: re.findall(r"^\d+\. `([^`]+)`:", section, re.MULTILINE)
        for section in recipes.split("\n### ")[1:]
    }
    assert named == {name: list(dict.fromkeys(step.file for step in recipe)) for name, recipe in RECIPES.items()}


def test_files_that_the_page_names_are_there() -> None:
    named = re.findall(r"`((?:\w[\w-]*/)+[\w.-]+)`", PAGE) + re.findall(r"\]\(([^)]+)\)", PAGE)
    assert len(named) > 20
    for path in named:
        # A word in capitals stands for a name of one's own, if it is not the whole name of a file.
        pattern = re.sub(r"\b[A-Z]+\b|(?<=_)[A-Z]+\b", "*", path) if "/" in path else path
        assert list(ROOT.glob(pattern)) or list((ROOT / "generator/vcsdk").glob(pattern)), path


def test_the_layout_names_what_there_is() -> None:
    _, _, house = PAGE.partition("## The house\n\n```\n")
    house = house.partition("```")[0]
    assert len(house.splitlines()) <= 21
    layers, _, rest = house.partition("\ntemplates/")
    for root, text in (("generator/vcsdk", layers), ("tests", rest)):
        folders = {path.parent.name for path in (ROOT / root).glob("*/__init__.py")}
        assert sorted(folders - set(re.findall(r"\w+", text))) == [], root
