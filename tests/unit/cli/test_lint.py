"""`vcsdk lint`: findings, repairs with their places, and what each call can do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.unit.cli.conftest import DESCRIPTION, Run

SPEC = Path(__file__).parents[3] / "spec" / "vcha.yaml"


def test_repairs_and_operations(run: Run, folder: Path) -> None:
    Path("pets.toml").write_text('[operations.listPets]\nsafety = "write"\n')
    result = run("lint", "pets.yaml")
    assert (result.status, result.err) == (0, "")
    assert result.out == (
        "Repairs\n"
        "  query-in-path  1 place\n"
        "\n"
        "Operations\n"
        "  pets.list_pets   write        GET /pets                set in the configuration\n"
        "  pets.clear_pets  destructive  POST /pets?action=clear  verb `clear`\n"
        "\n"
        "no findings.\n"
    )


def test_places(run: Run, folder: Path) -> None:
    result = run("lint", "pets.yaml", "--places")
    assert "    pets.yaml:13:3: the query of `/pets?action=clear` became parameters" in result.out


def test_an_operation_that_disrupts_the_connection(run: Run, folder: Path) -> None:
    lines = run("lint", str(SPEC)).out.splitlines()
    failover = next(line for line in lines if "vcha.cluster.failover" in line)
    assert failover.split()[1] == "destructive"
    assert failover.endswith("set in the configuration, disrupts the connection")


def test_errors(run: Run, folder: Path) -> None:
    result = run("lint", "broken.yaml")
    assert (result.status, result.out) == (2, "")
    assert result.err.endswith("\n\n2 errors.\n  hint: `--partial` would leave out 1 operation of 2 and 1 schema\n")


def test_json(run: Run, folder: Path) -> None:
    report = json.loads(run("lint", "pets.yaml", "--json").out)
    assert report["diagnostics"] == []
    assert [(r["rule"], r["level"], len(r["places"])) for r in report["repairs"]] == [("query-in-path", "note", 1)]
    assert report["operations"][1] == {
        "name": "pets.clear_pets",
        "operation_id": "clearPets",
        "request": "POST /pets?action=clear",
        "safety": "destructive",
        "reason": "verb `clear`",
        "disrupts_connection": False,
        "pages": None,
    }


def test_what_has_pages(run: Run, folder: Path) -> None:
    answer = "{description: All., content: {application/json: {schema: {type: array, items: {type: string}}}}}"
    page, size = (f"{{name: {name}, in: query, schema: {{type: integer{more}}}}}" for name, more in PAGING)
    unclear = page.replace(", default: 1", "")
    Path("pages.yaml").write_text(PAGED.format(answer=answer, page=page, size=size, unclear=unclear))
    told = run("lint", "pages.yaml")
    assert re.search(r"lamps\.lamps_list .* pages by page$", told.out, re.MULTILINE)
    assert "2 notes" in told.out, "beside `no-host`"
    assert (
        "note: no method `pages`: whether the first page is `page=0` or `page=1` is not said [unclear-pages]"
        in told.err
    )
    kinds = [each["pages"] for each in json.loads(run("lint", "pages.yaml", "--json").out)["operations"]]
    assert kinds == ["page", None]


PAGING = [("page", ", default: 1"), ("size", "")]
PAGED = """\
openapi: 3.0.3
info: {{title: Lamps, version: "1"}}
servers: [{{url: /api}}]
paths:
  /lamps:
    get: {{operationId: lamps_list, parameters: [{page}, {size}], responses: {{"200": {answer}}}}}
  /bulbs:
    get: {{operationId: bulbs_list, parameters: [{unclear}, {size}], responses: {{"200": {answer}}}}}
"""


def test_json_of_errors(run: Run, folder: Path) -> None:
    result = run("lint", "broken.yaml", "--json")
    assert result.status == 2
    assert [row["rule"] for row in json.loads(result.out)["diagnostics"]] == ["dangling-ref", "dangling-ref"]


def test_in_a_github_workflow_findings_stand_beside_the_lines(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert "::error file=broken.yaml,line=11," in run("lint", "broken.yaml").err
    twins = "properties: {name: {type: string}, Name: {type: string}, "
    Path("twins.yaml").write_text(DESCRIPTION.replace("properties: {name: {type: string}, ", twins))
    result = run("lint", "twins.yaml")
    assert result.status == 0
    assert "::warning file=twins.yaml,line=" in result.err


AGES = """\
openapi: 3.0.3
info: {title: Lamps, version: "1"}
servers: [{url: /api}]
paths:
  /lamps:
    get:
      operationId: Lamps_list
      description: All. This operation was added in __vSphere API 9.0.0.0__.
      responses: {"204": {description: Done.}}
components: {schemas: {Vapi.Std.Errors.Error: {type: object}}}
"""


def test_what_an_older_server_lacks(run: Run, folder: Path) -> None:
    Path("lamps.yaml").write_text(AGES)
    assert run("lint", "lamps.yaml", "--since", "8.0.2").out == (
        "Newer than 8.0.2\n  operation  9.0.0.0      lamps.list  GET /lamps\n\n1 operation.\n"
    )
    assert run("lint", "lamps.yaml", "--since", "9").out == "Nothing says that it is newer than 9.\n"
    report = json.loads(run("lint", "lamps.yaml", "--since", "8.0.2", "--json").out)
    assert report["newer"] == [{"part": "operation", "name": "lamps.list", "wire": "GET /lamps", "since": "9.0.0.0"}]
    assert "newer" not in json.loads(run("lint", "lamps.yaml", "--json").out)


@pytest.mark.parametrize("command", ["lint", "diff"])
def test_what_is_no_version_is_refused(run: Run, folder: Path, command: str) -> None:
    result = run(command, "pets.yaml", "--since", "latest")
    assert (result.status, result.out) == (2, "")
    assert result.err == "error: --since: 'latest' is no version such as 8.0.2\n"


def test_the_difference_to_an_older_server(run: Run, folder: Path) -> None:
    Path("lamps.yaml").write_text(AGES)
    result = run("diff", "lamps.yaml", "--since", "8.0.2", "--fail-on", "safe")
    assert result.status == 1
    assert "GET /lamps: " in result.out
    assert "[operation-added " in result.out
    assert run("diff", "lamps.yaml", "--since", "9.0").out == "no changes.\n"
    assert run("diff", "lamps.yaml", "lamps.yaml", "--since", "9.0").status == 2
