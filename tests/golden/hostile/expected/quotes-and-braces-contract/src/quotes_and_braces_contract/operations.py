"""The operations of Quotes ''' \"\"\" and {{ braces }}: where each is, and what it can do to a target."""

from __future__ import annotations

from ._suite.operations import Catalogue, Effect, Operation

CATALOGUE = Catalogue(
    prefix="",
    session_header="",
    error_schema="",
    error_statuses=(),
    operations=(
        Operation(
            name="class_.import_",
            operation_id="import",
            method="GET",
            path="/class/{import}",
            query=(),
            pointer="#/paths/~1class~1{import}/get",
            effect=Effect.READ,
            secured=False,
        ),
    ),
)
