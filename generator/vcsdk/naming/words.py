"""Words of a wire name, and the Python spellings made of them."""

from __future__ import annotations

import functools
import keyword
import re
import unicodedata

_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATOR = re.compile(r"[\W_]+")
_SIGNS = {
    ".": "dot", "-": "dash", "+": "plus", "$": "dollar", "@": "at", "*": "star", "/": "slash", ":": "colon",
    "[": "bracket", "#": "hash", "%": "percent", "&": "and", "=": "equals", "~": "tilde", "!": "not", "<": "less",
    ">": "greater",
}  # fmt: skip


@functools.lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words of a name, split at punctuation and at camel-case humps: `HTTPServer.port-no` gives four."""
    normal = unicodedata.normalize("NFKC", text)
    found = [word for part in _SEPARATOR.split(normal) for word in _BOUNDARY.split(part) if word]
    return tuple(word for word in found if ("_" + word).isidentifier())


def spelled(text: str) -> str:
    """The text with a word for each sign in it, so that what differs in signs alone differs in words too."""
    signs = "".join(f" {_SIGNS[sign]} " if sign in _SIGNS else sign for sign in text.removeprefix("-"))
    return f"minus {signs}" if text.startswith("-") else signs


@functools.lru_cache(maxsize=8192)
def snake(text: str, fallback: str = "value") -> str:
    """A lower-case identifier that is not a keyword: `Maximum-Size` gives `maximum_size`, `class` gives `class_`."""
    return safe("_".join(words(text)).lower() or fallback)


@functools.lru_cache(maxsize=8192)
def pascal(text: str, fallback: str = "Value") -> str:
    """A class name; capitals inside a word stay: `vcenter.vcha.cluster_info` gives `VcenterVchaClusterInfo`."""
    name = "".join(word[0].upper() + word[1:] for word in words(text)) or fallback
    return name if name.isidentifier() else f"N{name}"


@functools.lru_cache(maxsize=8192)
def upper(text: str, fallback: str = "EMPTY") -> str:
    """An enumeration member: `poweredOn` gives `POWERED_ON`; a leading digit gets `VALUE_` before it."""
    sign = "MINUS_" if re.fullmatch(r"-[0-9.]+", text) else ""
    name = sign + "_".join(words(text)).upper() or fallback
    return name if name.isidentifier() else f"VALUE_{name}"


def safe(name: str) -> str:
    """The name itself, or an identifier as near to it as Python allows."""
    if keyword.iskeyword(name) or name in ("self", "cls"):
        return name + "_"
    return name if name.isidentifier() else f"n_{name}"
