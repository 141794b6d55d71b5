"""What a program written for a release sends and gets with the package of the next one: the same, unless the API broke.

The program calls every method, with every argument and with no more than it must, against a real HTTP server that gives
each operation a valid answer of the old description.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace
from vcsdk.cli.diff import record
from vcsdk.diagnostics import Diagnostics
from vcsdk.diff import compared
from vcsdk.diff.finding import Finding
from vcsdk.diff.read import read
from vcsdk.diff.scale import Area, Severity
from vcsdk.ir import Alias, Api, Operation, Ref, Struct
from vcsdk.ir.media import BYTES
from vcsdk.ir.recursion import references
from vcsdk.ir.requests import identity
from vcsdk.ir.types import Type
from vcsdk.naming import Record
from vcsdk.pipeline import Described

from tests.specs.old_calls import Asked, Outcome, Program

SHARED = Path(__file__).parents[3] / "shared"
V701, V702 = (f"specs/swagger2/{version}/vcenter.json" for version in ("7.0.1", "7.0.2"))
V703 = "specs/vcenter-7.0.3/vcenter.json"
V911 = "specs/vcenter-9.1.1/vcenter.yaml"
SAFE = ("payments-1", "payments-2", "telephony-1", "telephony-2", "incidents-1")
PAIRS = {
    **{name: (f"histories/{name}/old.json", f"histories/{name}/new.json") for name in (*SAFE, "payments-3")},
    "7.0.1-7.0.2": (V701, V702),
    "7.0.2-7.0.3": (V702, V703),
    "7.0.3-9.1.1": (V703, V911),
}
LONG = ("7.0.3-9.1.1",)
"""Pairs that are tried with `--full` alone."""
LEAST = {"7.0.1-7.0.2": 360, "7.0.2-7.0.3": 600, "7.0.3-9.1.1": 440, "incidents-1": 400, "telephony-1": 190}
"""How many operations are called at least, where there are many."""


@dataclass(frozen=True)
class Ran:
    """A pair of releases, and what each function of the old program did with each."""

    old: Described
    new: Described
    program: Program
    outcomes: tuple[list[Outcome], list[Outcome]]

    @property
    def changed(self) -> Iterator[tuple[Asked, Outcome, Outcome]]:
        """The functions that do something else now."""
        for asked, before, after in zip(self.program.asked, *self.outcomes, strict=True):
            if before != after:
                yield asked, before, after


def described(path: Path, names: Record | None = None, other: Described | None = None) -> Described:
    left_out = other.document.left_out if other is not None else ()
    return read(
        path,
        None,
        use_config=False,
        overlays=(),
        diagnostics=Diagnostics(),
        partial=True,
        without=frozenset((omission.kind, omission.name) for omission in left_out),
        record=names,
    )


def ran(old: Path, new: Path, folder: Path) -> Ran:
    """Both packages under the old one's names, and the old program with each."""
    before = described(old)
    after = described(new, record(before), before)
    # What the package is called stands in the configuration of a release, whatever the new title is.
    config = replace(after.config, package=before.config.package)
    after = replace(after, configuration=replace(after.configuration, config=config))
    program = Program.of(before)
    return Ran(before, after, program, (program.run(before, folder / "old"), program.run(after, folder / "new")))


def is_serious(finding: Finding) -> bool:
    """Whether it is of the API itself, and breaks or is risky; what cannot be compared is no cause."""
    serious = finding.level in (Severity.BREAKING, Severity.RISKY)
    return serious and finding.rule.area is not Area.SURFACE and finding.rule.id != "keyword-changed"


def schemas_of(operation: Operation, api: Api) -> set[str]:
    """The names of the schemas that an operation leads to."""
    types = [parameter.type for parameter in operation.parameters]
    parts = (*(operation.body.content if operation.body else ()), *(m for r in operation.responses for m in r.content))
    types += [media.type or BYTES for media in parts]
    keys: set[str] = set()
    rest: list[Type] = types
    while rest:
        for key in references(rest.pop()):
            if key not in keys and key in api.schemas:
                keys.add(key)
                rest += types_of(api, key)
    return {api.schemas[key].wire_name for key in keys}


def types_of(api: Api, key: str) -> Iterator[Type]:
    schema = api.schemas[key]
    if isinstance(schema, Alias):
        yield schema.type
    elif isinstance(schema, Struct):
        yield from (field.type for field in schema.fields)
        if schema.base is not None:
            yield Ref(schema.base)


def without_cause(ran: Ran) -> list[tuple[str, Outcome, Outcome]]:
    """What changed although nothing of its operation or its schemas did."""
    if not (changed := list(ran.changed)):
        return []
    both = compared(ran.old, ran.new)
    found = [finding for finding in both.findings if is_serious(finding)]
    # Where the path before all paths moved into the server, the new operation has another.
    now = {old.key: identity(new) for old, new in both.comparison.operations}
    requests = {finding.site.identity for finding in found} - {""}
    schemas = {name for finding in found for name in (finding.site.schema, finding.site.holder) if name}
    return [
        (asked.operation.request_line, before, after)
        for asked, before, after in changed
        if requests.isdisjoint((identity(asked.operation), now.get(asked.operation.key, "")))
        and schemas.isdisjoint(schemas_of(asked.operation, ran.old.api))
    ]


@pytest.fixture
def pair(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], Ran]:
    def of(name: str) -> Ran:
        old, new = (SHARED / each for each in PAIRS[name])
        if not new.is_file():
            pytest.skip("the published histories are not beside this checkout")
        if name in LONG and not request.config.getoption("--full"):
            pytest.skip("tried with --full (make oracle)")
        return ran(old, new, tmp_path)

    return of


@pytest.mark.parametrize("name", PAIRS)
def test_an_old_program_sends_and_gets_what_it_did_unless_the_api_broke(name: str, pair: Callable[[str], Ran]) -> None:
    run = pair(name)
    called = {
        asked.operation.key for asked, outcome in zip(run.program.asked, run.outcomes[0], strict=True) if outcome.sent
    }
    assert len(called) >= LEAST.get(name, 25), "hardly anything is called"
    assert without_cause(run) == []
    if name in (*SAFE, "7.0.1-7.0.2"):
        assert list(run.changed) == []
