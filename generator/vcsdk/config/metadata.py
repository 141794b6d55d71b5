"""What an index shows of the generated packages, as a configuration says it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from vcsdk.config.model import Metadata, Page, Person
from vcsdk.config.table import Table

LONGEST_SUMMARY = 512
"""PyPI takes no longer `Summary`."""
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_AUTHOR = re.compile(r"(?P<name>[^<>]*?)\s*(?:<(?P<email>[^<>]*)>)?")
_LARGEST_PAGE = 1 << 20


def read_metadata(table: Table, folder: Path) -> Metadata:
    """What the section `package` says; a `readme` is read, relative to `folder`."""
    found = table.text("license", reject_license)
    return Metadata(
        license=_canonical(found) if found is not None else None,
        description=table.text("description", _reject_summary),
        authors=tuple(person(text) for text in _each(table, "authors", reject_author)),
        keywords=_each(table, "keywords", _reject_keyword),
        classifiers=_each(table, "classifiers", _reject_classifier),
        readme=_page(table, folder),
    )


def reject_license(text: str) -> str | None:
    """What is wrong with a licence, or None."""
    if _canonical(text) is None:
        return "it is an SPDX expression, such as `Apache-2.0`, `MIT OR BSD-3-Clause` or `LicenseRef-Proprietary`"
    return None


def _canonical(text: str) -> str | None:
    # The list of licences is large, and most descriptions name none.
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    try:
        return canonicalize_license_expression(text)
    except InvalidLicenseExpression:
        return None


def reject_email(text: str) -> str | None:
    """What is wrong with the address of an author, or None."""
    return None if _ADDRESS.fullmatch(text) else f"`{text}` is no address of mail"


def reject_author(text: str) -> str | None:
    """What is wrong with an author, or None."""
    match = _AUTHOR.fullmatch(text.strip())
    if match is None or not (match["name"] or match["email"]):
        return "an author is `NAME`, `NAME <ADDRESS>` or `<ADDRESS>`"
    # "Core metadata", Author-email: names are told apart by commas.
    if "," in match["name"] or not match["name"].isprintable():
        return "the name of an author has no commas and no control characters"
    return reject_email(match["email"]) if match["email"] is not None else None


def person(text: str) -> Person:
    """The author that a text names which `reject_author` takes."""
    match = _AUTHOR.fullmatch(text.strip())
    return Person(match["name"], match["email"] or "") if match is not None else Person(text)


def _reject_summary(text: str) -> str | None:
    if not text.isprintable() or len(text) > LONGEST_SUMMARY:
        return f"a description is one line of {LONGEST_SUMMARY} characters at most"
    return None


def _reject_keyword(text: str) -> str | None:
    return None if text.isprintable() and "," not in text else "a keyword has no commas and no control characters"


def _reject_classifier(text: str) -> str | None:
    if text.startswith("License ::"):
        return "the licence is said by `license` alone (PEP 639)"
    if not re.fullmatch(r"[^\s:][^:]*[^\s:]( :: [^\s:]([^:]*[^\s:])?)+", text) or not text.isprintable():
        return "a classifier is one of PyPI's, such as `Topic :: System :: Systems Administration`"
    return None


def _each(table: Table, key: str, reject: Callable[[str], str | None]) -> tuple[str, ...]:
    found = []
    for text in table.texts(key):
        wrong = reject(text)
        if wrong is None:
            found.append(text)
        else:
            table.report("config-value", f"`package.{key}` cannot have `{text}`: {wrong}", key)
    return tuple(found)


def _page(table: Table, folder: Path) -> Page | None:
    name = table.text("readme", lambda text: None if text.lower().endswith(".md") else "it is a file in Markdown (.md)")
    if name is None:
        return None
    path = folder / name
    try:
        if path.stat().st_size > _LARGEST_PAGE:
            raise ValueError(f"it has more than {_LARGEST_PAGE >> 20} MiB")
        return Page(path.as_posix(), path.read_text(encoding="utf-8"))
    except OSError as problem:
        wrong = problem.strerror or type(problem).__name__
    except UnicodeDecodeError:
        wrong = "it is not UTF-8"
    except ValueError as problem:
        wrong = str(problem)
    table.report("unreadable-file", f"`package.readme` cannot be read: {wrong}", "readme")
    return None
