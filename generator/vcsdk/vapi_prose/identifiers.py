"""Whose identifier a value is: `When clients pass a value …, the property must be an identifier for …`."""

from __future__ import annotations

import functools
import re

from vcsdk.ir.identifiers import Identifies, Place
from vcsdk.vapi_prose.phrases import phrase, without

_ONE = r"(?:`[^`]+`|\w+(?:\.\w+)*)"
_TYPES = rf"(?P<types>{_ONE}(?:, {_ONE})*(?:,? or {_ONE})?)"
_IDENTIFIER = (
    rf"(?:be an identifier|contain identifiers) for (?:the resource type|one of these resource types): {_TYPES}"
)
_SAID = phrase(_IDENTIFIER)
# What must hold one way holds the other way as well: the same words twice.
_BOTH_WAYS = phrase(
    r"When clients pass a value of this \w+ as a parameter, the (?P<subject>[^.]{1,80}?) must (?P<said>.{1,2000}?)\. "
    r"When operations return a value of this \w+ as a (?:response|result), the (?P=subject) will (?P=said)\.?(?=\s|$)"
)
_ONE_WAY = phrase(
    r"The (?P<subject>(?:(?:key|value) in the )?(?:parameter|property|field)(?: \S+)?)"
    rf" must (?P<said>{_IDENTIFIER})\.?(?=\s|$)"
)
_TYPE = re.compile(r"`([^`]+)`|(\w+(?:\.\w+)*)")


@functools.lru_cache(maxsize=4096)
def take_identifies(text: str) -> tuple[str, Identifies | None]:
    """The text without the sentences about identifiers, and which resources the value, or its keys, identify.

    Whatever else must hold both ways is left in the text, said once.
    """
    identifies = None
    while "clients" in text and (found := _BOTH_WAYS.search(text)):
        fact = _fact(found["subject"], found["said"])
        said = "" if fact is not None else f"The {found['subject']} must {found['said']}."
        text = without(text, found, said)
        identifies = identifies or fact
    if "identifier" in text and (found := _ONE_WAY.search(text)) is not None:
        fact = _fact(found["subject"], found["said"])
        if fact is not None:
            text = without(text, found)
            identifies = identifies or fact
    return text, identifies


def types_named(text: str) -> tuple[str, ...]:
    """The resource types that a text of another form names: "The result will be an identifier for …"."""
    found = _SAID.search(text) if "identifier" in text else None
    return _types(found["types"]) if found is not None else ()


def _types(text: str) -> tuple[str, ...]:
    return tuple(quoted or bare for quoted, bare in _TYPE.findall(text) if (quoted or bare) != "or")


def _fact(subject: str, said: str) -> Identifies | None:
    found = _SAID.fullmatch(said)
    if found is None:
        return None
    first = subject.split(maxsplit=1)[0]
    place = Place.KEYS if first == "key" else Place.VALUES if first == "value" else Place.ITSELF
    return Identifies(_types(found["types"]), place, many="identifiers" in said[: found.start("types")])
