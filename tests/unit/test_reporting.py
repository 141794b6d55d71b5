from __future__ import annotations

import io
import json

import pytest
from vcsdk.diagnostics import Diagnostic, Diagnostics, Level, Location
from vcsdk.reporting import render_github, render_json, render_text, verdict, wants_colour


def found(*entries: Diagnostic) -> Diagnostics:
    diagnostics = Diagnostics()
    for entry in entries:
        diagnostics.add(entry)
    return diagnostics


DANGLING = Diagnostic(
    Level.ERROR,
    "dangling-ref",
    "`#/components/schemas/Std_Error` does not exist",
    Location("spec/vcha.yaml", 118, 13),
    "did you mean `Std_Errors_Error`?",
    '      $ref: "#/components/schemas/Std_Error"',
)
SAME = Diagnostic(Level.ERROR, "same-request", "the same request", Location("spec/vcha.yaml", 64, 3))


def test_text_shows_place_line_caret_and_hint_in_reading_order() -> None:
    assert render_text(found(DANGLING, SAME)) == (
        "spec/vcha.yaml:64:3: error: the same request [same-request]\n"
        "spec/vcha.yaml:118:13: error: `#/components/schemas/Std_Error` does not exist [dangling-ref]\n"
        '  118 |       $ref: "#/components/schemas/Std_Error"\n'
        "      |             ^ did you mean `Std_Errors_Error`?\n"
    )


def test_a_hint_without_a_line_stands_alone() -> None:
    entry = Diagnostic(Level.WARNING, "r", "m", Location("a"), "h")
    assert render_text(found(entry)) == "a:1:1: warning: m [r]\n  hint: h\n"


def test_nothing_found_is_no_text() -> None:
    assert render_text(found()) == verdict(found()) == render_github(found()) == ""
    assert json.loads(render_json(found())) == []


def test_the_verdict_counts_by_level() -> None:
    note = Diagnostic(Level.NOTE, "r", "m", Location("a"))
    assert verdict(found(DANGLING, SAME, note)) == "2 errors, 1 note"
    assert verdict(found(SAME)) == "1 error"


@pytest.mark.parametrize("column", [1, 60, 500, 990])
def test_of_a_long_line_the_part_around_the_column_is_shown(column: int) -> None:
    line = "".join(chr(ord("a") + i % 26) for i in range(1000))
    text = render_text(found(Diagnostic(Level.ERROR, "r", "m", Location("a", 7, column), None, line)))
    _, excerpt, caret = text.splitlines()
    assert len(excerpt) < 140
    assert excerpt[caret.index("^")] == line[column - 1]


def test_no_control_character_of_a_description_reaches_the_terminal() -> None:
    nasty = "\x1b[31m\r\n\t\x00\u202eevil"
    entry = Diagnostic(Level.ERROR, "r", nasty, Location(f"{nasty}.yaml", 1, 9), nasty, nasty + "x")
    for text in (render_text(found(entry)), render_github(found(entry))):
        assert not {"\x1b", "\r", "\x00", "\t", "\u202e"} & set(text)
    assert render_github(found(entry)).count("\n") == 1
    assert len(render_text(found(entry)).splitlines()) == 3


def test_colour_adds_escapes_and_nothing_else() -> None:
    import re

    coloured = render_text(found(DANGLING), colour=True)
    assert "\x1b[1;31m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render_text(found(DANGLING))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colour_is_for_terminals_that_want_it() -> None:
    assert wants_colour(Terminal(), {})
    assert wants_colour(Terminal(), {"NO_COLOR": ""})
    assert not wants_colour(Terminal(), {"NO_COLOR": "1"})
    assert not wants_colour(Terminal(), {"TERM": "dumb"})
    assert not wants_colour(io.StringIO(), {})


def test_github_commands_escape_their_parts() -> None:
    entry = Diagnostic(Level.NOTE, "r", "50% of\nit, see: x", Location("a:b,c.yaml", 2, 3), "h")
    assert render_github(found(entry)) == (
        "::notice file=a%3Ab%2Cc.yaml,line=2,col=3,title=r::50%25 of%0Ait, see: x (h)\n"
    )


def test_json_is_what_reports_carry() -> None:
    assert json.loads(render_json(found(DANGLING))) == [DANGLING.as_dict()]
