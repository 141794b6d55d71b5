"""The file of known findings: what it may hold, and where a mistake is."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from vcsdk.copied.suite.known import KnownError, read

ENTRY = '[[known]]\nfingerprint = "0123456789ab"\nreason = "VCHA-1"\nowner = "me"\nexpires = 2027-01-31\n'


def test_an_entry_is_read(tmp_path: Path) -> None:
    path = tmp_path / "known.toml"
    path.write_text(ENTRY, encoding="utf-8")

    entry = read(path)["0123456789ab"]

    assert (entry.reason, entry.owner) == ("VCHA-1", "me")
    assert not entry.expired(datetime.date(2027, 1, 31))
    assert entry.expired(datetime.date(2027, 2, 1))


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (ENTRY + ENTRY, 6, "given twice"),
        (ENTRY.replace('reason = "VCHA-1"\n', ""), 1, "`reason` is missing"),
        ("\n\n" + ENTRY.replace('owner = "me"', 'owner = " "'), 3, "`owner` is missing"),
        (ENTRY.replace("2027-01-31", '"2027-01-31"'), 1, "without quotes"),
        (ENTRY.replace("2027-01-31", "2027-01-31T00:00:00"), 1, "must be a date"),
        (ENTRY.replace("0123456789ab", "xyz"), 1, "no fingerprint"),
        (ENTRY + 'why = "x"\n', 1, "`why` is no key"),
        ("[known]\na = 1\n", 1, "something else"),
        ("known = 1\n", 1, "something else"),
        ("known = [1]\n", 1, "a table"),
        ('[[known]]\nfingerprint = "\n', 2, "error: "),
    ],
)
def test_a_mistake_has_its_line(text: str, line: int, told: str, tmp_path: Path) -> None:
    path = tmp_path / "known.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(KnownError) as raised:
        read(path)

    assert str(raised.value).startswith(f"{path}:{line}:")
    assert told in str(raised.value)
    assert str(raised.value).endswith("[known-findings]")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="No such file"):
        read(tmp_path / "known.toml")
