"""Data types: cis."""

from __future__ import annotations

from datetime import datetime

from .._runtime import Model, OpenEnum
from .std import StdErrorsError


class CisSessionInfo(Model):
    """A session.

    Source: `#/components/schemas/Cis_Session_Info`
    """

    user: str

    created_time: datetime


class CisTaskStatus(OpenEnum):
    """How far a task is.

    Source: `#/components/schemas/Cis_Task_Status`
    """

    PENDING = "PENDING"

    RUNNING = "RUNNING"

    BLOCKED = "BLOCKED"

    SUCCEEDED = "SUCCEEDED"

    FAILED = "FAILED"


class CisTaskInfo(Model):
    """A task.

    Source: `#/components/schemas/Cis_Task_Info`
    """

    status: CisTaskStatus

    cancelable: bool

    error: StdErrorsError | None = None
