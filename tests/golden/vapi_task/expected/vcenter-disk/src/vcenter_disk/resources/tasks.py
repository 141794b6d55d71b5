"""`tasks`: `/cis/tasks/{task}`"""

from __future__ import annotations

from .._runtime import Answer, Operation, Parameter
from .._runtime import AsyncTasks as _AsyncTasks
from .._runtime import Tasks as _Tasks
from ..models.cis import CisTaskInfo
from ..models.std import StdErrorsError

_GET = Operation(
    name="tasks.get",
    method="GET",
    path="/cis/tasks/{task}",
    parameters=(Parameter("task", "task", "path", required=True, type=str),),
    answers={"200": Answer(CisTaskInfo), "default": Answer(StdErrorsError)},
    security="session",
    safe=True,
)

_CANCEL = Operation(
    name="tasks.cancel",
    method="POST",
    path="/cis/tasks/{task}",
    query=(("action", "cancel"),),
    parameters=(Parameter("task", "task", "path", required=True, type=str),),
    answers={"204": Answer(), "default": Answer(StdErrorsError)},
    security="session",
)


class Tasks(_Tasks):
    """`/cis/tasks/{task}`"""

    def get(self, task: str, *, timeout: float | None = None) -> CisTaskInfo:
        """Tell how far a task is.

        Args:
            task: The task.
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The task.

        Raises:
            VapiError: Any other error the server reports.

        Source: `GET /cis/tasks/{task}`
        """
        answer: CisTaskInfo = self._transport.call(_GET, {"task": task}, timeout=timeout)
        return answer

    def cancel(self, task: str, *, timeout: float | None = None) -> None:
        """Ask a task to stop.

        Args:
            task: The task.
            timeout: Seconds to wait for the answer; the client's default if None.

        Raises:
            VapiError: Any other error the server reports.
            OutcomeUnknown: The connection broke after the request may have been read.

        Source: `POST /cis/tasks/{task}?action=cancel`
        """
        self._transport.call(_CANCEL, {"task": task}, timeout=timeout)


class AsyncTasks(_AsyncTasks):
    """`/cis/tasks/{task}`"""

    async def get(self, task: str, *, timeout: float | None = None) -> CisTaskInfo:
        """Tell how far a task is.

        Args:
            task: The task.
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The task.

        Raises:
            VapiError: Any other error the server reports.

        Source: `GET /cis/tasks/{task}`
        """
        answer: CisTaskInfo = await self._transport.call(_GET, {"task": task}, timeout=timeout)
        return answer

    async def cancel(self, task: str, *, timeout: float | None = None) -> None:
        """Ask a task to stop.

        Args:
            task: The task.
            timeout: Seconds to wait for the answer; the client's default if None.

        Raises:
            VapiError: Any other error the server reports.
            OutcomeUnknown: The connection broke after the request may have been read.

        Source: `POST /cis/tasks/{task}?action=cancel`
        """
        await self._transport.call(_CANCEL, {"task": task}, timeout=timeout)
