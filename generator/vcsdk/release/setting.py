"""Changes the version in a configuration file and nothing else: comments and order are its owner's."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from vcsdk.config.toml import TomlSource
from vcsdk.release.refusal import refusal

_VALUE = re.compile(r"""(=\s*)(?:"[^"]*"|'[^']*')""")


def with_version(source: TomlSource, version: str) -> str:
    """The text of the file with `package.version` set, added where it is missing.

    Raises:
        InputError: `unusual-configuration`: the version stands where it cannot be replaced safely.
    """
    # `splitlines` would also end a line at characters that TOML allows inside of one.
    lines = source.text.split("\n")
    place = source.places.get(("package", "version"))
    table = source.places.get(("package",))
    if place is not None:
        index = place[0] - 1
        head, tail = lines[index][: place[1] - 1], lines[index][place[1] - 1 :]
        lines[index] = head + _VALUE.sub(lambda match: f'{match.group(1)}"{version}"', tail, count=1)
    elif table is not None and lines[table[0] - 1].lstrip().startswith("["):
        lines.insert(table[0], f'version = "{version}"')
    else:
        lines = [*lines, "[package]", f'version = "{version}"', ""]
    text = "\n".join(lines)
    if not _is(text, source.text, version):
        hint = f'write `version = "{version}"` under `[package]`, and release again'
        raise refusal(
            "unusual-configuration", "the version cannot be replaced here", str(source.locate(("package",))), hint
        )
    return text


def _is(text: str, before: str, version: str) -> bool:
    """Whether a text says the same as another but for the version."""
    expected: dict[str, Any] = tomllib.loads(before)
    expected.setdefault("package", {})["version"] = version
    try:
        return tomllib.loads(text) == expected
    except tomllib.TOMLDecodeError:
        return False
