"""Bodies with vAPI's maps: lists of pairs on the wire, and broken as lists."""

from __future__ import annotations

from vcsdk.diagnostics import Origin
from vcsdk.emitters.contract.cases import malformed, sample, wellformed
from vcsdk.ir import Body, Field, Kind, Map, Media, Ref, Scalar, Struct

HERE = Origin("a.json", "")
TEXT = Scalar(Kind.STRING)
PAIRS, OBJECT = Map(TEXT, keys=TEXT), Map(TEXT)
SPEC = Struct("#/s", "S", (Field("p", PAIRS, True, HERE), Field("o", OBJECT, True, HERE)), HERE)
BODY = Body(True, (Media("application/json", Ref("#/s"), HERE),), HERE)
SCHEMAS = {"#/s": SPEC}


def test_the_smallest_map_is_empty_in_its_own_form() -> None:
    assert sample(Ref("#/s"), SCHEMAS) == {"p": [], "o": {}}
    assert wellformed(BODY, SCHEMAS).whole == [{"p": [], "o": {}}]


def test_what_is_no_map_is_the_other_form() -> None:
    changed = malformed(BODY, SCHEMAS).changed
    assert {} in changed["p",]
    assert [] not in changed["p",]
    assert [] in changed["o",]
    assert {} not in changed["o",]
