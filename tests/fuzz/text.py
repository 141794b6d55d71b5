"""Writes a mutant down, as JSON or YAML, and spoils the text now and then."""

from __future__ import annotations

import json
import random
from typing import Any

import yaml

_SCRAPS = (
    "\t",
    "\x00",
    "\ufeff",
    "\u2028",
    "&a ",
    "*a",
    "<<: {a: 1}\n",
    "!!python/name:os.system ",
    "\n...\n",
    "{",
    "- ",
)


def written(data: Any, chance: random.Random) -> tuple[str, bytes]:
    """The suffix and the bytes of a document."""
    as_yaml = chance.random() < 0.3
    text = _yaml(data) if as_yaml else json.dumps(data, ensure_ascii=chance.random() < 0.5, indent=1)
    if chance.random() < 0.06:
        text = _spoilt(text, chance)
    content = text.encode("utf-8", "surrogatepass" if chance.random() < 0.1 else "backslashreplace")
    return (".yaml" if as_yaml else ".json"), content


def _yaml(data: Any) -> str:
    dumped: str = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=200)
    return dumped


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


# A key that YAML read without quotes (`200:`) is a text of its own kind.
_Dumper.add_multi_representer(str, lambda dumper, text: dumper.represent_str(str(text)))


def _spoilt(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    if not lines:
        return text
    number = chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            return text[: chance.randrange(len(text))]
        case 1:
            lines.insert(number, lines[number])
        case 2:
            del lines[number]
        case 3:
            # A key twice, and behind it a mistake of the syntax.
            lines.insert(number, lines[number])
            lines.append("\n}]: {")
        case _:
            place = chance.randrange(len(text))
            return text[:place] + chance.choice(_SCRAPS) + text[place:]
    return "".join(lines)
