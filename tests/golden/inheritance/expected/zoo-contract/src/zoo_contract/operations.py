"""The operations of Zoo: where each is, and what it can do to a target."""

from __future__ import annotations

from ._suite.operations import Catalogue, Effect, Operation

CATALOGUE = Catalogue(
    prefix="",
    session_header="",
    error_schema="",
    error_statuses=(),
    operations=(
        Operation(
            name="animals.list_animals",
            operation_id="listAnimals",
            method="GET",
            path="/animals",
            query=(),
            pointer="#/paths/~1animals/get",
            effect=Effect.READ,
            secured=False,
            finite=True,
            bare=True,
        ),
        Operation(
            name="animals.add_animal",
            operation_id="addAnimal",
            method="POST",
            path="/animals",
            query=(),
            pointer="#/paths/~1animals/post",
            effect=Effect.WRITE,
            secured=False,
        ),
    ),
)
