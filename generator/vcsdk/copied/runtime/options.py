"""What `with_options` adds to each request of a client."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec.structs import replace

from .errors import ArgumentError
from .headers import checked_headers
from .request import Prepared
from .secret import Concealed
from .serialize import escape
from .unsendable import is_text

Query = str | int | float | bool | list[str] | list[int] | list[float]


class Options:
    """Headers, query and members of the body of every request; shown nowhere, for they may hold a key."""

    def __init__(
        self,
        headers: Mapping[str, str],
        query: Mapping[str, tuple[str, ...]],
        body: Mapping[str, msgspec.Raw] = MappingProxyType({}),
    ) -> None:
        self._headers = headers
        self._query = query
        self._body = body

    @classmethod
    def of(cls, headers: Any, query: Any, body: Any = None) -> Options:
        """What a caller gave.  Raises ArgumentError for what cannot be sent."""
        found = checked_headers(headers)
        if "content-type" in found:
            raise ArgumentError("headers: the content type is that of the body; `content_type` of a method chooses one")
        if not isinstance(query or {}, Mapping):
            raise ArgumentError("query: expected a mapping of names to values")
        pairs: Concealed[tuple[str, ...]] = Concealed()
        # No frame that shows a value is there when something is raised.
        said = _write(query or {}, pairs)
        if said:
            raise ArgumentError(f"query: {said}")
        if not body and (body is None or isinstance(body, Mapping)):
            return cls(found, pairs)
        from .members import checked_members

        return cls(found, pairs, checked_members(body))

    @property
    def has_members(self) -> bool:
        """Whether they add members to bodies."""
        return bool(self._body)

    def beside(self, others: Options) -> Options:
        """These, and of others what these do not name."""
        return Options(
            Concealed({**others._headers, **self._headers}),
            Concealed({**others._query, **self._query}),
            Concealed({**others._body, **self._body}),
        )

    def added(self, prepared: Prepared) -> Prepared:
        """The request with them; what an argument of the call says stays."""
        headers = prepared.headers
        if self._headers:
            own = {p.wire.lower() for p in prepared.operation.parameters if p.location == "header"}
            headers = {**headers, **{k: v for k, v in self._headers.items() if k not in own or k not in headers}}
            if {"cookie"} <= self._headers.keys() & prepared.headers.keys():
                headers["cookie"] = f"{prepared.headers['cookie']}; {self._headers['cookie']}"
        path = prepared.path
        taken = {pair.partition("=")[0] for pair in path.partition("?")[2].split("&")}
        more = "&".join(f"{k}={v}" for k, values in self._query.items() if k not in taken for v in values)
        if more:
            path += ("&" if "?" in path else "?") + more
        prepared = replace(prepared, headers=headers, path=path)
        if self._body:
            from .members import with_members

            prepared = with_members(prepared, self._body)
        return prepared

    def __repr__(self) -> str:
        return "<Options>"


NONE = Options({}, {})


def _write(query: Mapping[Any, Any], pairs: dict[str, tuple[str, ...]]) -> str:
    """Put names and values into `pairs` as they are sent; what is wrong with them, "" for nothing."""
    for name, value in query.items():
        if not isinstance(name, str) or not name or not is_text(name):
            return "expected names that are text"
        values = value if isinstance(value, list | tuple) else (value,)
        for each in values:
            if not isinstance(each, str | int | float) or (isinstance(each, float) and not math.isfinite(each)):
                return "expected text, numbers, booleans or lists of them"
            if isinstance(each, str) and not is_text(each):
                return "holds half of a surrogate pair, which UTF-8 does not have"
        pairs[escape(name)] = tuple(map(_written, values))
    return ""


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(str(value))
