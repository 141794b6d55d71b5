"""The values of an enumeration: `Possible values: … For more information see: *Vcenter.Vm.Tools.UpgradePolicy*.`."""

from __future__ import annotations

import re

import msgspec

from vcsdk.vapi_prose.phrases import phrase

# What is said of the whole enumeration may stand behind its list; what is said of a constant belongs to it.
_END = r"For more information see: \*(?P<name>[^*\s]+)\*\.?|(?=This (?!constant\b)\w+ (?:was added|is deprecated) )|\Z"
_LIST = phrase(rf"\s*Possible values:(?P<values>.*?)(?:{_END})")
_VALUE = re.compile(r"(?:^|\s)[-*]\s+`(?P<value>[^`\n]+)`(?P<colon>\s*:)?")


class Listed(msgspec.Struct, frozen=True):
    """The values that a text lists, each with what it says of it, and the schema that the text names, or ""."""

    name: str
    values: dict[str, str]


def take_values(text: str) -> tuple[str, Listed | None]:
    """The text without its list of possible values, and the list; None where it has none."""
    found = _LIST.search(text) if "Possible" in text else None
    if found is None:
        return text, None
    marks = list(_VALUE.finditer(found["values"]))
    if not marks:
        return text, None
    ends = [*(mark.start() for mark in marks[1:]), len(found["values"])]
    values = {mark["value"]: found["values"][mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)}
    rest = text[: found.start()] + text[found.end() :]
    return rest.strip(), Listed(found["name"] or "", values)
