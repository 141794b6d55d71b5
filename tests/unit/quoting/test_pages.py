"""Random texts in every field of the pages, read by a parser of HTML: what is not the page's own is text alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import example, given, settings
from vcsdk.contract import compare_formats, history_formats
from vcsdk.contract.compare import compare
from vcsdk.contract.history import history
from vcsdk.contract.page import render, visible

from tests.unit.contract.results import finding, results, row
from tests.unit.quoting.test_formats import texts

MARK = "zq"
_RUN = ("src", "action", "style")
often = settings(max_examples=60, deadline=None)


def content(text: str) -> dict[str, Any]:
    """Results with a text in every place that a server or a description fills."""
    response = {"status": 200, "headers": [[text, text]], "body": json.dumps({text: text})}
    request = {"method": "POST", "url": f"https://vc/{text}", "headers": [[text, text]], "body": text}
    told: dict[str, Any] = {"request": request, "response": response, "curl": text, "rule": text, "message": text}
    found = [finding(path=text, observed=text, **told), finding(check="secret-shown", severity="security", **told)]
    made = results(
        *(row(f"a{number}[{text}]", "failed", one) for number, one in enumerate(found)),
        row("c", "skipped", message=text),
        options={"level": "read", "username": text},
    )
    made.learn({"build": text, "product": text})
    return made.as_dict()


def pages(text: str) -> dict[str, str]:
    shown, before = content(text), content("as before")
    return {
        "run": render(shown),
        "compare": compare_formats.html(compare(before, shown)),
        "history": history_formats.html(history([before, shown])),
    }


def elements(page: str) -> list[Element]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(page)
    assert parser.errors == [], parser.errors
    return [each for each in tree.iter() if isinstance(each.tag, str)]


def shape(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every element with the names of its attributes."""
    return [(each.tag, tuple(sorted(each.attrib))) for each in elements(page)]


def own(page: str) -> list[str]:
    """What a browser would run or load: the page's own script and style, and addresses."""
    found = []
    for each in elements(page):
        found += [each.text or ""] if each.tag in ("script", "style") else []
        found += [
            value for name, value in each.attrib.items() if name in ("src", "action", "style") or name[:2] == "on"
        ]
        found += [value for name, value in each.attrib.items() if name == "href" and not value.startswith("#")]
    return found


def words(page: str) -> Iterator[str]:
    for each in elements(page):
        yield from (part for part in (each.text, each.tail, *each.attrib.values()) if part)


@pytest.mark.slow
@often
@given(texts)
@example("</script><script>x</script>")
@example("]]><!--'\"><img src=x onerror=y>")
@example("\u2028\u202e\u2066\ud800\x00\x1b[31m")
def test_a_page_is_the_same_whatever_stands_in_it(text: str) -> None:
    marked = f"{MARK}{text}{MARK}"
    plain, hostile = pages(f"{MARK} {MARK}"), pages(marked)
    for name, page in hostile.items():
        page.encode("utf-8")
        assert own(page) == own(plain[name])
        assert set(shape(page)) == set(shape(plain[name]))
        assert all(c.isprintable() or c in "\n\t" for c in page)


@pytest.mark.slow
@often
@given(texts)
def test_what_is_shown_is_the_text(text: str) -> None:
    marked = f"{MARK}{text}{MARK}"
    shown = " ".join(visible(marked).split())
    said = [" ".join(part.split()) for part in words(pages(marked)["run"])]
    assert any(shown in part for part in said)


@pytest.mark.parametrize("text", ["<b>", "</p><img src=x>", "<p onclick=x>"])
def test_the_parser_sees_what_is_not_quoted(text: str) -> None:
    page = "<!doctype html><html><head><title>t</title></head><body><p>{}</p></body></html>"
    assert set(shape(page.format("x"))) == set(shape(page.format("y")))
    with pytest.raises(AssertionError):
        assert set(shape(page.format(text))) == set(shape(page.format("x")))
