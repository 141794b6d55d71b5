"""Examples of calls, for the README and the reference: what each imports, and the call itself."""

from __future__ import annotations

import re

import msgspec

from vcsdk.emitters.client.errors import Raised, raised
from vcsdk.emitters.contract import samples
from vcsdk.emitters.filters import identifier
from vcsdk.emitters.layout import flat, imported, laid_out
from vcsdk.ir import Api, Operation, Safety

_STANDARD = {
    "datetime.now(": "from datetime import UTC, datetime",
    "date.today(": "from datetime import date",
    "time(8, ": "from datetime import UTC, time",
    "timedelta(": "from datetime import timedelta",
    "uuid4(": "from uuid import uuid4",
}
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
        text = ", ".join(samples.arguments(self._api, operation))
        caught = [r for r in raised(self._api, operation) if r.class_name != "OutcomeUnknown"][:2]
        return Example(
            flat(f"{operation.python_path}({text})"),
            tuple(line for mark, line in _STANDARD.items() if mark in text),
            tuple(dict.fromkeys([*(r.class_name for r in caught), *(["Secret"] if "Secret(" in text else [])])),
            tuple(sorted(self._models.intersection(_CLASS.findall(text)))),
            tuple(caught),
            operation.safety,
            operation.task,
        )

    def source(self, operation: Operation, package: str, *, gives: bool) -> str:
        """A program of a few lines that has a `client`: imports, the call, and what waits for its task.

        Args:
            operation: What is called.
            package: The module that is imported from.
            gives: Whether there is an answer.
        """
        found = self.of(operation)
        lines = [*found.standard]
        lines += [f"from {package} import Secret"] if "Secret" in found.exports else []
        lines += [imported(f"{package}.models", found.models)] if found.models else []
        lines += [""] if lines else []
        name = "task = " if operation.task else "answer = " if gives else ""
        lines.append(laid_out(name, f"client.{found.call}"))
        return "\n".join([*lines, *(["task.wait(timeout=900)"] if operation.task else [])])
