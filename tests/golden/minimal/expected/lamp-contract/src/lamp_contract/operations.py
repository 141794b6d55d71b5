"""The operations of Lamp: where each is, and what it can do to a target."""

from __future__ import annotations

from ._suite.operations import Catalogue, Effect, Operation

CATALOGUE = Catalogue(
    prefix="/v1",
    session_header="",
    error_schema="",
    error_statuses=(),
    operations=(
        Operation(
            name="lamp.get_lamp",
            operation_id="getLamp",
            method="GET",
            path="/lamp",
            query=(),
            pointer="#/paths/~1lamp/get",
            effect=Effect.READ,
            secured=False,
            finite=True,
            bare=True,
        ),
    ),
)
