"""Which statuses refuse what a request says: those that its operation documents for that."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from vcsdk.copied.suite.refusals import NOT_OF_CONTENT, USUAL
from vcsdk.ir import Api, Operation

_RANGES = frozenset(("4XX", "default"))


class Refusal(msgspec.Struct, frozen=True):
    """Statuses; with `any_other` also every other client error that can be about what a request says."""

    statuses: tuple[int, ...]
    any_other: bool = False

    @property
    def text(self) -> str:
        """As a test writes it: `400`, `(400, 422)`, `ANY_REFUSAL`, `(*ANY_REFUSAL, 404)`."""
        if not self.any_other and len(self.statuses) == 1:
            return str(self.statuses[0])
        if self.any_other and not self.statuses:
            return "ANY_REFUSAL"
        return f"({', '.join([*(['*ANY_REFUSAL'] if self.any_other else []), *map(str, self.statuses)])})"

    def also(self, *statuses: int) -> Refusal:
        """These, too."""
        fresh = (s for s in statuses if not (self.any_other and s not in NOT_OF_CONTENT))
        return Refusal(tuple(sorted({*self.statuses, *fresh})), self.any_other)


def refusal_of(api: Api, operation: Operation) -> Refusal:
    """What an operation answers to a request that does not fit its description.

    The conventions of VMware's APIs are stricter than what their descriptions say: 400.  Elsewhere it is what is
    documented; where that is nothing that can be meant, what frameworks answer.
    """
    if api.profile == "vapi":
        return Refusal((400,))
    documented = {response.status for response in operation.responses}
    if documented & _RANGES:
        return Refusal((), any_other=True)
    said = tuple(sorted(int(s) for s in documented if s.isdecimal() and s[0] == "4" and int(s) not in NOT_OF_CONTENT))
    return Refusal(said if _means_content(said) else tuple(sorted({*said, *USUAL})))


def _means_content(statuses: Collection[int]) -> bool:
    # A conflict alone (409), or a limit of calls (429), does not say how a wrong body is refused.
    return not {*USUAL}.isdisjoint(statuses)
