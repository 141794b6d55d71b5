"""What a user writes against the package of `input.yaml`; type checkers must agree with every line, and no more."""

from datetime import timedelta
from typing import Any, assert_type

from composed import Composed, models
from msgspec import UNSET, UnsetType


def calls(client: Composed, place: models.Place) -> None:
    client.x.change(body=models.Thing(id="i"))
    client.x.change(body={"id": "i", "place": None})
    client.x.make(body=None)
    client.x.make()
    client.x.put(body=None)
    client.x.get(term="P1M", amount=0.07, key=b"k")
    client.x.get(term=timedelta(days=1))
    client.x.get(term=3)  # type: ignore[arg-type]
    gate = client.x.change(body=models.Thing(id="i"))
    assert_type(gate.number, int) if not isinstance(gate, models.Gate3) else assert_type(gate.side, str)
    if isinstance(gate, models.Upper):
        assert_type(gate.spill, bool | None)
    if isinstance(gate, models.GateLower):
        assert_type(gate.drain, bool | None)


def values(thing: models.Thing) -> None:
    assert_type(thing.any, Any | UnsetType)
    assert_type(thing.nothing, None | UnsetType)
    assert_type(thing.term, timedelta | str | None)
    assert_type(thing.amount, float | None)
    assert_type(thing.key, bytes | None)
    assert_type(thing.level, int | str | bool | None)
    assert_type(thing.only, models.ThingOnly | None)
    models.Thing(id="i", any=None, nothing=UNSET, level=True, term="P1Y", amount=1.5, key=b"k")
    models.Thing(id="i", amount="1")  # type: ignore[arg-type]
