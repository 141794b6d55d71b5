"""Requests and answers as they pass, and which of them are alike."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import parse_qsl

from vcsdk.copied.suite.operations import SAFE_METHODS

_VARIABLE = re.compile(r"\d|%")


@dataclass(frozen=True, slots=True)
class Sent:
    """A request; names of headers are in lower case."""

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def scope(self) -> tuple[str, str, tuple[str, ...]]:
        """Method, path and names of the query; parts of the path with a digit in them are told as `*`."""
        path = "/".join("*" if _VARIABLE.search(part) else part for part in self.path.split("/"))
        names = sorted({name for name, _ in parse_qsl(self.query, keep_blank_values=True)})
        return self.method, path, tuple(names)

    @property
    def is_safe(self) -> bool:
        """True for a method that changes nothing (RFC 9110, 9.2.1)."""
        return self.method in SAFE_METHODS


@dataclass(frozen=True, slots=True)
class Given:
    """An answer; names of headers are in lower case, and may come twice."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The value of a header, "" where there is none."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def value(self) -> Any:
        """The JSON of the body; None where it is none."""
        if "json" not in self.header("content-type"):
            return None
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def with_value(self, value: Any) -> Self:
        """With another body."""
        return self.with_body(json.dumps(value, ensure_ascii=False).encode())

    def with_body(self, body: bytes) -> Self:
        """With another body, of which Content-Length says the truth."""
        headers = tuple((k, str(len(body)) if k == "content-length" else v) for k, v in self.headers)
        return replace(self, body=body, headers=headers)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request with what the server said to it (`clean`) and what the client was given.

    `touched` says that the mutant did something; `clean` is None where nobody can say what the answer would have been.
    """

    sent: Sent
    clean: Given | None
    given: Given
    touched: bool = False
