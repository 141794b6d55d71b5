"""The fuzzer finds nothing in 300 mutants, and does find a fault that is put there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from vcsdk.cli import lint

from tests.fuzz import judging
from tests.fuzz.running import mutant, run

_SEED = 20261127


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 300, 75))
def test_nothing_is_found(first: int) -> None:
    found = [(each.number, each.fault) for each in run(_SEED, 75, first=first, reduce=False)]
    assert found == []


def test_a_mutant_is_made_of_its_seed_and_number_alone() -> None:
    assert mutant(3, 5) == mutant(3, 5)
    assert len({mutant(3, number)[0] for number in range(20)}) > 15


def test_a_fault_is_found_and_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake that only a discriminator shows."""
    read = lint.read_api

    def wrong(path: Any, *arguments: Any, **options: Any) -> Any:
        if b'"discriminator"' in path.read_bytes():
            raise RuntimeError("planted")
        return read(path, *arguments, **options)

    monkeypatch.setattr(lint, "read_api", wrong)

    def only_lint(content: bytes, suffix: str, folder: Any, base: Any = None) -> Iterator[judging.Fault]:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"description.{suffix}"
        path.write_bytes(content)
        yield from judging._command("lint", [str(path), "--no-config"])

    monkeypatch.setattr(judging, "faults", only_lint)
    found = list(run(1, 12))
    assert [each.fault.command for each in found] == ["lint"]
    assert "RuntimeError" in found[0].fault.kind
    if found[0].suffix == "json":
        assert "discriminator" in json.dumps(json.loads(found[0].content))
        assert len(found[0].content) < 300
