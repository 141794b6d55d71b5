"""The contract suites of `cis.json` and of vCenter's seven files against VMware's vcsim: only true findings."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.outside import known
from tests.outside.vcsim import PASSWORD, USER, running

LONGEST = 120.0
"""Seconds that a run may take of a processor; one that many share says nothing of that."""
CHANGED = ("/cis/tagging/category", "/cis/tagging/tag", "/content/library")


@pytest.mark.parametrize("level", ["read", "write"])
@pytest.mark.parametrize("packages", ["cis_packages", "vcenter_set"])
def test_each_finding_is_true_of_vcsim_and_expected(
    packages: str, level: str, request: pytest.FixtureRequest, vcsim_program: Path, tmp_path: Path
) -> None:
    if packages == "vcenter_set" and not request.config.getoption("--full"):
        pytest.skip("the suite of vCenter's seven files takes minutes: make outside")
    (package,) = request.getfixturevalue(packages).glob("*-contract")
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime

    with running(vcsim_program, tmp_path) as vcsim:
        results = run(package, vcsim.url, level, tmp_path / "report")
        left = [vcsim.listed(path) for path in CHANGED]

    if os.getloadavg()[0] < 2 * (os.cpu_count() or 1):
        assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < LONGEST
    assert results["complete"], results["trouble"]
    if level == "read":
        # vcsim makes a category for whoever posts to the path of categories, whatever the query says.
        assert left == [[], [], []]
        reasons = {row["operation"]: row["reason"] for row in results["not_exercised"] if not row["answer"]}
        asked = [name for name in reasons if name.endswith("category.list_used_categories")]
        assert [reasons[name].partition(":")[2].strip() for name in asked] == [
            "not sent: the target may ignore the query and carry out "
            f"{asked[0].replace('list_used_categories', 'create')}; "
            "`?~action=no-such-action` with a wrong body was answered 400, as the right query with it was"
        ]
    expected = known.read(f"vcsim-{packages.partition('_')[0]}-{level}.toml")
    found = sorted({told(finding) for finding in results["findings"]})
    assert known.complaints(found, expected) == []
    # One reason a finding.
    assert [one for one in found if len([entry for entry in expected if entry.matches(one)]) > 1] == []


def run(package: Path, url: str, level: str, report: Path) -> dict[str, Any]:
    """The results of `vcsdk contract run`."""
    account = ["--username", USER, "--password-env", "VCSIM_PASSWORD"]
    words = ["contract", "run", "--url", url, "--level", level, "--package", str(package), "--report", str(report)]
    done = subprocess.run(
        [sys.executable, "-m", "vcsdk", *words, *account, "--recovery", "30"],
        env={**os.environ, "VCSIM_PASSWORD": PASSWORD, "XDG_CONFIG_HOME": str(report.parent)},
        capture_output=True,
        text=True,
        check=False,
        timeout=1800,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    results: dict[str, Any] = json.loads((report / "results.json").read_text(encoding="utf-8"))
    return results


def told(finding: dict[str, Any]) -> str:
    """What is wrong, where, in which answer; for a finding of no operation, with the kind of request."""
    status = finding["response"]["status"] if finding["response"] else "no answer"
    return " ".join(
        filter(None, (finding["check"], finding["operation"], finding["path"], finding["observed"], f"({status})"))
    )
