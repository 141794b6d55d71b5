"""`tasks`: `/cis/tasks/{task}`"""

from __future__ import annotations

from .._runtime import Answer, Operation, Parameter
from .._runtime import AsyncTasks as _AsyncTasks
from .._runtime import Tasks as _Tasks
from ..models.cis import CisTaskInfo
from ..models.std import StdErrorsError, StdErrorsUnauthenticated

_GET = Operation(
    name="tasks.get",
    method="GET",
    path="/cis/tasks/{task}",
    parameters=(
        Parameter("task", "task", "path", required=True, type=str),
        Parameter("return_all", "return_all", "query", type=bool),
        Parameter("exclude_result", "exclude_result", "query", type=bool),
    ),
    answers={
        "200": Answer(CisTaskInfo),
        "401": Answer(StdErrorsUnauthenticated),
        "403": Answer(StdErrorsError),
        "404": Answer(StdErrorsError),
        "500": Answer(StdErrorsError),
        "503": Answer(StdErrorsError),
    },
    security="session",
    safe=True,
)

_CANCEL = Operation(
    name="tasks.cancel",
    method="POST",
    path="/cis/tasks/{task}",
    query=(("action", "cancel"),),
    parameters=(Parameter("task", "task", "path", required=True, type=str),),
    answers={
        "204": Answer(),
        "400": Answer(StdErrorsError),
        "401": Answer(StdErrorsUnauthenticated),
        "403": Answer(StdErrorsError),
        "404": Answer(StdErrorsError),
        "500": Answer(StdErrorsError),
        "503": Answer(StdErrorsError),
    },
    security="session",
)


class Tasks(_Tasks):
    """`/cis/tasks/{task}`"""

    def get(
        self,
        task: str,
        *,
        return_all: bool | None = None,
        exclude_result: bool | None = None,
        timeout: float | None = None,
    ) -> CisTaskInfo:
        """Show how far a task is.

        Args:
            task: The task's identifier, as the operation that started it answered.
            return_all: True includes the fields that only matter to the service itself; left out, the server decides as
                for false.
            exclude_result: True leaves the result out of the answer, for results that are large; left out, the result
                is included.
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The task as it stands now.

        Raises:
            Unauthenticated: The credentials are missing or wrong, or the session is over (401).
            Unauthorized: The caller may not see or cancel this task (403).
            NotFound: There is no such task, or its record is gone (404).
            ServiceUnavailable: The service is starting, stopping or out of reach; try again later (503).
            VapiError: Any other error the server reports.

        Source: `GET /cis/tasks/{task}`
        """
        answer: CisTaskInfo = self._transport.call(
            _GET, {"task": task, "return_all": return_all, "exclude_result": exclude_result}, timeout=timeout
        )
        return answer

    def cancel(self, task: str, *, timeout: float | None = None) -> None:
        """Ask a running task to stop.

        A task that can be cancelled stops when it next checks; read its status to learn whether it did.

        Args:
            task: The task's identifier, as the operation that started it answered.
            timeout: Seconds to wait for the answer; the client's default if None.

        Raises:
            BadRequestError: The task is one that cannot be cancelled (UNSUPPORTED), or it has ended already
                (NOT_ALLOWED_IN_CURRENT_STATE) (400).
            Unauthenticated: The credentials are missing or wrong, or the session is over (401).
            Unauthorized: The caller may not see or cancel this task (403).
            NotFound: There is no such task, or its record is gone (404).
            ServiceUnavailable: The service is starting, stopping or out of reach; try again later (503).
            VapiError: Any other error the server reports.
            OutcomeUnknown: The connection broke after the request may have been read.

        Source: `POST /cis/tasks/{task}?action=cancel`
        """
        self._transport.call(_CANCEL, {"task": task}, timeout=timeout)


class AsyncTasks(_AsyncTasks):
    """`/cis/tasks/{task}`"""

    async def get(
        self,
        task: str,
        *,
        return_all: bool | None = None,
        exclude_result: bool | None = None,
        timeout: float | None = None,
    ) -> CisTaskInfo:
        """Show how far a task is.

        Args:
            task: The task's identifier, as the operation that started it answered.
            return_all: True includes the fields that only matter to the service itself; left out, the server decides as
                for false.
            exclude_result: True leaves the result out of the answer, for results that are large; left out, the result
                is included.
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The task as it stands now.

        Raises:
            Unauthenticated: The credentials are missing or wrong, or the session is over (401).
            Unauthorized: The caller may not see or cancel this task (403).
            NotFound: There is no such task, or its record is gone (404).
            ServiceUnavailable: The service is starting, stopping or out of reach; try again later (503).
            VapiError: Any other error the server reports.

        Source: `GET /cis/tasks/{task}`
        """
        answer: CisTaskInfo = await self._transport.call(
            _GET, {"task": task, "return_all": return_all, "exclude_result": exclude_result}, timeout=timeout
        )
        return answer

    async def cancel(self, task: str, *, timeout: float | None = None) -> None:
        """Ask a running task to stop.

        A task that can be cancelled stops when it next checks; read its status to learn whether it did.

        Args:
            task: The task's identifier, as the operation that started it answered.
            timeout: Seconds to wait for the answer; the client's default if None.

        Raises:
            BadRequestError: The task is one that cannot be cancelled (UNSUPPORTED), or it has ended already
                (NOT_ALLOWED_IN_CURRENT_STATE) (400).
            Unauthenticated: The credentials are missing or wrong, or the session is over (401).
            Unauthorized: The caller may not see or cancel this task (403).
            NotFound: There is no such task, or its record is gone (404).
            ServiceUnavailable: The service is starting, stopping or out of reach; try again later (503).
            VapiError: Any other error the server reports.
            OutcomeUnknown: The connection broke after the request may have been read.

        Source: `POST /cis/tasks/{task}?action=cancel`
        """
        await self._transport.call(_CANCEL, {"task": task}, timeout=timeout)
