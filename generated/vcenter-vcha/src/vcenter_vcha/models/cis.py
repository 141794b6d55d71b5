"""Data types: cis."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import UNSET, UnsetType

from .._runtime import Model, OpenEnum
from .std import StdDynamicID, StdErrorsError, StdLocalizableMessage


class CisSessionInfo(Model):
    """Whose session it is and how long it has been used.

    Source: `#/components/schemas/Cis_Session_Info`
    """

    user: str
    """The user the session belongs to."""

    created_time: datetime
    """When the session was made."""

    last_accessed_time: datetime
    """When the session was last used."""


class CisTaskStatus(OpenEnum):
    """Where a task is in its life.

    Source: `#/components/schemas/Cis_Task_Status`
    """

    PENDING = "PENDING"
    """It has not begun yet."""

    RUNNING = "RUNNING"
    """It is under way."""

    BLOCKED = "BLOCKED"
    """It waits for something else."""

    SUCCEEDED = "SUCCEEDED"
    """It ended and did what it should."""

    FAILED = "FAILED"
    """It ended without success; the error says why."""


class CisTaskProgress(Model):
    """How far a task is.

    Source: `#/components/schemas/Cis_Task_Progress`
    """

    total: int
    """The number of units of work, often 100."""

    completed: int
    """The units done; never decreases."""

    message: StdLocalizableMessage
    """What is being done now."""


class CisTaskInfo(Model):
    """An operation that runs, or ran, in the background.

    Source: `#/components/schemas/Cis_Task_Info`
    """

    description: StdLocalizableMessage
    """What the task does, for people."""

    service: str
    """The service that the operation belongs to."""

    operation: str
    """The operation that started the task."""

    parent: str | None = None
    """The task that started this one, if one did."""

    target: StdDynamicID | None = None
    """The object that the operation works on."""

    status: CisTaskStatus

    cancelable: bool
    """Whether cancelling is possible."""

    progress: CisTaskProgress | None = None
    """How far the task is; meaningful once it is RUNNING."""

    result: Any | UnsetType = UNSET
    """What the operation returned; its form is that of the operation."""

    error: StdErrorsError | None = None
    """Why the task failed; only when it is FAILED."""

    start_time: datetime | None = None
    """When the task began to run."""

    end_time: datetime | None = None
    """When the task ended; only when it is SUCCEEDED or FAILED."""

    user: str | None = None
    """Who started the task."""
