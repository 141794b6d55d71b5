"""The client of an API that has tasks: `client.tasks` attaches to those that were started elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import client
from .resource import AsyncResource, Resource

if TYPE_CHECKING:
    from .tasks import AsyncTask, Task


class Tasks(Resource):
    """Tasks that were started elsewhere."""

    def attach(self, task: str) -> Task[Any]:
        """The task with this identifier, or the one of a `Task.checkpoint()`.  Sends nothing."""
        found: Task[Any] = self._transport.attach(task)
        return found


class AsyncTasks(AsyncResource):
    """Tasks that were started elsewhere."""

    def attach(self, task: str) -> AsyncTask[Any]:
        """The task with this identifier, or the one of an `AsyncTask.checkpoint()`.  Sends nothing; not awaited."""
        found: AsyncTask[Any] = self._transport.attach(task)
        return found


class Client(client.Client):
    """The client of every API, whose arguments it takes, and `tasks`."""

    @property
    def tasks(self) -> Tasks:
        """Tasks started elsewhere: `tasks.attach(id_or_checkpoint)`."""
        return Tasks(self._transport)


class AsyncClient(client.AsyncClient):
    """The asynchronous client of every API, whose arguments it takes, and `tasks`."""

    @property
    def tasks(self) -> AsyncTasks:
        """Tasks started elsewhere: `tasks.attach(id_or_checkpoint)`."""
        return AsyncTasks(self._transport)
