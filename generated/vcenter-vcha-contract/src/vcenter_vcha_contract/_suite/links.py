"""Which answers of a run led to another request: the identifier of a task, read later."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import unquote

from .operations import Catalogue, Operation


def declared(operation: Operation, catalogue: Catalogue) -> Iterator[str]:
    """The names of the operations that take what this one answers."""
    if ("vmw-task", "true") in operation.query:
        reader = catalogue.with_role("task-get")
        if reader is not None:
            yield reader.name


class Links:
    """Remembers which operation answered which identifier."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._answered: dict[str, str] = {}

    def follow(self, operation: Operation | None, raw_path: str, status: int, content: bytes) -> str:
        """The operation whose answer this accepted request followed, "" for none; its own answer is remembered.

        Args:
            operation: What the request was.
            raw_path: Its path as sent, percent-encoded.
            status: Of the answer.
            content: Of the answer.
        """
        if operation is None or not 200 <= status < 300:
            return ""
        if any(declared(operation, self._catalogue)):
            try:
                identifier = json.loads(content)
            except ValueError:
                identifier = None
            if isinstance(identifier, str):
                self._answered[identifier] = operation.name
        if operation.role != "task-get":
            return ""
        return self._answered.get(unquote(raw_path.rpartition("/")[2]), "")
