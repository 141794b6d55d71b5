"""Faults that vCenter has no room for: each is found in a description that has, by a check that names it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from vcsdk.copied.suite.catalogue import CHECKS
from vcsdk.simulator import Simulator, SimulatorOptions, known_faults

from tests.suites import Suite, suite_of

PLAIN = Path(__file__).parent / "plain"
SECRET = "a-p4ssw0rd-and-a-key"
GUARDED, SHOP, LIBRARY, CACHED = "guarded", "shop", "library", "cached"
PREFERENCES, ORDERS = "preferences", "orders"
# The description beside this file, and the tests of its suite (pytest's -k) that find the fault.
FOUND_IN: dict[str, tuple[str, str]] = {
    "accept-ignored": (CACHED, "acceptable"),
    "change-empties-the-rest": (SHOP, "change_is_kept"),
    "change-ignored": (SHOP, "change_is_kept"),
    "change-touches-all": (SHOP, "change_is_kept"),
    "condition-always-true": (CACHED, "sent_again"),
    "condition-ignored": (CACHED, "sent_again"),
    "create-drops-a-property": (SHOP, "made_is_shown"),
    "create-forgotten": (SHOP, "made_is_shown"),
    "create-twice": (SHOP, "listed_once"),
    "delete-again-fails": (SHOP, "deleted_is_gone"),
    "delete-carried-out-twice": (SHOP, "deleted_is_gone"),
    "delete-ignored": (SHOP, "deleted_is_gone"),
    "delete-takes-all": (SHOP, "deleted_is_gone"),
    "filter-ignored": (LIBRARY, "filter"),
    "filter-loses": (LIBRARY, "filter"),
    "head-differs": (CACHED, "head_is"),
    "header-malformed": (SHOP, "test_items and as_documented"),
    "header-not-listed": (SHOP, "test_items and as_documented"),
    "json-charset-latin-1": (SHOP, "test_items and as_documented"),
    "json-in-utf-16": (SHOP, "test_items and as_documented"),
    "json-with-mark": (SHOP, "test_items and as_documented"),
    "key-anywhere": (GUARDED, "without_valid_credentials"),
    "key-missing-fails": (ORDERS, "without_valid_credentials"),
    "key-unchecked": (GUARDED, "without_valid_credentials"),
    "limit-ignored": (LIBRARY, "limit_is_kept"),
    "list-stale": (SHOP, "listed_once"),
    "listed-not-found": (SHOP, "lists_show_is_found"),
    "listed-shows-another": (SHOP, "lists_show_is_found"),
    "location-wrong": (SHOP, "location"),
    "one-key-enough": (GUARDED, "without_valid_credentials"),
    "match-ignored": (CACHED, "refused and lifecycles"),
    "match-refused": (CACHED, "refused and lifecycles"),
    "match-too-late": (CACHED, "refused and lifecycles"),
    "options-allow-short": (CACHED, "as_documented"),
    "order-ignored": (LIBRARY, "order_orders"),
    "order-one-way": (LIBRARY, "order_orders"),
    "link-missing": (LIBRARY, "pages_are"),
    "page-loses": (LIBRARY, "pages_are"),
    "page-repeats": (LIBRARY, "pages_are"),
    "read-shows-another": (SHOP, "made_is_shown"),
    "read-stale": (SHOP, "change_is_kept"),
    "reading-unguarded": (GUARDED, "without_valid_credentials"),
    "redirect-leaves": (SHOP, "test_items and as_documented"),
    "scheme-word-ignored": (GUARDED, "without_valid_credentials"),
    "setting-ignored": (PREFERENCES, "set_is_shown"),
    "tag-stays": (CACHED, "another_tag"),
}
KNOWN = {info.id: info for info in known_faults()}
OPTIONS = ("--username", SimulatorOptions(password=SECRET).username, "--password-env", "PLAIN_SECRET")
KEYS = ("--token-env", "PLAIN_SECRET")


@pytest.fixture(scope="module", params=sorted({name for name, _ in FOUND_IN.values()}))
def suite(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with suite_of(PLAIN / f"{request.param}.yaml", tmp_path_factory.mktemp(request.param)) as made:
        yield made


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLAIN_SECRET", SECRET)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def options_of(suite: Suite) -> tuple[str, ...]:
    return (*OPTIONS, *(KEYS if suite.described.api.security_schemes else ()), "--level", "write")


def faults_of(suite: Suite) -> dict[str, str]:
    name = suite.module.removesuffix("_contract")
    return {fault: tests for fault, (home, tests) in FOUND_IN.items() if home == name}


def test_a_planted_fault_is_found_by_its_check(suite: Suite, tmp_path: Path, subtests: pytest.Subtests) -> None:
    for fault, tests in faults_of(suite).items():
        with subtests.test(fault=fault):
            planted = SimulatorOptions(password=SECRET, faults=(fault,), **KNOWN[fault].needs)
            with Simulator(suite.described, planted).running() as url:
                ran = suite.run(url, *options_of(suite), "-k", tests, scratch=tmp_path)
            proving = {check.id for check in CHECKS.values() if fault in check.proven_by}
            assert ran.results["verdict"] == "broken", ran.printed
            assert ran.checks & proving, ran.findings


def test_without_a_fault_nothing_is_found(suite: Suite, tmp_path: Path) -> None:
    with Simulator(suite.described, SimulatorOptions(password=SECRET)).running() as url:
        ran = suite.run(url, *options_of(suite), scratch=tmp_path)

    assert ran.findings == [], ran.printed
    assert ran.results["verdict"] == "holds", ran.printed


def test_a_fault_is_only_tried_where_it_can_show(suite: Suite) -> None:
    assert all(KNOWN[fault].shows(suite.described.api) for fault in faults_of(suite))
