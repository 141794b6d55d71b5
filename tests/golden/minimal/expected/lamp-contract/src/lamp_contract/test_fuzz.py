"""Generated requests for every operation: what nobody thought of writing down.

Only operations that change nothing are called, others when they are named with `--allow`; `--seed` and
`--fuzz-examples` choose the requests.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._suite import fuzz
from .operations import CATALOGUE

if TYPE_CHECKING:
    from schemathesis import Case

    from ._suite.run import Run

schema: Any = fuzz.schema(Path(__file__).with_name("openapi.json"), CATALOGUE)


@schema.parametrize()  # type: ignore[untyped-decorator]
def test_generated_requests_are_answered_as_documented(case: Case[Any], run: Run) -> None:
    fuzz.send(case, run)
