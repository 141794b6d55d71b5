"""Values of each schema decode in our models as in datamodel-code-generator's, and encode back to the same JSON.

`values.toml` lists what the two take differently.
"""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from vcsdk.load.pointer import escape
from vcsdk.pipeline import Described, read_api

from tests.generated import SPEC, imported, write_client
from tests.oracle.agreement import Judges, Verdict, unexplained
from tests.oracle.closure import needed
from tests.specs.published import MISSING, SPECS, VCENTER, is_part, names

pytest.importorskip("datamodel_code_generator", reason="the extra `flavors` is not installed")

from tests.oracle.pydantic_models import PydanticModels
from tests.oracle.values import ValidValues, with_fault

TABLE: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "values.toml").read_text("utf-8"))["difference"]


class Witnesses(NamedTuple):
    """The models of the schemas that the differences of one profile are seen in."""

    judges: Judges
    entries: list[dict[str, Any]]


SAMPLE = {VCENTER: 60, "vcf/vcf-installer-openapi.json": 20, "vcf/sddc-lcm-openapi.yaml": 20}
"""How many schemas of which specification are tried without `--full`."""

AT_MOST = 1_200
"""How many schemas of one specification are tried with it, drawn with a seed: values of the largest are dear."""

WITHOUT_VALUES = {"EsxHostsSoftwareInfo"}
"""Schemas that no finite value has: this one of esx.json requires itself.  The generator must refuse them."""

WHOLE = [name for name in names() if not is_part(name)] or [pytest.param("", marks=pytest.mark.skip(reason=MISSING))]


def only(described: Described, chosen: list[str]) -> dict[str, Any]:
    """The document with these schemas and those they need."""
    data = described.document.data
    roots = [{"$ref": f"#/components/schemas/{escape(name)}"} for name in chosen]
    return {**data, "paths": {}, "components": needed(data, roots)}


@contextmanager
def judging(described: Described, data: dict[str, Any], folder: Path) -> Iterator[Judges]:
    source = write_client(described.api, described.config, described.document, folder / "ours")
    theirs = PydanticModels(data, folder / "theirs", f"pydantic_{folder.name.replace('-', '_')}")
    with imported(source, described.config.package.module) as package:
        yield Judges(described, package, theirs)


def disagreements(
    described: Described, chosen: list[str], count: int, folder: Path
) -> tuple[int, list[tuple[str, Any, Verdict]]]:
    """How many values were tried, and where the two differ without a reason in the table."""
    data = only(described, chosen)
    with judging(described, data, folder) as judges:
        return _tried(judges, ValidValues(data), chosen, count)


def _tried(
    judges: Judges, valid: ValidValues, chosen: list[str], count: int
) -> tuple[int, list[tuple[str, Any, Verdict]]]:
    tried, found = 0, []
    for name in filter(judges.stands_alone, chosen):
        if name in WITHOUT_VALUES:
            with pytest.raises(Exception, match="Cannot generate test data"):
                valid.of(name, 1)
            continue
        random_ = random.Random(name)
        values = valid.of(name, count)
        assert values, f"no value of {name} is known"
        faulty = [with_fault(value, random_) for value in values for _ in range(2)]
        for number, value in enumerate((*values, *faulty)):
            tried += 1
            verdict = judges.judge(name, value, valid=number < len(values))
            if any(unexplained(verdict, TABLE)):
                found.append((name, value, verdict))
    return tried, found


def test_schemas_of_the_fragment(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    described = read_api(SPEC)
    schemas = list(described.document.data["components"]["schemas"])
    tried, found = disagreements(described, schemas, 20 if pytestconfig.getoption("--full") else 3, tmp_path)
    assert found == []
    assert tried >= 3 * len(schemas)


@pytest.mark.parametrize("specification", WHOLE)
def test_schemas_of_published_specifications(specification: str, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    full = pytestconfig.getoption("--full")
    if not full and specification not in SAMPLE:
        pytest.skip("tried with --full (make oracle)")
    described = read_api(SPECS / specification, use_config=False)
    schemas = list(described.document.data["components"]["schemas"])
    most = AT_MOST if full else SAMPLE[specification]
    if len(schemas) > most:
        schemas = random.Random("oracle").sample(schemas, most)
    tried, found = disagreements(described, schemas, 6 if full else 4, tmp_path)
    assert found == []
    assert tried >= 3 * len(schemas)


VAPI = {"vapi.std.errors.error": {"type": "object", "properties": {}}}
"""What tells that a description is one of vCenter's."""


@pytest.fixture(scope="module", params=sorted({entry.get("profile", "plain") for entry in TABLE}))
def witnesses(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Witnesses]:
    folder = tmp_path_factory.mktemp("witnesses")
    entries = [entry for entry in TABLE if entry.get("profile", "plain") == request.param]
    schemas = {name: schema for entry in entries for name, schema in json.loads(entry["schemas"]).items()}
    if request.param == "vapi":
        schemas |= VAPI
    document = {"openapi": "3.0.3", "info": {"title": "Witnesses", "version": "1"}, "paths": {}}
    path = folder / "witnesses.json"
    path.write_text(json.dumps({**document, "components": {"schemas": schemas}}))
    described = read_api(path)
    assert described.api.profile == request.param
    with judging(described, described.document.data, folder) as judges:
        yield Witnesses(judges, entries)


def test_every_listed_difference_is_still_one(witnesses: Witnesses, subtests: pytest.Subtests) -> None:
    for entry in witnesses.entries:
        with subtests.test(entry["id"]):
            name = next(iter(json.loads(entry["schemas"])))
            verdict = witnesses.judges.judge(name, json.loads(entry["value"]), valid=True)
            assert verdict.who == entry["who"], verdict
            assert list(unexplained(verdict, [entry])) == []
            assert len(entry["reason"]) > 20


def test_a_difference_that_no_entry_expects_is_found(witnesses: Witnesses) -> None:
    first = witnesses.entries[0]
    verdict = witnesses.judges.judge(next(iter(json.loads(first["schemas"]))), json.loads(first["value"]), valid=True)
    assert list(unexplained(verdict, [entry for entry in TABLE if entry is not first])) != []
    assert list(unexplained(Verdict("we encode", ("changes a value",)), TABLE)) == ["we encode: changes a value"]
