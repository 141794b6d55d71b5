"""Reads a page of a package index: PEP 503 (HTML), PEP 691 (JSON), and what PEP 740 says in both of attestations."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

ACCEPT = "application/vnd.pypi.simple.v1+json, text/html;q=0.5, application/vnd.pypi.simple.v1+html;q=0.6"
_PREFIX = "sha256="
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BLOCK, _LONGEST = 1 << 16, 1 << 18
"""Characters of a page that the parser is given at a time, and that one tag of it may have."""
_VERSION = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of an index: where it is, its SHA-256 (hex) if the page says so, and where its attestations are."""

    url: str
    sha256: str | None
    provenance: str | None = None


def read(text: str, content_type: str, url: str) -> dict[str, Listed]:
    """The files that a project's page lists, by name.

    Args:
        text: The page.
        content_type: As the index declared it.
        url: The page's own address, which relative links start from.

    Raises:
        ValueError: It is declared as JSON, and is none, or not of the form of PEP 691; or no HTML parser reads it.
    """
    if "json" in content_type:
        return _read_json(text, url)
    return _read_html(text, url).files


def takes_attestations(text: str, content_type: str) -> bool:
    """Whether a page, any one of an index, says that it takes attestations (PEP 740): it is of version 1.3 or later."""
    if "json" in content_type:
        try:
            stated = json.loads(text)["meta"]["api-version"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return False
    else:
        try:
            stated = _read_html(text, "").version
        except ValueError:
            return False
    found = _VERSION.fullmatch(stated) if isinstance(stated, str) else None
    return found is not None and int(found[1]) == 1 and int(found[2]) >= 3


def _read_json(text: str, url: str) -> dict[str, Listed]:
    try:
        return {
            file["filename"]: Listed(
                urljoin(url, file["url"]), _digest((file.get("hashes") or {}).get("sha256")), file.get("provenance")
            )
            for file in json.loads(text)["files"]
        }
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"the page is not of the form of PEP 691: {error!r}") from None


def _read_html(text: str, url: str) -> _Page:
    """The page, in work that its length bounds: the parser begins an open tag again with each block.

    Raises:
        ValueError: A tag, a comment or a script has no end far and wide, or a link is no address.
    """
    page = _Page(url)
    try:
        for start in range(0, len(text), _BLOCK):
            page.feed(text[start : start + _BLOCK])
            if len(page.rawdata) > _LONGEST:
                raise ValueError(f"a tag of it is longer than {_LONGEST >> 10} KiB")
    except AssertionError as error:
        raise ValueError(str(error)) from None
    # What is open at the end is no link, so the parser is not asked to make the best of it.
    return page


def _digest(said: object) -> str | None:
    """A SHA-256 as we write it; None for what is none, whose file is read instead."""
    found = said.lower() if isinstance(said, str) else ""
    return found if _SHA256.fullmatch(found) else None


class _Page(HTMLParser):
    """Collects the links of a page; a file is named by the last part of its link's path."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._base = url
        self.files: dict[str, Listed] = {}
        self.version: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "meta" and said.get("name") == "pypi:repository-version":
            self.version = said.get("content")
        target = said.get("href")
        if tag == "base" and target:
            self._base = urljoin(self._base, target)
        if tag != "a" or not target:
            return
        place, fragment = urldefrag(urljoin(self._base, target))
        name = unquote(urlsplit(place).path.rpartition("/")[2])
        stated = next((part for part in fragment.split("&") if part.startswith(_PREFIX)), None)
        self.files[name] = Listed(place, _digest(stated and stated.removeprefix(_PREFIX)), said.get("data-provenance"))
