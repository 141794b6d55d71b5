"""Examples of calls, for the README and the reference: what each imports, and the call itself."""

from __future__ import annotations

import re

import msgspec

from vcsdk.emitters.client.errors import Raised, raised
from vcsdk.emitters.contract import samples
from vcsdk.emitters.filters import identifier
from vcsdk.ir import Api, Operation, Safety

_STANDARD = {
    "datetime.now(": "from datetime import UTC, datetime",
    "date.today(": "from datetime import date",
    "time(8, ": "from datetime import UTC, time",
    "timedelta(": "from datetime import timedelta",
    "uuid4(": "from uuid import uuid4",
}
_SECRET = "Secret("
_CLASS = re.compile(r"\b([A-Za-z_]\w*)(?=[(.])")


class Example(msgspec.Struct, frozen=True):
    """A call with the imports it needs: finished lines, what the package itself offers, and classes of its models."""

    call: str
    standard: tuple[str, ...]
    exports: tuple[str, ...]
    models: tuple[str, ...]
    caught: tuple[Raised, ...]
    safety: Safety
    task: bool


class Examples:
    """Makes the examples of an API."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._models = {identifier(schema.name) for schema in api.schemas.values()}

    def of(self, operation: Operation) -> Example:
        """The call with its required arguments."""
        text = self._arguments(operation)
        caught = [r for r in raised(self._api, operation) if r.class_name != "OutcomeUnknown"][:2]
        return Example(
            f"{operation.python_path}({text})",
            _standard(text),
            tuple(dict.fromkeys([*(r.class_name for r in caught), *(["Secret"] if _SECRET in text else [])])),
            self._imported(text),
            tuple(caught),
            operation.safety,
            operation.task,
        )

    def _arguments(self, operation: Operation) -> str:
        return ", ".join(samples.arguments(self._api, operation))

    def _imported(self, text: str) -> tuple[str, ...]:
        return tuple(sorted(self._models.intersection(_CLASS.findall(text))))

    def source(self, operation: Operation, package: str, *, gives: bool) -> str:
        """A program of a few lines that has a `client`: imports, the call, and what waits for its task.

        Args:
            operation: What is called.
            package: The module that is imported from.
            gives: Whether there is an answer.
        """
        text = self._arguments(operation)
        models = self._imported(text)
        lines = [*_standard(text)]
        lines += [f"from {package} import Secret"] if _SECRET in text else []
        lines += [f"from {package}.models import {', '.join(models)}"] if models else []
        lines += [""] if lines else []
        name = "task = " if operation.task else "answer = " if gives else ""
        lines.append(f"{name}client.{operation.python_path}({text})")
        return "\n".join([*lines, *(["task.wait(timeout=900)"] if operation.task else [])])


def _standard(text: str) -> tuple[str, ...]:
    return tuple(line for mark, line in _STANDARD.items() if mark in text)
