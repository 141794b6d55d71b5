"""The bases of generated resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .tasks import AsyncTask, Task
    from .transport import AsyncTransport, Transport


class Resource:
    """A group of operations; holds the transport they go through."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._transport.caller.line.bases}>"


class AsyncResource:
    """A group of operations; holds the transport they go through."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._transport.caller.line.bases}>"


class Tasks(Resource):
    """Tasks that were started elsewhere."""

    def attach(self, task: str) -> Task[Any]:
        """The task with this identifier, or the one of a `Task.checkpoint()`.  Sends nothing."""
        return self._transport.attach(task)


class AsyncTasks(AsyncResource):
    """Tasks that were started elsewhere."""

    def attach(self, task: str) -> AsyncTask[Any]:
        """The task with this identifier, or the one of an `AsyncTask.checkpoint()`.  Sends nothing; not awaited."""
        return self._transport.attach(task)
