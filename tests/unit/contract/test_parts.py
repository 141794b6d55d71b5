"""Parts of a suite and one report of them; the clocks of a run; many builds side by side."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.main import main
from vcsdk.contract.folder import FolderInUseError, taken
from vcsdk.contract.history import history
from vcsdk.contract.load import load
from vcsdk.contract.merging import MergeError, merge
from vcsdk.copied.suite import limits
from vcsdk.copied.suite.limits import Limits
from vcsdk.copied.suite.results import Results
from vcsdk.copied.suite.shards import Shard, split

from .results import OPERATIONS, finding, row

NAMES = [f"thing{n}.get" for n in range(12)]
TESTS = [(name, ()) for n, name in enumerate(NAMES) for _ in range(n + 1)] + [("", ())]


@pytest.mark.parametrize("text", ["", "1", "0/4", "5/4", "1/0", "a/b", "1/4/2", "-1/4", "\u0661/\u0664", "1 / 4"])
def test_a_shard_is_one_of_its_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"K/N|K must be"):
        Shard.parse(text)


def test_every_operation_is_in_one_part_the_same_each_time() -> None:
    parts = split(TESTS, NAMES, 4)

    assert set(parts) == {"", *NAMES}
    assert parts == split(reversed(TESTS), NAMES, 4)
    sizes = Counter(parts[name] for name, _ in TESTS)
    assert set(sizes) == {1, 2, 3, 4}
    assert max(sizes.values()) - min(sizes.values()) <= 12


def test_who_calls_the_same_destructive_operation_stays_together() -> None:
    calling = [(NAMES[0], (NAMES[5],)), (NAMES[5], (NAMES[5],)), (NAMES[7], (NAMES[5], NAMES[9])), ("", (NAMES[9],))]

    parts = split([*TESTS, *calling], NAMES, 4)

    assert len({parts[name] for name in (NAMES[0], NAMES[5], NAMES[7], NAMES[9], "")}) == 1
    assert len(set(parts.values())) == 4


def test_more_parts_than_operations_leave_some_empty() -> None:
    assert set(split([("a", ())], ["a"], 3).values()) <= {1, 2, 3}


def shard(folder: Path, text: str, *rows: dict[str, Any], end: bool = True, **changes: Any) -> Path:
    folder.mkdir()
    options = {"shard": text, "level": "read"} | changes.pop("options", {})
    with (folder / "events.jsonl").open("w", encoding="utf-8") as events:
        made = Results({"url": "https://vc"}, OPERATIONS, options, started="2026-11-24T09:00:00+00:00", events=events)
        made.strict = changes.pop("strict", False)
        made.begin()
        made.learn({"build": "1"} | changes)
        made.narrow(["vcha.cluster.get"])
        made.total = len(rows)
        for one in rows:
            made.start(one["nodeid"])
            made.add(one)
        if end:
            made.end(2.0)
    return folder


def test_shards_make_one_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = shard(tmp_path / "1", "1/2", row("test_a"))
    second = shard(tmp_path / "2", "2/2", row("test_b", "failed", finding("vcha.cluster.mode.get")))

    status = main(["contract", "merge", str(second), str(first), "--report", str(tmp_path / "out")])

    assert status == 1, capsys.readouterr()
    results = load(tmp_path / "out")
    assert results["verdict"] == "broken"
    assert results["counts"] == {"passed": 1, "failed": 1, "known": 0, "skipped": 0}
    assert "shard" not in results["options"]
    assert [row["test"].rpartition("::")[2] for row in results["tests"]] == ["test_a", "test_b"]
    assert main(["contract", "report", str(tmp_path / "out")]) == 0
    assert load(tmp_path / "out") == results


def test_a_missing_shard_leaves_no_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = shard(tmp_path / "1", "1/3", row("test_a"))
    third = shard(tmp_path / "3", "3/3", row("test_c"), end=False)

    assert main(["contract", "merge", str(first), str(third), "--report", str(tmp_path / "out")]) == 3
    trouble = load(tmp_path / "out")["trouble"]
    assert "2/3 missing" in trouble
    assert "shard 3/3: the run died" in trouble
    assert not load(tmp_path / "out")["complete"]


def test_a_limit_that_did_not_hold_is_said(tmp_path: Path) -> None:
    declared = {**OPERATIONS, "fail.over": {**OPERATIONS["vcha.cluster.get"], "effect": "destructive"}}
    for number in (1, 2):
        folder = shard(tmp_path / str(number), f"{number}/2", row("test", exchanges=[("fail.over", 202, "")]))
        events = [json.loads(line) for line in (folder / "events.jsonl").read_text("utf-8").splitlines()]
        events[0]["operations"] = declared
        (folder / "events.jsonl").write_text("".join(json.dumps(e) + "\n" for e in events), encoding="utf-8")

    end = merge([tmp_path / "1", tmp_path / "2"])[-1]

    assert end["verdict"] == "inconclusive"
    assert "fail.over was accepted in several shards (1/2, 2/2)" in end["trouble"]


@pytest.mark.parametrize(
    ("text", "changes", "told"),
    [
        ("1/2", {}, "is shard 1/2, as"),
        ("2/3", {}, "is shard 2/3, and"),
        ("2/2", {"options": {"level": "write"}}, "another --level"),
        ("2/2", {"options": {"seed": 7}}, "another --seed"),
        ("2/2", {"strict": True}, "other strict"),
        ("2/2", {"build": "2"}, "tested build 2"),
        ("", {}, "without --shard"),
    ],
)
def test_what_does_not_belong_together_is_refused(
    text: str, changes: dict[str, Any], told: str, tmp_path: Path
) -> None:
    first, second = shard(tmp_path / "1", "1/2", row("test_a")), shard(tmp_path / "2", text, row("test_b"), **changes)

    with pytest.raises(MergeError, match=told):
        merge([first, second])


@pytest.mark.parametrize("name", ["password_env", "powerless_password_env", "client_secret_env", "token_env"])
def test_each_shard_may_have_its_secrets_elsewhere(name: str, tmp_path: Path) -> None:
    folders = [
        shard(tmp_path / number, f"{number}/2", row(f"test_{number}"), options={name: f"VARIABLE_{number}"})
        for number in "12"
    ]

    assert merge(folders)[-1]["event"] == "end"


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "events.jsonl").write_text("no events\n{}\n", encoding="utf-8")

    words = ["contract", "merge", str(tmp_path / "gone"), str(tmp_path / "bad"), "--report", str(tmp_path / "out")]

    assert main(words) == 2
    told = capsys.readouterr().err
    assert told.count("[contract-merge]") == 2
    assert "Traceback" not in told
    assert not (tmp_path / "out").exists()


def test_the_second_run_into_a_folder_is_refused(tmp_path: Path) -> None:
    with taken(tmp_path / "report"):
        with pytest.raises(FolderInUseError, match="another run"), taken(tmp_path / "report"):
            pass
        with taken(tmp_path / "other"):
            pass
    with taken(tmp_path / "report") as folder:
        (folder / "x").touch()
    assert [path.name for path in (tmp_path / "report").iterdir()] == ["x"]


def test_every_process_counts_from_the_same_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(limits.time, "time", lambda: now[0])
    first = Limits(tmp_path, 10.0)
    now[0] += 6
    second = Limits(tmp_path, 10.0)

    assert second.left() == first.left() == 4.0
    assert (second.objection(), second.stopped) == ("", [])
    now[0] += 4
    assert "--max-seconds 10" in second.objection()
    assert first.stopped == [second.objection()]


def test_the_time_of_an_operation_is_that_of_its_tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: now[0])
    clock = Limits(tmp_path, None, 5.0)
    for name, seconds in (("a", 3.0), ("b", 4.0), ("a", 1.0)):
        with clock.counting(name):
            now[0] += seconds
            assert clock.objection() == ""
    with clock.counting("a"):
        assert clock.left() == 1.0
        now[0] += 1.0
        assert "--operation-seconds 5" in clock.objection()
    with clock.counting("b"):
        assert clock.left() == 1.0
    assert clock.left() == float("inf")


def run(build: str, day: int, *rows: dict[str, Any]) -> dict[str, Any]:
    made = Results({"url": "https://vc", "build": build}, OPERATIONS, started=f"2026-11-{day:02}T09:00:00+00:00")
    for one in rows:
        made.add(one)
    made.end(1.0)
    return made.as_dict()


def test_the_history_says_what_broke_when() -> None:
    a, b, c = finding(path="$.a"), finding(path="$.b"), finding(path="$.c")
    builds = [
        run("3", 3, row("a", "failed", a), row("b"), row("c", "failed", c)),
        run("1", 1, row("a"), row("b", "failed", b), row("c", "failed", c)),
        run("2", 2, row("a"), row("b", "failed", b), row("c", "known", c)),
        run("4", 4, row("a", "failed", a), row("b"), row("c", "skipped")),
    ]

    made = history(builds)

    assert [build.name for build in made.builds] == ["Build 1", "Build 2", "Build 3", "Build 4"]
    told = {row.finding["path"]: (row.state, row.cells) for row in made.rows}
    assert told == {
        "$.a": ("broken", ("holds", "holds", "broken", "broken")),
        "$.b": ("fixed", ("broken", "broken", "holds", "holds")),
        "$.c": ("not seen again", ("broken", "known", "broken", "not tested")),
    }
    assert not made.regressed
    assert not made.is_clean
    assert history(builds[:3]).regressed


def test_the_worst_row_of_a_state_stands_first() -> None:
    a, b = finding(path="$.a"), finding("vcha.cluster.mode.get", path="$.b", severity="security")

    made = history([run("1", 1, row("a"), row("b")), run("2", 2, row("a", "failed", a), row("b", "failed", b))])

    assert [row.finding["severity"] for row in made.rows] == ["security", "content"]


@pytest.mark.parametrize("format", ["text", "json", "html"])
def test_the_history_is_shown(format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: A002
    bad = finding(message="<b>\x1b[31m& says it")
    for number, made in enumerate((run("1", 1, row("a")), run("2", 2, row("a", "failed", bad)))):
        (tmp_path / f"{number}.json").write_text(json.dumps(made), encoding="utf-8")

    status = main(["contract", "history", str(tmp_path / "0.json"), str(tmp_path / "1.json"), "--format", format])

    shown = capsys.readouterr().out
    assert status == 1
    assert bad["fingerprint"] in shown
    if format == "json":
        assert json.loads(shown)["findings"][0]["cells"] == ["holds", "broken"]
    else:
        assert "\x1b" not in shown
        assert "2 builds: 1 finding in the last one, 1 of them new; 0 fixed." in shown
    assert format != "html" or "<b>" not in shown.partition("<main")[2]


def test_a_history_of_what_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contract", "history", str(tmp_path / "gone"), str(tmp_path / "too")]) == 2
    assert capsys.readouterr().err.count("[contract-results]") == 2
    assert main(["contract", "history"]) == 2


def test_of_many_more_parts_than_operations_the_rest_is_empty() -> None:
    parts = split(TESTS, NAMES, 999_999_999)

    assert parts == split(TESTS, NAMES, len(NAMES) + 1)


@pytest.mark.parametrize("text", ["1/1000000000", f"1/{'9' * 5000}", f"{'9' * 20}/{'9' * 20}"])
def test_a_number_of_parts_that_nobody_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected K/N"):
        Shard.parse(text)
