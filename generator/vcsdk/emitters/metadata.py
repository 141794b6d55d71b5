"""What an index shows of a generated package: what the configuration says, else what the description says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from vcsdk.config.metadata import LONGEST_SUMMARY, reject_author, reject_email, reject_license
from vcsdk.config.model import Config, Person
from vcsdk.emitters.contract.links import links
from vcsdk.emitters.prose import one_line
from vcsdk.load import Document
from vcsdk.quoting.plain import clean

_OF_PYTHON = (
    "Programming Language :: Python :: 3 :: Only",
    "Programming Language :: Python :: 3.11",
    "Programming Language :: Python :: 3.12",
    "Programming Language :: Python :: 3.13",
    "Typing :: Typed",
)
"""What holds of every package, whatever is configured."""


class Shown(msgspec.Struct, frozen=True):
    """The metadata of one package, each text on one line; "" and () where nothing is known."""

    summary: str
    license: str
    authors: tuple[Person, ...]
    keywords: tuple[str, ...]
    classifiers: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def shown(config: Config, document: Document, summary: str, classifiers: tuple[str, ...]) -> Shown:
    """The metadata of a package.

    `info.license` gives the licence where its `identifier` or `name` is an SPDX expression, `info.contact` the author
    ("License Object", "Contact Object").

    Args:
        config: What it says counts.
        document: What it says counts where the configuration is silent.
        summary: One line about the package.
        classifiers: What it is, where nothing else is configured.
    """
    said, info = config.package.metadata, _table(document.data.get("info"))
    return Shown(
        summary=one_line(clean(summary))[:LONGEST_SUMMARY],
        license=said.license or _license(_table(info.get("license"))),
        authors=said.authors or _contact(_table(info.get("contact"))),
        keywords=said.keywords,
        classifiers=tuple(sorted({*(said.classifiers or classifiers), *_OF_PYTHON})),
        links=tuple(links(config, document)),
    )


def summary_of(document: Document) -> str:
    """`info.summary` (OpenAPI 3.1) on one line, "" where there is none."""
    summary = _table(document.data.get("info")).get("summary")
    return one_line(summary) if isinstance(summary, str) else ""


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _license(said: Mapping[str, Any]) -> str:
    texts = [said.get("identifier"), said.get("name")]
    return next((text for text in texts if isinstance(text, str) and reject_license(text) is None), "")


def _contact(said: Mapping[str, Any]) -> tuple[Person, ...]:
    name, email = said.get("name"), said.get("email")
    name = one_line(clean(name).replace(",", " ")) if isinstance(name, str) else ""
    person = Person(
        name if name and reject_author(name) is None else "",
        email if isinstance(email, str) and reject_email(email) is None else "",
    )
    return (person,) if person != Person() else ()
