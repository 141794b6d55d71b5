"""Random texts through each format and a parser of it: what comes out is the text, and nothing but text."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from vcsdk.quoting import github, markdown, plain, python, terminal, toml, xml

PIECES = (
    *(
        "`",
        "``",
        "```",
        "|",
        "\\",
        "\\|",
        "<b>",
        "</script>",
        "<!--",
        "&amp;",
        "*a*",
        "__b__",
        "[x](y)",
        "![i](j)",
        "~~s~~",
    ),
    *("# ", "- ", "+ ", "1. ", "2) ", "> ", "    ", "===", "---", "\n", "\r", "\t", "\u2028", "\u2029", "\x85", "\x0c"),
    *("\u202e", "\u2066", "\u200b", "\ufeff", "\ud800", "\udfff", "\x00", "\x1b[31m", "\x7f", "$x$", "{{", "{%", "]]>"),
    *(
        "'",
        '"',
        '"""',
        "%0A",
        "%",
        "::error::",
        ",",
        ":",
        "a",
        " ",
        "é",
        "漢",
        "🎉",
        "http://e.x",
        "<http://e.x>",
        "_",
        "!",
    ),
)

pytestmark = pytest.mark.slow
texts = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(st.characters(exclude_categories=()), max_size=4)), max_size=12
).map("".join)
COMMON, TABLES = MarkdownIt("commonmark"), MarkdownIt("commonmark").enable(["table", "strikethrough"])
often = settings(max_examples=300, deadline=None)


def inline(source: str, *, parser: MarkdownIt = COMMON) -> list[Token]:
    """What a parser makes of a paragraph alone."""
    opening, content, closing = parser.parse(source)
    assert (opening.type, content.type, closing.type) == ("paragraph_open", "inline", "paragraph_close")
    return content.children or []


def said(tokens: list[Token]) -> str:
    assert {token.type for token in tokens} <= {"text", "text_special", "code_inline"}
    return "".join(token.content for token in tokens)


@often
@given(texts)
@example("- a")
@example("1. a")
@example("$a$ ===")
def test_prose_is_text_alone(text: str) -> None:
    shown = plain.one_line(text)
    if shown:
        tokens = inline(markdown.prose(text))
        assert said(tokens) == shown
        assert "code_inline" not in {token.type for token in tokens}
        assert said(inline(f"x {markdown.prose(text)} y")) == f"x {shown} y"


@often
@given(texts)
def test_code_is_one_span(text: str) -> None:
    (span,) = inline(markdown.code(text))
    assert (span.type, span.content) == ("code_inline", plain.one_line(text) or " ")


@often
@given(texts, texts)
@example("a``<b>x</b>``", "|")
def test_cells_stay_cells(first: str, second: str) -> None:
    row = [markdown.code_cell(first), markdown.prose(second) or "x", markdown.message(first, cell=True) or "x"]
    table = f"| a | b | c |\n| --- | --- | --- |\n| {' | '.join(row)} |"
    tokens = TABLES.parse(table)
    cells = [tokens[n + 1] for n, token in enumerate(tokens) if token.type == "td_open"]
    assert len(cells) == 3
    assert sum(token.type == "tr_open" for token in tokens) == 2
    code, prose, sentence = (cell.children or [] for cell in cells)
    assert [(span.type, span.content) for span in code] == [("code_inline", plain.one_line(first) or " ")]
    assert said(prose) == (plain.one_line(second) or "x")
    assert re.sub(r"[` ]", "", said(sentence)) == re.sub(r"[` ]", "", plain.one_line(first) or "x")


@often
@given(texts, texts)
@example("x`y``<img src=x>``", "b")
def test_a_sentence_with_names_is_text_and_code(name: str, other: str) -> None:
    told = f"`{name}` became `{other}`: <i>look</i>"
    tokens = inline(markdown.message(told))
    assert re.sub(r"[` ]", "", said(tokens)) == re.sub(r"[` ]", "", plain.one_line(told))


@often
@given(texts)
def test_a_terminal_is_told_nothing(text: str) -> None:
    escaped = terminal.escape(text)
    assert escaped.isprintable()
    escaped.encode("utf-8")
    assert len(terminal.blank(text)) == len(text)
    assert terminal.blank(text).isprintable()


@often
@given(texts, texts)
def test_a_workflow_command_is_one_line_with_its_properties(message: str, name: str) -> None:
    line = github.command("error", {"file": name, "line": 3}, message)
    assert line.count("\n") == 1
    assert line.isascii() or line.rstrip("\n").isprintable()
    found = re.fullmatch(r"::error file=([^,:]*),line=3::(.*)\n", line)
    assert found is not None

    def decoded(value: str) -> str:
        for code, character in (("%0A", "\n"), ("%0D", "\r"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            value = value.replace(code, character)
        return value

    if message.isprintable() and name.isprintable():
        assert (decoded(found[1]), decoded(found[2])) == (name, message)


@often
@given(texts, st.lists(texts, max_size=3))
def test_toml_gives_the_text_back(text: str, several: list[str]) -> None:
    read = tomllib.loads(f"{toml.value(text)} = {toml.value(several)}  # {toml.remark(text)}\nlast = true\n")
    assert read == {plain.clean(text): [plain.clean(each) for each in several], "last": True} | (
        {"last": True} if plain.clean(text) == "last" else {}
    )


@often
@given(
    st.recursive(
        st.one_of(
            texts,
            st.integers(),
            st.booleans(),
            st.none(),
            st.floats(allow_nan=False, allow_infinity=False),
            st.binary(max_size=5),
        ),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
        max_leaves=8,
    )
)
def test_a_python_literal_is_the_value_on_one_line(value: object) -> None:
    written = python.literal(value)
    assert written.isprintable() or "\n" not in written
    assert ast.literal_eval(written) == value
    assert len(ast.parse(f"x = {written}\ny = 1").body) == 2


@often
@given(texts)
def test_xml_holds_it(text: str) -> None:
    root = ET.Element("a", b=xml.characters(text))
    root.text = xml.characters(text)
    read = ET.fromstring(ET.tostring(root, encoding="utf-8"))
    assert (read.text or "").replace("\r", "\n") == xml.characters(text).replace("\r\n", "\n").replace("\r", "\n")
    assert len(read.get("b", "")) == len(xml.characters(text))


def test_json_strings_are_toml_strings() -> None:
    everything = "".join(map(chr, range(0x3000)))
    assert tomllib.loads(f"a = {toml.value(everything)}")["a"] == plain.clean(everything)
    assert json.loads(toml.value(everything)) == plain.clean(everything)
