"""Which answers of a run led to another request: the identifier of a task, read later."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from .checks.task_order import TERMINAL
from .operations import Catalogue, Operation
from .reading import read_json


def starts_task(operation: Operation, catalogue: Catalogue) -> bool:
    """True if the operation's answer names a task that another operation reads."""
    return any(declared(operation, catalogue))


def declared(operation: Operation, catalogue: Catalogue) -> Iterator[str]:
    """The names of the operations that take what this one answers."""
    if ("vmw-task", "true") in operation.query:
        reader = catalogue.with_role("task-get")
        if reader is not None:
            yield reader.name


class Links:
    """Remembers which operation answered which identifier.

    `open` are the identifiers of tasks that nobody has seen ended.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._answered: dict[str, str] = {}
        self.open: dict[str, None] = {}

    def opened(self, identifier: str | None) -> None:
        """A task was started, rightly or wrongly."""
        if identifier is not None:
            self.open[identifier] = None

    def starter(self, identifier: str) -> str:
        """The operation that answered a task's identifier, "" if none is known."""
        return self._answered.get(identifier, "")

    def started(self, operation: Operation) -> int:
        """How many tasks the operation's answers named."""
        return sum(name == operation.name for name in self._answered.values())

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
        value = value_of(content)
        if isinstance(value, str) and starts_task(operation, self._catalogue):
            self._answered[value] = operation.name
        if operation.role != "task-get":
            return ""
        identifier = unquote(raw_path.rpartition("/")[2])
        if isinstance(value, dict) and value.get("status") in TERMINAL:
            self.open.pop(identifier, None)
        return self._answered.get(identifier, "")


def value_of(content: bytes) -> object:
    """What an answer's JSON stands for, also in an envelope; None for no JSON."""
    try:
        value = read_json(content)
    except ValueError:
        return None
    return value["value"] if isinstance(value, dict) and "value" in value else value
