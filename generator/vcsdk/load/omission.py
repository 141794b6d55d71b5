"""A part of a description of which nothing is made."""

from __future__ import annotations

import msgspec

from vcsdk.diagnostics import Origin


class Omission(msgspec.Struct, frozen=True):
    """What was left out, and why.

    `kind` is `operation`, `schema`, `answer`, `mapping` or another word of `partial.units`; `name` what people call it
    (`PUT /lamps/{id}`, for an answer with its status before); `origin` where it was written.  `rule` and `reason` are
    those of the finding; where it only needs something that was left out, the rule is `left-out`.  `because` is where
    the reason stands.  `decided` is true where the configuration leaves it out.  `answers` counts the documented
    answers that go with it; `operation_id` is that of an operation.
    """

    kind: str
    name: str
    origin: Origin
    rule: str
    reason: str
    because: Origin
    decided: bool = False
    answers: int = 0
    operation_id: str = ""
