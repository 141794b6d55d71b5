"""Path keys that carry a query: `/vcenter/vcha/cluster?action=failover&vmw-task=true`."""

from __future__ import annotations

from urllib.parse import unquote_plus

import msgspec


class QueryPart(msgspec.Struct, frozen=True):
    """One `key=value` of a query, decoded; `value` is None for a key alone, `text` is the part as written."""

    key: str
    value: str | None
    text: str

    @property
    def template(self) -> str | None:
        """The parameter that fills the value, where the value is `{name}`."""
        text = self.value or ""
        return text[1:-1] if text.startswith("{") and text.endswith("}") else None

    @property
    def is_constant(self) -> bool:
        """True where the key says all: a value, and no template in it."""
        return self.value is not None and self.template is None


def split_key(key: str) -> tuple[str, str, list[QueryPart]]:
    """Take a path key apart: path, fragment ("" without one), and the parts of the query in order."""
    rest, _, fragment = key.partition("#")
    path, _, query = rest.partition("?")
    parts = []
    # Some descriptions join a second pair with `?` again.
    for text in query.replace("?", "&").split("&"):
        name, sign, value = text.partition("=")
        if name:
            parts.append(QueryPart(unquote_plus(name), unquote_plus(value) if sign else None, text))
    return path, fragment, parts


def problem(parts: list[QueryPart]) -> str | None:
    """Why the parts of a query cannot become parameters, or None where they can."""
    names = [part.key for part in parts]
    if len(set(names)) < len(names):
        return "the query in the path key gives a name twice"
    if any("{" in (part.value or "") and part.template is None for part in parts):
        return "the query in the path key mixes text and a template in one value"
    return None
