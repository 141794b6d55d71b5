"""Reads a page of a package index: PEP 503 (HTML), PEP 691 (JSON), and what PEP 740 says in both of attestations."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

ACCEPT = "application/vnd.pypi.simple.v1+json, text/html;q=0.5, application/vnd.pypi.simple.v1+html;q=0.6"
_PREFIX = "sha256="
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
        ValueError: It is declared as JSON, and is none, or not of the form of PEP 691.
    """
    if "json" in content_type:
        return _read_json(text, url)
    page = _Page(url)
    page.feed(text)
    page.close()
    return page.files


def takes_attestations(text: str, content_type: str) -> bool:
    """Whether a page, any one of an index, says that it takes attestations (PEP 740): it is of version 1.3 or later."""
    if "json" in content_type:
        try:
            stated = json.loads(text)["meta"]["api-version"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return False
    else:
        page = _Page("")
        page.feed(text)
        page.close()
        stated = page.version
    found = _VERSION.fullmatch(stated) if isinstance(stated, str) else None
    return found is not None and int(found[1]) == 1 and int(found[2]) >= 3


def _read_json(text: str, url: str) -> dict[str, Listed]:
    try:
        return {
            file["filename"]: Listed(
                urljoin(url, file["url"]), file.get("hashes", {}).get("sha256"), file.get("provenance")
            )
            for file in json.loads(text)["files"]
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"the page is not of the form of PEP 691: {error!r}") from None


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
        digest = fragment.removeprefix(_PREFIX) if fragment.startswith(_PREFIX) else None
        self.files[name] = Listed(place, digest, said.get("data-provenance"))
