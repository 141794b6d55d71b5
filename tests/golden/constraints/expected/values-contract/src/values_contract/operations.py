"""The operations of Values: where each is, and what it can do to a target."""

from __future__ import annotations

from ._suite.operations import Catalogue, Effect, Operation
from ._suite.undo import Undo

CATALOGUE = Catalogue(
    prefix="",
    session_header="",
    error_schema="",
    undoings=(Undo(change="values.put_value", made_up=True),),
    error_statuses=(),
    operations=(
        Operation(
            name="values.put_value",
            operation_id="putValue",
            method="PUT",
            path="/values/{key}",
            query=(),
            pointer="#/paths/~1values~1{key}/put",
            effect=Effect.WRITE,
            secured=False,
        ),
    ),
)
