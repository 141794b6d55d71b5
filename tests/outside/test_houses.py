"""Servers as well-known houses make them: the correct ones give no finding, planted bugs are found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.outside.holding import held, told
from tests.outside.servers import files, hub, kube, pay
from tests.outside.servers.house import House

HOUSES: dict[str, tuple[type[House], dict[str, Any]]] = {
    "files": (files.Files, files.description()),
    "hub": (hub.Hub, hub.description()),
    "kube": (kube.Kube, kube.description()),
    "pay": (pay.Pay, pay.description()),
}
BUGS = {
    ("files", "repeats"): {"pages-whole"},
    ("hub", "page repeats"): {"pages-whole"},
    ("hub", "link ends early"): {"pages-whole"},
    ("hub", "no filter"): {"filter-kept"},
    ("hub", "always down"): {"order-kept"},
    ("hub", "another title"): {"created-shown"},
    ("hub", "forgets body"): {"change-kept"},
    ("hub", "not gone"): {"deleted-gone"},
    ("kube", "delete ignored"): {"deleted-gone"},
    ("pay", "limit ignored"): {"limit-kept"},
    ("pay", "no filter"): {"filter-kept"},
}


def hold(name: str, folder: Path, *options: str, bug: str = "") -> Any:
    house, described = HOUSES[name]
    words = ("--token-env", "TRIED_TOKEN", *options)
    return held(house(*filter(None, [bug])).app, described, folder, *words)


@pytest.mark.slow
@pytest.mark.parametrize("level", ["read", "destructive"])
@pytest.mark.parametrize("name", HOUSES)
def test_a_correct_one_gives_no_finding(name: str, level: str, tmp_path: Path) -> None:
    results = hold(name, tmp_path, "--level", level)

    assert told(results) == []
    assert results["exit"] == 0


@pytest.mark.slow
@pytest.mark.parametrize(("name", "bug"), BUGS)
def test_a_bug_is_found(name: str, bug: str, tmp_path: Path) -> None:
    results = hold(name, tmp_path, "--level", "write", bug=bug)

    assert {finding["check"] for finding in results["findings"]} == BUGS[name, bug], told(results)
