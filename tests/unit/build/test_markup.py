"""Descriptions with HTML, as docstrings have them; what only looks like it stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from vcsdk.build.markup import readable
from vcsdk.pipeline import read_api

from tests.generated import write_client

TEXTS = {
    "plain": ("a < b and R&D, 5 > 3", "a < b and R&D, 5 > 3"),
    "paragraphs": ("<p>One.</p><p>Two <b>bold</b>.</p>", "One.\n\nTwo **bold**."),
    "paragraphs that never end": ("One.<P>Two.<p/>Three.", "One.\n\nTwo.\n\nThree."),
    "lines": ("One<br>two<br/>three<BR />", "One\ntwo\nthree"),
    "a list": ("Is:<ul><li>a</li><li><i>b</i></li></ul>Or so.", "Is:\n\n- a\n- *b*\n\nOr so."),
    "code": ("By <code>a &lt; b</code> or <tt>c</tt>.", "By `a < b` or `c`."),
    "a link": (
        'See <a class="x" href="https://x.example/?a=1&amp;b=2">there</a>.',
        "See there (https://x.example/?a=1&b=2).",
    ),
    "a link to nowhere": ('See <a href="#b">there</a> and <a name="x"></a>here.', "See there and here."),
    "a link that would run": ("<a href=\"javascript:x\">a</a><a href='ftp://x'>b</a>", "ab"),
    "a heading": ("<h2 id='x'>Title</h2>Text.", "Title\n\nText."),
    "details": ("<details><summary>More</summary>Text</details>", "More\n\nText"),
    "a comment": ("One<!-- <b>hidden</b> --> two", "One two"),
    "characters": ("&lt;b&gt; &amp;amp; &copy; &#233;&nbsp;&nosuch; &#x41; R&D;", "<b> &amp; © é &nosuch; A R&D;"),
    "a span": ('<span style="color:red">red</span> <font color=x>y</font>', "red y"),
    "a table": ("<table><tr><th>a</th><td>b</td></tr></table>", "- a b"),
    "no tag": (
        "Authorization: Basic <api_key> or <id> of List<String>",
        "Authorization: Basic <api_key> or <id> of List<String>",
    ),
    "a tag that is a name": ("Bearer <code> or <b>, <i>th</i>", "Bearer <code> or <b>, *th*"),
    "code stays": ("`<p>a</p>` and ```\n<b>x</b> &lt;\n``` <b>y</b>", "`<p>a</p>` and ```\n<b>x</b> &lt;\n``` **y**"),
    "markdown stays": (
        "# A\n\n- *b*\n- [c](https://x.example)\n\n> d",
        "# A\n\n- *b*\n- [c](https://x.example)\n\n> d",
    ),
    "spoilt": ("</p></b></a><", "</b></a><"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_description(name: str) -> None:
    given, read = TEXTS[name]
    assert readable(given) == read
    assert readable(readable(given)) == readable(given) or "&" in given


@pytest.mark.parametrize(
    "text", ["<a " * 20_000, "<b>" * 20_000, "&" * 50_000, "`" * 50_001, "<!--" * 20_000, "<p>" * 9999]
)
def test_a_long_one_takes_no_long_time(text: str) -> None:
    readable(text)


def test_no_text_of_a_package_has_any(tmp_path: Path) -> None:
    html = "<p>Told of by <code>x</code> &amp; more.</p>"
    schema = {"type": "object", "description": html, "properties": {"a": {"type": "string", "description": html}}}
    answer = {"description": html, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}
    parameter = {"name": "p", "in": "query", "schema": {"type": "string"}, "description": html}
    operation = {"operationId": "getA", "description": html, "parameters": [parameter], "responses": {"200": answer}}
    scheme = {"type": "http", "scheme": "bearer", "description": html}
    whole = {
        "openapi": "3.0.3",
        "info": {"title": "Told", "version": "1", "description": html},
        "servers": [{"url": "https://{v}.example", "variables": {"v": {"default": "a", "description": html}}}],
        "security": [{"s": []}],
        "paths": {"/a": {"get": operation}},
        "components": {"schemas": {"A": schema}, "securitySchemes": {"s": scheme}},
    }
    path = tmp_path / "told.json"
    path.write_text(json.dumps(whole))
    described = read_api(path)
    source = write_client(described.api, described.config, described.document, tmp_path / "out")
    texts = {
        p: p.read_text() for p in source.parent.rglob("*") if p.suffix in (".py", ".md") and "_runtime" not in str(p)
    }
    assert [p for p, text in texts.items() if "<p>" in text or "&amp;" in text or r"\<p\>" in text] == []
    assert sum("Told of by `x` & more." in text for text in texts.values()) >= 3
