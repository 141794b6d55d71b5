"""How many operations of which published description have pages, by kind; the list was looked through by hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.pipeline import read_api

from tests.corpus.files import CORPUS, MISSING, names, tenth

EXPECTED = Path(__file__).parent / "pages.txt"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)


def found_in(name: str) -> str:
    """`cursor 3, unclear 1`, "" for none."""
    try:
        api = read_api(CORPUS / name, use_config=False, partial=True, diagnostics=Diagnostics()).api
    except InputError:
        return ""
    kinds = Counter(
        str(o.paging.kind) if o.paging is not None else "unclear" for o in api.operations if o.paging or o.unpaged
    )
    return ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))


def test_kinds_by_description() -> None:
    expected = dict(line.split(" | ") for line in EXPECTED.read_text().splitlines())
    every = [*expected, *(name for name in tenth(names()) if name not in expected)]
    found = {name: kinds for name in every if (kinds := found_in(name))}
    assert found == expected


def test_what_was_looked_through() -> None:
    kinds: Counter[str] = Counter()
    for line in EXPECTED.read_text().splitlines():
        kinds.update({kind: int(count) for kind, count in (each.split() for each in line.split(" | ")[1].split(", "))})
    assert kinds == {"cursor": 121, "link": 147, "next": 145, "page": 116, "offset": 22, "unclear": 30}
