from __future__ import annotations

import json

import pytest
from vcsdk.release.listing import Listed, read

URL = "https://pypi.example.com/simple/lamp/"
HASH = "a" * 64


def test_html_links_are_relative_and_escaped() -> None:
    page = f"""<!DOCTYPE html><html><body>
      <a href="../../packages/lamp-1.0%2Blocal.tar.gz#sha256={HASH}">lamp</a>
      <a href="https://cdn.example.com/lamp-1.0-py3-none-any.whl?token=1#md5=abc">lamp</a>
      <a name="nothing">no link</a></body></html>"""
    assert read(page, "text/html; charset=utf-8", URL) == {
        "lamp-1.0+local.tar.gz": Listed("https://pypi.example.com/packages/lamp-1.0%2Blocal.tar.gz", HASH),
        "lamp-1.0-py3-none-any.whl": Listed("https://cdn.example.com/lamp-1.0-py3-none-any.whl?token=1", None),
    }


def test_a_base_element_moves_relative_links() -> None:
    page = '<base href="/files/"><a href="lamp-1.0.tar.gz">x</a>'
    assert read(page, "text/html", URL)["lamp-1.0.tar.gz"].url == "https://pypi.example.com/files/lamp-1.0.tar.gz"


def test_json_of_pep_691() -> None:
    page = {"files": [{"filename": "lamp-1.0.tar.gz", "url": "/f/lamp-1.0.tar.gz", "hashes": {"sha256": HASH}}]}
    expected = {"lamp-1.0.tar.gz": Listed("https://pypi.example.com/f/lamp-1.0.tar.gz", HASH)}
    assert read(json.dumps(page), "application/vnd.pypi.simple.v1+json", URL) == expected


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"files": [{}]}', '{"files": [1]}', '{"files": {"a": 1}}'])
def test_json_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read(text, "application/json", URL)
