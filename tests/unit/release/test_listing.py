from __future__ import annotations

import json

import pytest
from vcsdk.release.listing import Listed, read, takes_attestations

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


def test_a_provenance_is_read_of_both_forms() -> None:
    entry = {"filename": "lamp-1.0.tar.gz", "url": "/f/lamp-1.0.tar.gz", "provenance": "https://x.example.com/p"}
    as_json = read(json.dumps({"files": [entry, {**entry, "provenance": None}]}), "application/json", URL)
    as_html = read('<a href="/f/lamp-1.0.tar.gz" data-provenance="https://x.example.com/p">x</a>', "text/html", URL)
    assert as_html["lamp-1.0.tar.gz"].provenance == "https://x.example.com/p"
    assert as_json["lamp-1.0.tar.gz"].provenance is None


@pytest.mark.parametrize(
    ("version", "takes"),
    [
        *(("1.3", True), ("1.4", True), ("1.10", True), ("1.2", False), ("1.0", False), ("2.0", False), ("x", False)),
        *(("", False), ("1.3.1", False), ("-1.3", False), ("1." + "9" * 5000, False)),
    ],
)
def test_an_index_of_version_one_three_takes_attestations(version: str, takes: bool) -> None:
    meta = f'<html><head><meta name="pypi:repository-version" content="{version}"></head></html>'
    assert takes_attestations(meta, "text/html") is takes
    assert takes_attestations(json.dumps({"meta": {"api-version": version}, "projects": []}), "x/json") is takes


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"meta": 1}', '{"meta": {"api-version": 1.3}}', "[" * 100_000])
def test_an_index_that_says_no_version_takes_none(text: str) -> None:
    assert takes_attestations(text, "application/json") is False
    assert takes_attestations(text, "text/html") is False
