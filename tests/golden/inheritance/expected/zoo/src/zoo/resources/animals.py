"""`animals`: `/animals`"""

from __future__ import annotations

from .._runtime import Answer, AsyncResource, Body, Operation, Resource
from ..models.lion import Lion
from ..models.pet import Pet
from ..models.problem import Problem

_LIST_ANIMALS = Operation(
    name="animals.list_animals",
    method="GET",
    path="/animals",
    answers={"200": Answer(list[Pet])},
    security="none",
    safe=True,
)

_ADD_ANIMAL = Operation(
    name="animals.add_animal",
    method="POST",
    path="/animals",
    body=Body(Pet),
    answers={"201": Answer(Lion), "4XX": Answer(Problem)},
    security="none",
)


class Animals(Resource):
    """`/animals`"""

    def list_animals(self, *, timeout: float | None = None) -> list[Pet]:
        """List the animals.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            All of them.

        Raises:
            ApiError: Any other error the server reports.

        Source: `GET /animals`
        """
        answer: list[Pet] = self._transport.call(_LIST_ANIMALS, {}, timeout=timeout)
        return answer

    def add_animal(self, *, body: Pet, timeout: float | None = None) -> Lion:
        """Take an animal in.

        Args:
            body: Body of the request.
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The animal.

        Raises:
            ApiError: Any other error the server reports.
            OutcomeUnknown: The connection broke after the request may have been read.

        Source: `POST /animals`
        """
        answer: Lion = self._transport.call(_ADD_ANIMAL, {}, body=body, timeout=timeout)
        return answer


class AsyncAnimals(AsyncResource):
    """`/animals`"""

    async def list_animals(self, *, timeout: float | None = None) -> list[Pet]:
        """List the animals.

        Args:
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            All of them.

        Raises:
            ApiError: Any other error the server reports.

        Source: `GET /animals`
        """
        answer: list[Pet] = await self._transport.call(_LIST_ANIMALS, {}, timeout=timeout)
        return answer

    async def add_animal(self, *, body: Pet, timeout: float | None = None) -> Lion:
        """Take an animal in.

        Args:
            body: Body of the request.
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The animal.

        Raises:
            ApiError: Any other error the server reports.
            OutcomeUnknown: The connection broke after the request may have been read.

        Source: `POST /animals`
        """
        answer: Lion = await self._transport.call(_ADD_ANIMAL, {}, body=body, timeout=timeout)
        return answer
