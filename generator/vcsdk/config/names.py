"""Names of the generated packages: what is allowed, and what an API's title gives where nothing is configured."""

from __future__ import annotations

import builtins
import keyword
import re
import sys
import unicodedata
from urllib.parse import quote, urlsplit

from vcsdk.config.model import PackageNames
from vcsdk.config.taken import DISTRIBUTIONS, MODULES
from vcsdk.naming.reserved import CLASSES

# Of what a segment of a path may have (RFC 3986, 3.3), without what separates in some servers.
_IN_SEGMENT = ":@,=+"
_DISTRIBUTION = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
# PEP 440, "Public version identifiers", in canonical form, so that file names of builds can be told in advance.
_VERSION = re.compile(
    r"([1-9]\d*!)?(0|[1-9]\d*)(\.(0|[1-9]\d*))*((a|b|rc)(0|[1-9]\d*))?(\.post(0|[1-9]\d*))?(\.dev(0|[1-9]\d*))?",
    re.ASCII,
)


def reject_distribution(name: str) -> str | None:
    """What is wrong with the name of a distribution (PyPA "Names and normalization"), or None."""
    if not _DISTRIBUTION.fullmatch(name):
        return "a distribution's name has letters, digits, `-`, `_` and `.`, and starts and ends with one of the former"
    if re.sub(r"[-_.]+", "-", name).lower() in DISTRIBUTIONS:
        return "the generated packages need the distribution of that name, or are installed with it"
    return None


def reject_module(name: str) -> str | None:
    """What is wrong with the name of a top-level module, or None."""
    if not name.isidentifier() or not name.isascii():
        return "a module's name is made of ASCII letters, digits and `_`"
    if keyword.iskeyword(name):
        return "it is a word of the Python language"
    if name in sys.stdlib_module_names:
        return "it would hide a module of Python's standard library"
    # Where a file system does not tell upper from lower case, imports of the one find the other.
    if name.lower() in MODULES:
        return "it would hide a module that the generated packages need, or are installed with"
    return None


def reject_class(name: str) -> str | None:
    """What is wrong with the name of the client class, or None."""
    if not name.isidentifier() or not name.isascii():
        return "a class's name is made of ASCII letters, digits and `_`"
    if keyword.iskeyword(name):
        return "it is a word of the Python language"
    if {name, f"Async{name}"} & {*CLASSES, "ApiFacts", *dir(builtins)}:
        return "the generated code needs that name for something else"
    return None


def reject_version(version: str) -> str | None:
    """What is wrong with a version (PEP 440, in canonical form), or None."""
    if _VERSION.fullmatch(version) is None:
        return "a version looks like `1.0.0`, `1.2.0rc1` or `2.0.dev3` (PEP 440)"
    return None


def reject_url(url: str) -> str | None:
    """What is wrong with a link that indexes shall show, or None."""
    if not is_web_address(url):
        return "a link is a web address, such as `https://example.com/docs`"
    return None


def reject_segment(text: str) -> str | None:
    """What is wrong with a value that shall stand in paths, or None."""
    if text in (".", "..") or quote(text, safe=_IN_SEGMENT) != text:
        return f"it stands in paths, of letters, digits and {' '.join(('-', '.', '_', '~', *_IN_SEGMENT))}"
    return None


def is_web_address(url: str) -> bool:
    """Whether this is an `http` or `https` address that every index takes: printable ASCII without spaces."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and url.isascii()
        and url.isprintable()
        and " " not in url
    )


def reject_env_prefix(prefix: str) -> str | None:
    """What is wrong with what names of environment variables begin with, or None."""
    if re.fullmatch(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*", prefix) is None:
        return "it is made of capital letters, digits and single `_` between them (POSIX, 8.1), such as `VCENTER`"
    return None


def reject_method(name: str) -> str | None:
    """What is wrong with the name of a method, or None."""
    if not name.isidentifier() or name.startswith("__"):
        return "a method's name is made of letters, digits and `_`"
    if keyword.iskeyword(name):
        return "it is a word of the Python language"
    return None


def from_title(title: object) -> PackageNames:
    """Names made of an API's title: "Pet Store" gives pet-store, pet_store and PetStore.

    What Python, its library or our dependencies use already gets `-client` behind it ("JSON" gives json-client), which
    `taken_by` tells; a title that is not text or has no ASCII letters gives api-client.
    """
    words = _words(title)
    while _rejected(words):
        words.append("client")
    return _names(words)


def taken_by(title: object) -> tuple[str, str] | None:
    """The name that an API's title would give, and why no package can have it; None where it can."""
    words = _words(title)
    wrong = _rejected(words)
    return (_names(words).distribution, wrong) if wrong is not None else None


def _rejected(words: list[str]) -> str | None:
    names = _names(words)
    return reject_module(names.module) or reject_distribution(names.distribution) or reject_class(names.client)


def _names(words: list[str]) -> PackageNames:
    slug = "-".join(words).lower()
    return PackageNames(slug, slug.replace("-", "_"), _class_name(words))


def _words(title: object) -> list[str]:
    normal = unicodedata.normalize("NFKD", title if isinstance(title, str) else "")
    plain = "".join(c for c in normal if not unicodedata.combining(c))
    # Names become files; 6 words of 30 letters stay below what file systems allow.
    words = [word[:30] for word in re.findall(r"[A-Za-z0-9]+", plain.replace("'", ""))[:6]]
    if not re.search(r"[A-Za-z]", "".join(words)):
        words = ["Api", "client"]
    if words[0][0].isdigit():
        words.insert(0, "Api")
    return words


def _class_name(words: list[str]) -> str:
    return "".join(word[0].upper() + word[1:] for word in words)
