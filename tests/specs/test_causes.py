"""Causes of real changes: few, true, and covering every row; the expected ones were read through by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from vcsdk.cli.main import main

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SPECS = SHARED / "specs/swagger2"
OLD, NEW = SPECS / "7.0.1/vcenter.json", SPECS / "7.0.2/vcenter.json"
EXPECTED = Path(__file__).parent / "expected/vcenter-7.0.1-7.0.2-causes.json"
HISTORIES = {
    "payments-1": [0, 1, 2],
    "payments-2": [0, 1, 2],
    "payments-3": [3, 2, 8],
    "telephony-1": [0, 0, 4],
    "telephony-2": [0, 1, 2],
}
vendor = pytest.mark.skipif(not NEW.is_file(), reason="the vendor's descriptions are not beside this checkout")


def printed(capsys, *arguments):
    main(["diff", *map(str, arguments), "--json"])
    return json.loads(capsys.readouterr().out)


def covers_every_row(report):
    under = [each for cause in report["causes"] for each in (*cause["findings"], *cause["following"])]
    return sorted(under) == sorted(row["fingerprint"] for row in report["findings"])


@pytest.fixture(scope="module")
def report():
    command = [sys.executable, "-m", "vcsdk", "diff", str(OLD), str(NEW), "--json"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@vendor
def test_the_causes_from_7_0_1_to_7_0_2_are_those_read_by_hand(report):
    found = [
        {
            **{key: cause[key] for key in ("level", "kind", "message", "rules")},
            "places": len(cause["places"]),
            "findings": len(cause["findings"]),
            "following": len(cause["following"]),
        }
        for cause in report["causes"]
        if cause["kind"] != "wording"
    ]
    assert found == json.loads(EXPECTED.read_text())
    # How many texts are compared is no matter here.
    (wording,) = [cause for cause in report["causes"] if cause["kind"] == "wording"]
    operations = [place for place in wording["places"] if "/" in place]
    told = f"{len(operations)} operations and {len(wording['places']) - len(operations)} schemas"
    assert wording["message"] == f"the documentation of {told} is worded differently"
    assert len(found) <= 25
    assert covers_every_row(report)


@vendor
def test_what_they_say_of_operations_is_what_the_two_files_say(report):
    before, after = (
        {
            (method.upper(), path): operation
            for path, item in json.loads(file.read_text())["paths"].items()
            for method, operation in item.items()
        }
        for file in (OLD, NEW)
    )
    both = before.keys() & after.keys()
    deprecated = {key for key in both if after[key].get("deprecated") and not before[key].get("deprecated")}
    paths = json.loads(NEW.read_text())["paths"]

    def is_there(pointer):
        path, method = (token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[-2:])
        return method in paths.get(path, {})

    newer = [key for key in deprecated if is_there(after[key]["x-vmw-deprecated"]["replacement"])]
    said = {cause["message"]: len(cause["places"]) for cause in report["causes"]}
    assert said[f"{len(after.keys() - before.keys())} operations are new"] == len(after.keys() - before.keys())
    sentence = f"each of {len(deprecated)} operations is deprecated now; for {len(newer)} of them"
    assert said[f"{sentence} the description names a newer one"] == len(deprecated)
    assert not before.keys() - after.keys()


def test_no_name_breaks_from_7_0_2_to_7_0_3_that_the_api_keeps(capsys):
    new = SHARED / "specs/vcenter-7.0.3/vcenter.json"
    if not new.is_file():
        pytest.skip("the vendor's descriptions are not beside this checkout")
    found = printed(capsys, NEW, new, "--no-config", "--partial")
    of = {row["fingerprint"]: row for row in found["findings"]}
    causes = [cause for cause in found["causes"] if cause["level"] == "breaking"]
    assert len(causes) == 9
    assert {of[each]["area"] for cause in causes for each in cause["findings"]} & {"surface"} == set()
    assert covers_every_row(found)


@pytest.mark.parametrize("name", HISTORIES)
def test_published_changes_have_few_causes(name, capsys):
    old, new = (SHARED / "histories" / name / f"{side}.json" for side in ("old", "new"))
    if not new.is_file():
        pytest.skip("the published histories are not beside this checkout")
    found = printed(capsys, old, new)
    assert list(found["counts_of_causes"].values()) == HISTORIES[name]
    assert covers_every_row(found)
