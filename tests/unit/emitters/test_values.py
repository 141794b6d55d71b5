"""Values that are valid and that Python's or msgspec's types take otherwise; and those that cannot be sent."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from typing import Any

import msgspec
import pytest

from tests.unit.emitters.conftest import Generates, ref, schemas
from tests.unit.emitters.test_compositions import box, thing
from tests.unit.emitters.test_models import decode
from tests.wire.generated.calling import both, operation
from tests.wire.generated.test_bodies import content
from tests.wire.runtime.server import Reply

TEXT, FRACTION = {"type": "string"}, {"type": "number"}


def multiple(step: float, **more: Any) -> dict[str, Any]:
    return {"type": "number", "multipleOf": step, **more}


@pytest.mark.parametrize(
    ("step", "good", "bad"),
    [
        (0.01, [0.07, 19.99, 1.1, 100, 4.35, -0.03, 0, 123456789.12, 0.1 + 0.2], [0.005, 1.001, 123456789.125]),
        (0.1, [0.3, 0.7, 1e6, 0.1 + 0.2], [0.15, 0.05]),
        (0.05, [0.15, 2.35], [0.01]),
        (1e-6, [0.000003, 1.5], [1e-7]),
        (2.5, [2.5, 7.5, -5], [1.25, 3]),
        (5, [5, 15.0, 1e15], [2.5, 7]),
    ],
)
def test_multiples_are_those_of_decimals(step: float, good: list[float], bad: list[float], generate: Generates) -> None:
    several = {"type": "array", "items": multiple(step)}
    package = generate(**schemas(Box=thing(it=multiple(step), many=several, named=ref("Step")), Step=multiple(step)))
    for value in good:
        box(package, repr(value))
        decode(package, package.models.Box, json.dumps({"many": [value], "named": value}))
    for value in bad:
        for text in ({"it": value}, {"many": [value]}, {"named": value}):
            with pytest.raises(msgspec.ValidationError, match="multiple of"):
                decode(package, package.models.Box, json.dumps(text))


def test_a_step_beside_bounds_and_in_a_union(generate: Generates) -> None:
    either = {"oneOf": [multiple(0.01, minimum=0), TEXT]}
    package = generate(**schemas(Box=thing(it=multiple(0.01, minimum=1, nullable=True), either=either)))
    box(package, "1.07")
    box(package, "null")
    with pytest.raises(msgspec.ValidationError, match=">= 1"):
        decode(package, package.models.Box, '{"it":0.5}')
    assert decode(package, package.models.Box, '{"either":0.07}').either == 0.07
    assert decode(package, package.models.Box, '{"either":"x"}').either == "x"


def test_an_amount_is_checked_before_it_is_sent(generate: Generates) -> None:
    parameters = [{"name": "least", "in": "query", "schema": multiple(0.01)}]
    package = generate(**operation(parameters=parameters, body=content(application__json=thing(amount=multiple(0.01)))))
    seen, _ = both(package, lambda c: c.x.call(least=19.99, amount=0.07))
    assert [(request.target, request.body) for request in seen] == [("/x?least=19.99", b'{"amount":0.07}')] * 2
    for given in ({"least": 0.005}, {"amount": 0.005}):
        with pytest.raises(package.ArgumentError, match=r"multiple of 0\.01"):
            both(package, lambda c, g=given: c.x.call(**g))
    for number in (float("nan"), float("inf")):
        with pytest.raises(package.ArgumentError, match=r"^least: NaN and infinity"):
            both(package, lambda c, n=number: c.x.call(least=n))


class TestDurations:
    DURATION = {"type": "string", "format": "duration"}  # noqa: RUF012  a schema

    @pytest.mark.parametrize("text", ["P1M", "P2W", "P1Y2M3DT4H", "P1Y", "P3M", "P1YT1S"])
    def test_what_no_timedelta_holds_keeps_its_text(self, text: str, generate: Generates) -> None:
        package = generate(**schemas(Box=thing(it=self.DURATION)))
        assert box(package, f'"{text}"') == text

    @pytest.mark.parametrize(("text", "seconds"), [("PT5M", 300), ("P1D", 86400), ("PT1.5S", 1.5), ("P1DT1H", 90000)])
    def test_any_other_is_one(self, text: str, seconds: float, generate: Generates) -> None:
        package = generate(**schemas(Box=thing(it=self.DURATION)))
        found = decode(package, package.models.Box, f'{{"it":"{text}"}}').it
        assert found == dt.timedelta(seconds=seconds)

    @pytest.mark.parametrize("text", ["soon", "P", "PT", "1M", "P1S", "", "P٣M", "P1W2D", "P1M "])
    def test_all_else_is_refused(self, text: str, generate: Generates) -> None:
        package = generate(**schemas(Box=thing(it=self.DURATION)))
        with pytest.raises(msgspec.ValidationError):
            decode(package, package.models.Box, f'{{"it":"{text}"}}')

    def test_as_an_argument(self, generate: Generates) -> None:
        parameters = [{"name": "term", "in": "query", "schema": self.DURATION}]
        terms = {"type": "array", "items": self.DURATION}
        package = generate(**operation(parameters=parameters, body=content(application__json=thing(terms=terms))))
        seen, _ = both(package, lambda c: c.x.call(term="P1M", terms=["P1Y", dt.timedelta(seconds=60)]))
        assert seen[0].target == "/x?term=P1M"
        assert json.loads(seen[0].body) == {"terms": ["P1Y", "PT60S"]}
        seen, _ = both(package, lambda c: c.x.call(term=dt.timedelta(seconds=60)))
        assert seen[0].target == "/x?term=PT60S"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("YQ==", b"a"),
        ("YQ", b"a"),
        ("-_8=", b"\xfb\xff"),
        ("-_8", b"\xfb\xff"),
        ("+/8=", b"\xfb\xff"),
        ("", b""),
        ("YWE=", b"aa"),
        ("YWE", b"aa"),
    ],
)
def test_base64_of_both_alphabets(text: str, expected: bytes, generate: Generates) -> None:
    package = generate(**schemas(Box=thing(it={"type": "string", "format": "byte"})))
    found = decode(package, package.models.Box, f'{{"it":"{text}"}}')
    assert found.it == expected
    assert package.models.Box(it=expected) == found
    for bad in ('"Y"', '"Y*=="', '"YQ==YQ=="', '"Y Q"', '"YW\\nE="', '"=YQ"', "1", '"é"'):
        with pytest.raises(msgspec.ValidationError):
            decode(package, package.models.Box, f'{{"it":{bad}}}')


def test_whole_numbers_however_they_are_written(generate: Generates) -> None:
    counted = thing(["n"], n={"type": "integer"}, many={"type": "array", "items": {"type": "integer"}}, x=FRACTION)
    answers = {"200": {"description": "It.", "content": {"application/json": {"schema": ref("Counted")}}}}
    package = generate(**operation(method="get", answers=answers, Counted=counted))

    def says(body: bytes) -> Any:
        reply = Reply(200, body=body, headers={"Content-Type": "application/json"})
        return both(package, lambda c: c.x.call(), lambda _: reply)[1][0]

    for body in (b'{"n":1.0,"many":[1e2,-3.0],"x":2.0}', b'{"n":1,"many":[100,-3],"x":2}'):
        found = says(body)
        assert (found.n, found.many, found.x) == (1, [100, -3], 2)
        assert type(found.n) is int
    with pytest.raises(package.UnexpectedAnswer, match="n"):
        says(b'{"n":1.5}')
    with pytest.raises(package.UnexpectedAnswer, match="n"):
        says(b'{"n":"1","x":1.0}')


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize(
    ("where", "place"),
    [
        ({"cap": ...}, "cap"),
        ({"many": [1.0, ...]}, r"many\[1\]"),
        ({"map": {"a": ...}}, "map.a"),
        ({"anything": {"deep": [{"x": ...}]}}, r"anything.deep\[0\].x"),
        ({"anything": (1.0, {"x": (...,)})}, r"anything\[1\].x\[0\]"),
        ({"share": ...}, "share"),
        ({"path": ...}, "path"),
        ({"header": ...}, "header"),
        ({"listed": [...]}, "listed"),
    ],
    ids=str,
)
def test_what_is_no_number_is_not_sent(number: float, where: Any, place: str, generate: Generates) -> None:
    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: filled(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(map(filled, value))
        return number if value is ... else value

    body = thing(
        cap=FRACTION,
        many={"type": "array", "items": FRACTION},
        map={"type": "object", "additionalProperties": FRACTION},
        anything={},
    )
    parameters = [
        {"name": "share", "in": "query", "schema": FRACTION},
        {"name": "path", "in": "path", "required": True, "schema": FRACTION},
        {"name": "header", "in": "header", "schema": FRACTION},
        {"name": "listed", "in": "query", "schema": {"type": "array", "items": FRACTION}},
    ]
    package = generate(**operation("/x/{path}", parameters=parameters, body=content(application__json=body)))
    arguments = {"path": 1.0, **filled(where)}
    with pytest.raises(package.ArgumentError, match=f"^{place}"):
        both(package, lambda c: c.x.call(**arguments))


@pytest.mark.parametrize("kind", ["multipart__form_data", "application__x_www_form_urlencoded"])
def test_nor_in_forms_and_models(kind: str, generate: Generates) -> None:
    package = generate(**operation(body=content(**{kind: thing(cap=FRACTION, in_it=ref("In"))}), In=thing(x=FRACTION)))
    for given in ({"cap": float("nan")}, {"in_it": package.models.In(x=float("inf"))}):
        with pytest.raises(package.ArgumentError, match="NaN and infinity"):
            both(package, lambda c, g=given: c.x.call(**g))


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("further", [True, FRACTION])
def test_nor_among_further_properties(further: Any, kind: str, generate: Generates) -> None:
    known = {**thing(x=FRACTION), "additionalProperties": further}
    package = generate(**operation(body=content(**{kind: thing(in_it=ref("In"))}), In=known))
    known_model = package.models.In
    for given in (known_model(x=float("nan")), known_model(additional_properties={"y": float("-inf")})):
        with pytest.raises(package.ArgumentError, match=r"^in_it.*NaN and infinity"):
            both(package, lambda c, g=given: c.x.call(in_it=g))


MOMENT = {"type": "string", "format": "date-time"}
NAIVE = dt.datetime(2024, 6, 25, 8)


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"at": NAIVE}, "at"),
        ({"when": NAIVE}, "when"),
        ({"days": [NAIVE]}, r"days\[0\]"),
        ({"inside": {"at": NAIVE}}, "inside.at"),
        ({"at": "2024-06-25T08:00:00"}, "at"),
    ],
    ids=str,
)
def test_a_date_time_without_a_zone_is_refused(given: dict[str, Any], place: str, generate: Generates) -> None:
    body = thing(when=MOMENT, days={"type": "array", "items": MOMENT}, inside=ref("In"))
    at = {"name": "at", "in": "query", "schema": MOMENT}
    package = generate(**operation(parameters=[at], body=content(application__json=body), In=thing(at=MOMENT)))
    if "inside" in given:
        given = {"inside": package.models.In(at=NAIVE)}
    with pytest.raises(package.ArgumentError, match=f"^{place}: .*time zone"):
        both(package, lambda c: c.x.call(**given))
    seen, _ = both(package, lambda c: c.x.call(when=NAIVE.replace(tzinfo=dt.UTC)))
    assert json.loads(seen[0].body) == {"when": "2024-06-25T08:00:00Z"}


def test_a_leap_second_goes_back_as_it_came(generate: Generates) -> None:
    log = thing(at=MOMENT, note=TEXT, days={"type": "array", "items": MOMENT}, count={"type": "integer"})
    answers = {"200": {"description": "It.", "content": {"application/json": {"schema": ref("Log")}}}}
    package = generate(**operation(body=content(application__json=ref("Log")), answers=answers, Log=log))
    leap = "2016-12-31T23:59:60Z"
    sent = {"at": leap, "note": leap, "days": ["2016-12-31T15:59:60.5-08:00", "2017-01-01T00:00:00Z"], "count": 1}

    def reply(_: Any) -> Reply:
        return Reply(200, body=json.dumps(sent).encode(), headers={"Content-Type": "application/json"})

    _, given = both(package, lambda c: c.x.call(), reply)
    found = given[0]
    assert isinstance(found.at, dt.datetime)
    assert (found.at.second, found.at.tzinfo, found.note) == (59, dt.UTC, leap)
    seen, _ = both(package, lambda c: c.x.call(at=found.at, note=leap, days=found.days, count=1), reply)
    assert [json.loads(request.body) for request in seen] == [sent, sent]
    assert pickle.loads(pickle.dumps(found)) == found
