"""`--all`: from the shell, too, a list is gone through to its end, whatever leads on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import Reply, operation
from tests.wire.generated.listed import ALL, INTEGER, KINDS, asked, listing
from tests.wire.generated.shell import shell

Capsys = pytest.CaptureFixture[str]
TABLE = "ID\n" + "".join(f"{item['id']}\n" for item in ALL)


@pytest.mark.parametrize("kind", KINDS)
def test_all_items_as_a_table_and_as_json(kind: str, generate: Generates, capsys: Capsys) -> None:
    document, handler = KINDS[kind]
    with shell(generate(**document), capsys, handler) as run:
        one = run("things", "call", "--json")
        first = json.loads(one.out)
        assert len(first if isinstance(first, list) else first["items"]) < len(ALL)
        requests = len(run.server.seen)
        ran = run("things", "call", "--all")
        assert (ran.code, ran.out.replace("NAME", "").replace(" ", "").replace("null", "")) == (0, TABLE)
        assert len(run.server.seen) > requests + 1
        ran = run("--all", "things", "call", "--json")
        assert [json.loads(line)["id"] for line in ran.out.splitlines()] == [item["id"] for item in ALL]


def test_a_property_of_the_methods_name(generate: Generates, capsys: Capsys) -> None:
    document = listing([asked("page", "integer", default=1), asked("size", "integer")], {"pages": INTEGER})
    answers = iter([{"items": items, "pages": 2} for items in ([{"id": 1}], [{"id": 2}], [])])
    with shell(generate(**document), capsys, lambda _: Reply(200, next(answers))) as run:
        ran = run("things", "call", "--all", "--json")
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == [1, 2]


def test_an_error_on_the_way_is_told_behind_what_came(generate: Generates, capsys: Capsys) -> None:
    document, handler = KINDS["offset"]
    seen: list[Any] = []

    def failing(request: Any) -> Reply:
        seen.append(request)
        return handler(request) if len(seen) < 2 else Reply(403, {"message": "enough"})

    with shell(generate(**document), capsys, failing) as run:
        ran = run("things", "call", "--all", "--json", "--limit", "2")
    assert (ran.code, len(ran.out.splitlines())) == (1, 2)
    assert "ForbiddenError" in ran.err


def test_what_has_no_pages(generate: Generates, capsys: Capsys) -> None:
    with shell(generate(**operation()), capsys) as run:
        ran = run("x", "call", "--all")
        assert (ran.code, ran.err) == (2, "error: --all: what this answers has no pages\n")
        assert "--all" not in run("x", "call", "--help").out
        assert run.server.seen == []
    document, handler = KINDS["cursor"]
    with shell(generate(**document), capsys, handler) as run:
        assert "--all" in run("things", "call", "--help").out
        ran = run("things", "call", "--all", "--output", "-")
        assert (ran.code, ran.err, run.server.seen) == (2, "error: --all, --output: give one of them\n", [])
