"""What the server sent back to one request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .operations import Operation
from .reading import read_json
from .refusals import OF_WHO_ASKS

_SHOWN = 600
_LEADING_ELSEWHERE = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True)
class Answer:
    """An answer with the request it belongs to.

    `operation` is the documented operation the request matches, or None.  `credentials` are the secret values that
    the request carried; they are never part of the text form, which `mask` takes all other secrets out of, before it is
    cut.  `host` is where the request was sent to, "" if nobody knows; `prefix` what stands before `target` there.
    `unarmed` says which credential the request lacks, "" where it has what the operation asks for.
    """

    method: str
    target: str
    status: int
    headers: Mapping[str, str]
    content: bytes
    operation: Operation | None = None
    credentials: tuple[str, ...] = field(default=(), repr=False)
    mask: Callable[[str], str] = field(default=str, repr=False, compare=False)
    host: str = ""
    prefix: str = ""
    unarmed: str = ""

    @property
    def is_stopped(self) -> bool:
        """True for the answer to somebody who did not say who asks, and has to: it shows nothing else."""
        return bool(self.unarmed) and self.status in OF_WHO_ASKS | _LEADING_ELSEWHERE

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode("utf-8", errors="replace")

    @property
    def content_type(self) -> str:
        """The media type without its parameters, in lower case; "" where there is none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def value(self) -> Any:
        """The body's JSON value; the test fails where it is not JSON."""
        try:
            return read_json(self.content)
        except ValueError:
            raise AssertionError(f"the body is not JSON\n{self}") from None

    @property
    def is_json(self) -> bool:
        """True for content that says it is JSON; a thing may be shown as anything, such as a file."""
        return "json" in self.content_type

    @property
    def result(self) -> Any:
        """What a success gives: the value out of its envelope, where the operation has one.

        The test fails where it is not JSON.
        """
        value = self.value
        opened = self.operation is not None and self.operation.envelope and self.status < 400
        return value["value"] if opened and isinstance(value, dict) and set(value) == {"value"} else value

    def __str__(self) -> str:
        text = self.mask(self.text)
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text)} characters)"
        return f"{self.method} {self.prefix}{self.target} → {self.status} {self.content_type}".rstrip() + (
            f"\n{shown}" if shown else ""
        )
