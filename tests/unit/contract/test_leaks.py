"""Parts of secrets are masked like the whole, and what was written is searched for them."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from vcsdk.copied.suite import leaks, private
from vcsdk.copied.suite.answers import Answer
from vcsdk.copied.suite.archive import Archive
from vcsdk.copied.suite.masking import MASK, Secrets, masked
from vcsdk.copied.suite.replay import replay
from vcsdk.copied.suite.results import Results

from .results import OPERATIONS, finding, results, row

SECRET = "Tr0ub4dor&3/horse+'\"staple é"
FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "json": json.dumps,
    "json, every character": lambda s: "".join(f"\\u{ord(c):04X}" for c in s),
    "json, slashes": lambda s: json.dumps(s).replace("/", "\\/"),
    "percent": lambda s: quote(s, safe=""),
    "percent, every byte": lambda s: "".join(f"%{b:02x}" for b in s.encode()),
    "hex": lambda s: s.encode().hex(),
    "hex, upper case": lambda s: s.encode().hex().upper(),
    **{
        f"base64 behind {n} ({name})": lambda s, n=n, f=f: f(b"x" * n + s.encode() + b"z" * 3).decode()  # type: ignore[misc]
        for n in range(3)
        for name, f in (("standard", base64.b64encode), ("for URLs", base64.urlsafe_b64encode))
    },
}


@pytest.fixture(params=["one", "many"])
def secrets(request: pytest.FixtureRequest) -> Secrets:
    made = Secrets()
    for number in range(200 if request.param == "many" else 0):
        made.add(f"{number:032x}")
    made.add(SECRET)
    return made


@pytest.mark.parametrize("form", FORMS)
def test_no_spelling_is_left(form: str, secrets: Secrets) -> None:
    text = f'{{"a": "{FORMS[form](SECRET)}"}}'

    masked = secrets.mask(text)

    assert secrets.left_in(text)
    assert MASK in masked
    assert not secrets.left_in(masked)


@pytest.mark.slow
@pytest.mark.parametrize("at", range(len(SECRET) - 7))
@pytest.mark.parametrize("form", FORMS)
def test_no_part_of_eight_characters_is_left(form: str, at: int, secrets: Secrets) -> None:
    # Of base64 and of multiples only what is sure to stand for the part is there.
    spelled = FORMS[form](SECRET[at : at + 8])
    if form.startswith("base64"):
        start = -(-int(form.split()[2]) * 8 // 6)
        spelled = spelled[start : start + len(SECRET[at : at + 8].encode()) * 8 // 6 - 1]
        if len(spelled) < 11:
            spelled = FORMS[form](SECRET[at : at + 10])[start : start + 11]
    if len(SECRET[at : at + 10]) < 10 and form.startswith("base64"):
        pytest.skip("ends before that")

    assert MASK in secrets.mask(f"before {spelled} behind"), spelled
    assert secrets.left_in(f"before {spelled} behind")


def test_what_is_cut_is_found_where_it_was_cut(secrets: Secrets) -> None:
    assert secrets.mask(f"{SECRET[:9]}… (900 characters)") == f"{MASK}… (900 characters)"
    assert secrets.mask(f"…{SECRET[-11:]} and {SECRET[3:14]}.") == f"…{MASK} and {MASK}."
    assert secrets.mask(f"seven: {SECRET[:7]}") == f"seven: {SECRET[:7]}"


def test_a_part_that_everybody_may_read_is_no_secret() -> None:
    secrets = Secrets(lambda: ("the account administrator@vsphere.local", "test_contract_suite.py"))
    secrets.add("administrator-17")
    secrets.add("contract")

    assert secrets.mask("administrator may") == "administrator may"
    assert secrets.mask("administrator-17 may") == f"{MASK} may"
    assert secrets.mask("administrator-1…") == f"{MASK}…"
    assert secrets.mask("the contract") == f"the {MASK}"
    assert not secrets.left_in("administrator may; the contract")
    assert secrets.left_in("administrator-1")


@pytest.mark.parametrize(
    ("secret", "text", "left"),
    [
        ("hunter2", 'x: "hunter2"', True),
        ("hunter2", "xhunter2x", False),
        ("2026", "at 2026-11-27", False),
        ("a1b2", "fa1b2c", False),
    ],
)
def test_a_short_secret_counts_as_a_word(secret: str, text: str, left: bool) -> None:
    secrets = Secrets()
    secrets.add(secret)

    assert secrets.left_in(text) == left
    assert secrets.mask(f"{secret} stands") == f"{MASK} stands"


def test_a_text_is_masked_before_it_is_cut(secrets: Secrets) -> None:
    # Seven characters of it would be left, which nobody could find any more.
    answer = Answer("GET", "/x", 200, {}, b"y" * 593 + SECRET.encode() + b"z" * 99, mask=secrets.mask)

    assert SECRET[:5] not in str(answer)


def test_whatever_enters_the_record_is_masked(secrets: Secrets, tmp_path: Path) -> None:
    found = finding(message=f"says {SECRET}", path=f"$.{SECRET}", observed=SECRET[2:12], curl=SECRET)
    found["response"]["headers"] = [[SECRET, SECRET]]
    made = results(row("test_a", "failed", found), row("test_b", "skipped", message=SECRET), mask=secrets.mask)
    made.learn({"version": f"8 {SECRET}", "build": SECRET[:10]})
    made.trouble = f"no answer: {SECRET}"
    with private.opened_for_text(tmp_path / "events.jsonl") as events:
        again = Results({"url": "https://vc"}, OPERATIONS, mask=secrets.mask, events=events)
        again.begin()
        again.learn({"version": SECRET})
        again.add(row("test_a", "failed", found))
        again.end(1.0)
    private.write(tmp_path / "results.json", json.dumps(made.as_dict()))
    har = Archive(tmp_path / "run.har", "x", secrets.mask)
    har.add([{"request": {"headers": [{"name": SECRET, "value": SECRET}]}, "comment": SECRET}])
    har.close()

    written = [tmp_path / name for name in ("events.jsonl", "results.json", "run.har")]
    assert leaks.find(written, secrets) == []
    assert all(MASK in path.read_text(encoding="utf-8") for path in written)
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}
    assert replay((tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()).target["version"] == MASK


def test_what_was_written_before_a_secret_was_known_is_masked_at_the_end(tmp_path: Path) -> None:
    late, paths = Secrets(), [tmp_path / name for name in ("events.jsonl", "run.har")]
    with private.opened_for_text(paths[0]) as events:
        made = Results({"url": "https://vc"}, OPERATIONS, mask=late.mask, events=events)
        made.begin()
        made.learn({"version": f"8 {SECRET}"})
        made.add(row("test_a", "failed", finding(message=f"says {SECRET}", curl=FORMS["hex"](SECRET))))
        made.add(row("test_b", "skipped", message=FORMS["json, slashes"](SECRET)))
        made.left = [f"/items/{SECRET}"]
        late.add(SECRET)
        made.end(1.0)
    har = Archive(paths[1], "x")
    har.add({"comment": text} for text in (SECRET, "kept", SECRET[:9]))
    har.close()
    assert leaks.find(paths, late) == paths
    before = replay(paths[0].read_text(encoding="utf-8").splitlines()).as_dict()

    leaks.mask_again(*paths, late)

    assert leaks.find(paths, late) == []
    again = replay(paths[0].read_text(encoding="utf-8").splitlines()).as_dict()
    assert not late.left_in(json.dumps(again))
    assert not late.left_in(json.dumps(made.as_dict()))
    # Nothing else has changed; of the operations the reasons are keys.
    assert {**masked(before, late.mask), "operations": {}} == {**again, "operations": {}}
    assert [entry["comment"] for entry in json.loads(paths[1].read_bytes())["log"]["entries"]] == [MASK, "kept", MASK]
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in paths}


@pytest.mark.parametrize("text", [f"{{}}\n{SECRET}\n", f'{{"event": "start", "test": "{SECRET}"}}\n', SECRET])
def test_what_cannot_be_masked_again_is_found(text: str, secrets: Secrets, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("events.jsonl", "run.har")]
    for path in paths:
        private.write(path, text)

    leaks.mask_again(*paths, secrets)

    assert leaks.find(paths, secrets) == paths
    assert {path.read_text(encoding="utf-8") for path in paths} == {text}
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in paths}


def test_a_file_is_searched_across_its_blocks(
    secrets: Secrets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaks, "_BLOCK", 1024)
    for filling in (1000, 1016, 1020, 2040):
        (tmp_path / "a").write_text("x" * filling + SECRET, encoding="utf-8")
        (tmp_path / "b").write_text("x" * filling, encoding="utf-8")

        assert leaks.find([tmp_path / "a", tmp_path / "b", tmp_path / "gone"], secrets) == [tmp_path / "a"]


def test_a_file_is_its_owners_whatever_was_there(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("kept", encoding="utf-8")
    (tmp_path / "a").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "b").write_text("old", encoding="utf-8")
    (tmp_path / "b").chmod(0o666)
    for name in ("a", "b"):
        private.write(tmp_path / name, "new")

    assert (tmp_path / "elsewhere").read_text(encoding="utf-8") == "kept"
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("a", "b")] == [0o600, 0o600]


TESTS = ["test_tickets.py::TestAcquire::test_answers[no body]", "test_tickets.py::TestAcquire::test_twice"]


@pytest.mark.parametrize(
    ("secret", "written"),
    [
        ("3a-tickets-9", "operation-tickets.acquire"),
        ("3a/tickets/9", "POST /tickets/x"),
        ("not tickets.", "the tickets."),
        ("a py::TestAcquire z", TESTS[0]),
        ("body] and", "test_answers[no body] failed"),
    ],
)
def test_what_a_run_makes_of_names_is_no_secret(secret: str, written: str) -> None:
    secrets = Secrets(lambda: ("tickets", "acquire", "test_answers"))
    secrets.add(secret)
    secrets.also_public(TESTS)

    assert not secrets.left_in(written)
    assert secrets.mask(written) == written


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        ("3a-tickets-9", "it is 3a-tickets-9"),
        ("3a-tickets-9", "it is 3a-tickets"),
        ("3a-tickets-9", "it ends in -tickets-9"),
        ("=?-tickets", "it ends in ?-tickets"),
        ("acquire-tickets", "acquire-tickets"),
        ("my acquire-tickets", "it ends in acquire-tickets"),
        ("tickets", "the secret is tickets"),
        ("--------a", "it starts with --------"),
    ],
)
def test_what_holds_more_than_a_name_stays_one(secret: str, said: str) -> None:
    secrets = Secrets(lambda: ("tickets", "acquire"))
    secrets.add(secret)
    secrets.also_public(TESTS)

    assert MASK in secrets.mask(said)
    assert secrets.left_in(said) == (secret != "tickets")
