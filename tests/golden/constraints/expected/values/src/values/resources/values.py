"""`values`: `/values/{key}`"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from .._runtime import Answer, AsyncResource, Body, Operation, Parameter, Resource, Secret, deprecated
from .._runtime import hidden as _hidden
from ..models.colour import Colour
from ..models.level import Level
from ..models.value import Value, ValueShade

_PUT_VALUE = Operation(
    name="values.put_value",
    method="PUT",
    path="/values/{key}",
    parameters=(
        Parameter(
            "key",
            "key",
            "path",
            required=True,
            type=Annotated[str, Meta(min_length=1, max_length=8, pattern="^[a-z]+$")],
        ),
        Parameter("tags", "tags", "query", style="pipeDelimited", type=Annotated[list[str], Meta(max_length=3)]),
        Parameter("filter", "filter", "query", style="deepObject", type=dict[str, str]),
        Parameter("level", "level", "query", type=Level),
        Parameter("trace", "trace", "cookie", type=UUID),
    ),
    body=Body(Value),
    answers={"200": Answer(Value), "204": Answer()},
    security="none",
)


class Values(Resource):
    """`/values/{key}`"""

    @deprecated("`values.put_value`: deprecated.")
    def put_value(
        self,
        key: str,
        *,
        count: int,
        colour: Colour | Literal["red", "dark-blue", "007", "RED"],
        tags: list[str] | None = None,
        filter: dict[str, str] | None = None,
        level: Level | Literal[1, 2, 3] | None = None,
        trace: UUID | str | None = None,
        ratio: float | None = None,
        shade: ValueShade | Literal["light", "dark"] | None = None,
        body_level: Level | Literal[1, 2, 3] | None = None,
        at: datetime | None = None,
        day: date | None = None,
        lasts: timedelta | str | None = None,
        id: UUID | str | None = None,
        blob: bytes | None = None,
        secret: Secret | str | None = None,
        note: str | None | UnsetType = UNSET,
        extra: dict[str, int] | None = None,
        anything: Any | UnsetType = UNSET,
        old: bool | None = None,
        timeout: float | None = None,
    ) -> Value | None:
        """Keep a value.  **Deprecated.**

        Args:
            key: Path of the request (`key`).
            count: Body of the request (`count`).
            colour: Body of the request (`colour`).
            tags: Query of the request (`tags`).
            filter: Query of the request (`filter`).
            level: Query of the request (`level`).
            trace: Cookie of the request (`trace`).
            ratio: Body of the request (`ratio`).
            shade: Body of the request (`shade`). The server takes 'light' where this is absent.
            body_level: Body of the request (`level`).
            at: Body of the request (`at`).
            day: Body of the request (`day`).
            lasts: Body of the request (`lasts`).
            id: Body of the request (`id`).
            blob: Body of the request (`blob`).
            secret: Body of the request (`secret`).
            note: Body of the request (`note`).
            extra: Body of the request (`extra`).
            anything: Body of the request (`anything`).
            old: Body of the request (`old`). Deprecated.
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            What is kept.

        Raises:
            ApiError: Any other error the server reports.
            OutcomeUnknown: The connection broke after the request may have been read.

        Source: `PUT /values/{key}`
        """
        secret = _hidden(secret)
        answer: Value | None = self._transport.call(
            _PUT_VALUE,
            {"key": key, "tags": tags, "filter": filter, "level": level, "trace": trace},
            body=Value(
                count=count,
                ratio=ratio,
                colour=cast("Colour", colour),
                shade=cast("ValueShade | None", shade),
                level=cast("Level | None", body_level),
                at=at,
                day=day,
                lasts=lasts,
                id=cast("UUID | None", id),
                blob=blob,
                secret=cast("Secret | None", secret),
                note=note,
                extra=extra,
                anything=anything,
                old=old,
            ),
            timeout=timeout,
        )
        return answer


class AsyncValues(AsyncResource):
    """`/values/{key}`"""

    @deprecated("`values.put_value`: deprecated.")
    async def put_value(
        self,
        key: str,
        *,
        count: int,
        colour: Colour | Literal["red", "dark-blue", "007", "RED"],
        tags: list[str] | None = None,
        filter: dict[str, str] | None = None,
        level: Level | Literal[1, 2, 3] | None = None,
        trace: UUID | str | None = None,
        ratio: float | None = None,
        shade: ValueShade | Literal["light", "dark"] | None = None,
        body_level: Level | Literal[1, 2, 3] | None = None,
        at: datetime | None = None,
        day: date | None = None,
        lasts: timedelta | str | None = None,
        id: UUID | str | None = None,
        blob: bytes | None = None,
        secret: Secret | str | None = None,
        note: str | None | UnsetType = UNSET,
        extra: dict[str, int] | None = None,
        anything: Any | UnsetType = UNSET,
        old: bool | None = None,
        timeout: float | None = None,
    ) -> Value | None:
        """Keep a value.  **Deprecated.**

        Args:
            key: Path of the request (`key`).
            count: Body of the request (`count`).
            colour: Body of the request (`colour`).
            tags: Query of the request (`tags`).
            filter: Query of the request (`filter`).
            level: Query of the request (`level`).
            trace: Cookie of the request (`trace`).
            ratio: Body of the request (`ratio`).
            shade: Body of the request (`shade`). The server takes 'light' where this is absent.
            body_level: Body of the request (`level`).
            at: Body of the request (`at`).
            day: Body of the request (`day`).
            lasts: Body of the request (`lasts`).
            id: Body of the request (`id`).
            blob: Body of the request (`blob`).
            secret: Body of the request (`secret`).
            note: Body of the request (`note`).
            extra: Body of the request (`extra`).
            anything: Body of the request (`anything`).
            old: Body of the request (`old`). Deprecated.
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            What is kept.

        Raises:
            ApiError: Any other error the server reports.
            OutcomeUnknown: The connection broke after the request may have been read.

        Source: `PUT /values/{key}`
        """
        secret = _hidden(secret)
        answer: Value | None = await self._transport.call(
            _PUT_VALUE,
            {"key": key, "tags": tags, "filter": filter, "level": level, "trace": trace},
            body=Value(
                count=count,
                ratio=ratio,
                colour=cast("Colour", colour),
                shade=cast("ValueShade | None", shade),
                level=cast("Level | None", body_level),
                at=at,
                day=day,
                lasts=lasts,
                id=cast("UUID | None", id),
                blob=blob,
                secret=cast("Secret | None", secret),
                note=note,
                extra=extra,
                anything=anything,
                old=old,
            ),
            timeout=timeout,
        )
        return answer
