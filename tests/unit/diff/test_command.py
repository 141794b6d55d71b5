"""`vcsdk diff` as a command: what it prints where, and its exit status."""

from __future__ import annotations

import json

import pytest
from vcsdk.cli.main import main
from vcsdk.diff import RULES
from vcsdk.naming.recording import record_of
from vcsdk.pipeline import read_api

from tests.diff.descriptions import write

TEXT = {"type": "string"}
BREAKING = {"request": {**TEXT, "maxLength": 5}}
RISKY = {"query_parameter": {"deprecated": True}}


@pytest.fixture
def files(tmp_path):
    def make(new, old=None):
        return [str(write(old or {}, tmp_path / "old")), str(write(new, tmp_path / "new"))]

    return make


def test_equal_descriptions_end_with_0(files, capsys):
    assert main(["diff", *files({})]) == 0
    assert capsys.readouterr() == ("no changes.\n", "")


@pytest.mark.parametrize(
    ("new", "options", "status"),
    [
        (BREAKING, [], 1),
        (RISKY, [], 0),
        (RISKY, ["--fail-on", "risky"], 1),
        ({"get": {"summary": "Read."}}, ["--fail-on", "risky"], 0),
        ({"get": {"summary": "Read."}}, ["--fail-on", "safe"], 1),
        (BREAKING, ["--show", "breaking", "--fail-on", "safe"], 1),
    ],
)
def test_the_status_tells_whether_a_change_stands_that_is_too_bad(new, options, status, files, capsys):
    assert main(["diff", *files(new), *options]) == status


def test_what_is_not_shown_still_counts(files, capsys):
    assert main(["diff", *files(RISKY), "--show", "breaking", "--fail-on", "risky"]) == 1
    assert capsys.readouterr().out == "no changes.\n"


def test_an_ignored_finding_does_not_fail(files, tmp_path, capsys):
    pair = files(BREAKING)
    main(["diff", *pair, "--json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    ignore = tmp_path / "ignore.toml"
    ignore.write_text("[fingerprints]\n" + "".join(f'{f["fingerprint"]} = "fine"\n' for f in found))
    assert main(["diff", *pair, "--ignore", str(ignore)]) == 0
    assert main(["diff", *pair, "--ignore", str(ignore), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out.split("\n", 1)[1])
    assert [row["reason"] for row in document["ignored"]] == ["fine"] * len(found)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "two descriptions are needed"),
        (["{old}"], "two descriptions are needed"),
        (["{old}", "absent.yaml"], "absent.yaml: error"),
        (["{old}", "{new}", "--ignore", "absent.toml"], "absent.toml: error: cannot be read"),
        (["{old}", "{new}", "--format", "html"], "html"),
        (["{old}", "{new}", "--config", "absent.toml"], "absent.toml"),
    ],
)
def test_bad_input_ends_with_2(arguments, says, files, capsys):
    old, new = files({})
    try:
        status = main(["diff", *(each.format(old=old, new=new) for each in arguments)])
    except SystemExit as stop:
        status = stop.code
    printed = capsys.readouterr()
    assert status == 2
    assert says in printed.err + printed.out
    assert "Traceback" not in printed.err + printed.out


def test_a_reference_that_leads_nowhere_is_told_and_the_rest_compared(files, capsys):
    new = {"response": {"$ref": "#/components/schemas/Thin"}, "request": {**TEXT, "maxLength": 5}}
    model = {"merge": {"components": {"schemas": {"Thing": TEXT}}}}
    assert main(["diff", *files({**new, **model}, model)]) == 1
    printed = capsys.readouterr()
    assert "request-max-length-lowered" in printed.out
    assert "`#/components/schemas/Thin` does not exist; compared as any value [dangling-ref]" in printed.err


def test_the_rules_are_a_table(capsys):
    assert main(["diff", "--list-rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(RULES) + 1
    assert lines[-1] == f"{len(RULES)} rules"
    row = next(line for line in lines if line.startswith("request-property-became-required "))
    assert row.split()[1:3] == ["breaking", "schema"]
    assert row.endswith("Requests without the property are refused.")
    assert main(["diff", "--list-rules", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [each["id"] for each in rows] == [rule.id for rule in RULES]
    assert all(each["meaning"] and each["level"] and each["area"] for each in rows)


def test_a_configuration_speaks_of_methods_as_its_own_description_names_them(tmp_path, capsys):
    """A newer twin takes no name from what was released, although its configuration calls it by that name."""

    def written(side, *paths):
        folder = tmp_path / side
        folder.mkdir()
        operation = {"operationId": "list", "tags": ["things"], "responses": {"204": {"description": "Done."}}}
        document = {
            "openapi": "3.0.3",
            "info": {"title": "Things", "version": "1"},
            "paths": {path: {"get": operation} for path in paths},
        }
        (folder / "api.json").write_text(json.dumps(document))
        return folder / "api.json"

    old, new = written("old", "/rest/things"), written("new", "/api/things", "/rest/things")
    fresh = read_api(new).api
    released = read_api(old).api
    kept = read_api(new, record=record_of(released, {})).api
    (only,) = {o.python_path for o in fresh.operations} - {o.python_path for o in kept.operations}
    (tmp_path / "new/api.toml").write_text(f'[operations."{only}"]\nsafety = "destructive"\n')
    status = main(["diff", str(old), str(new), "--json"])
    printed = capsys.readouterr()
    assert status == 0, printed.err
    rules = {row["rule"] for row in json.loads(printed.out)["findings"] if "operation" in row}
    assert rules == {"operation-added", "operation-safety-raised"}
