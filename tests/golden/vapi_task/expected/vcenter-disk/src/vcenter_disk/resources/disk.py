"""`disk`: `/vcenter/disk/{disk}`"""

from __future__ import annotations

from .._runtime import Answer, AsyncResource, AsyncTask, Body, Operation, Parameter, Resource, Task
from ..models.std import StdErrorsError
from ..models.vcenter import VcenterDiskShrinkSpec

_SHRINK = Operation(
    name="disk.shrink",
    method="POST",
    path="/vcenter/disk/{disk}",
    query=(
        ("action", "shrink"),
        ("vmw-task", "true"),
    ),
    parameters=(Parameter("disk", "disk", "path", required=True, type=str),),
    body=Body(VcenterDiskShrinkSpec),
    answers={"202": Answer(str), "401": Answer(StdErrorsError), "404": Answer(StdErrorsError)},
    security="session",
    destructive=True,
    task=True,
)


class Disk(Resource):
    """`/vcenter/disk/{disk}`"""

    def shrink(
        self, disk: str, *, copy: bool, keep_percent: int | None = None, timeout: float | None = None
    ) -> Task[None]:
        """Give unused blocks back.  **Destructive.**

        Args:
            disk: The disk.
            copy: Whether to work on a copy.
            keep_percent: Share of the free blocks that stays. The server takes 10 where this is absent.
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The running task.

        Raises:
            Unauthenticated: Nobody is signed in (401).
            NotFound: There is no such disk (404).
            VapiError: Any other error the server reports.
            OutcomeUnknown: The connection broke after the request may have been read.

        Source: `POST /vcenter/disk/{disk}?action=shrink&vmw-task=true`
        """
        task: Task[None] = self._transport.start(
            _SHRINK, {"disk": disk}, body=VcenterDiskShrinkSpec(copy=copy, keep_percent=keep_percent), timeout=timeout
        )
        return task


class AsyncDisk(AsyncResource):
    """`/vcenter/disk/{disk}`"""

    async def shrink(
        self, disk: str, *, copy: bool, keep_percent: int | None = None, timeout: float | None = None
    ) -> AsyncTask[None]:
        """Give unused blocks back.  **Destructive.**

        Args:
            disk: The disk.
            copy: Whether to work on a copy.
            keep_percent: Share of the free blocks that stays. The server takes 10 where this is absent.
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The running task.

        Raises:
            Unauthenticated: Nobody is signed in (401).
            NotFound: There is no such disk (404).
            VapiError: Any other error the server reports.
            OutcomeUnknown: The connection broke after the request may have been read.

        Source: `POST /vcenter/disk/{disk}?action=shrink&vmw-task=true`
        """
        task: AsyncTask[None] = await self._transport.start(
            _SHRINK, {"disk": disk}, body=VcenterDiskShrinkSpec(copy=copy, keep_percent=keep_percent), timeout=timeout
        )
        return task
