"""One request on its way through the server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from vcsdk.ir import Operation, SecurityScheme
from vcsdk.ir.listing import Listing
from vcsdk.simulator.messages import DEFAULT_LANGUAGE
from vcsdk.simulator.routing import Target
from vcsdk.simulator.sessions import Caller


@dataclass(slots=True)
class Call:
    """What is known of a request so far.

    `headers` have lower-case names.  `behaviour` is the key of the stateful behaviour that serves it ("vcha.failover"),
    "" for an operation that is answered from the description alone; `success_schema` is its flattened schema.
    `carried_out` does what a task that the call starts is for, once that ends well, and gives its result (`...` for
    none).  `schemes` are the description's ways to authenticate.
    `listing` is the list that is answered, and `shift` by how many items each page but the first is out of place;
    with `leads_nowhere` no page leads to the next one.
    """

    target: Target
    headers: Mapping[str, str] = field(repr=False)
    raw_body: bytes = field(repr=False)
    language: str = DEFAULT_LANGUAGE
    operation: Operation | None = None
    path_values: Mapping[str, str] = field(default_factory=dict)
    behaviour: str = ""
    success_schema: Mapping[str, Any] = field(default_factory=dict)
    schemes: Mapping[str, SecurityScheme] = field(default_factory=dict, repr=False)
    caller: Caller | None = None
    parameters: dict[str, Any] = field(default_factory=dict)
    listing: Listing | None = None
    shift: int = 0
    leads_nowhere: bool = False
    body: Any = None
    carried_out: Callable[[], Any] | None = field(default=None, repr=False)

    def body_field(self, name: str) -> Any:
        """A member of the body; None where it has none or the body is no object."""
        return self.body.get(name) if isinstance(self.body, dict) else None
