"""Where a change is."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace

from vcsdk.diagnostics import Origin
from vcsdk.diff.scale import Direction
from vcsdk.ir import In


class Part(enum.StrEnum):
    """What a position is, in the word that messages use."""

    WHOLE = ""
    PARAMETER = "parameter"
    BODY = "request body"
    RESPONSE = "response"
    HEADER = "header"
    ERROR = "error"
    SCHEME = "security scheme"


@dataclass(frozen=True, slots=True)
class Position:
    """A part of an operation, of the API as a whole, or of a Python method.

    `name` is that of a parameter, a header or a security scheme, None for other parts.  `location` is where a parameter
    travels, None for one of a method; `status` is that of a response, also for its headers.
    """

    part: Part = Part.WHOLE
    name: str | None = None
    location: In | None = None
    status: str = ""

    @property
    def text(self) -> str:
        """As messages name it: "request body", "response 200 header `etag`", "query parameter `names`"."""
        words = [self.location or "", self.part.value]
        if self.status:
            words = ["response", self.status, "header" if self.part is Part.HEADER else ""]
        if self.name is not None:
            words.append(f"`{self.name}`")
        return " ".join(word for word in words if word)


WHOLE = Position()
"""No part of it alone."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where a change is.

    `operation` is a request line ("GET /vcenter/vm/{vm}"), "" for the API as a whole; `identity` the same with the
    names of path parameters left out, which stays when they are renamed.  `position` is the part of the operation.
    `path` leads into a schema: "/nics/[]/mac", where `[]` is an item, `{}` a value of a map and `<x>` a member of a
    union.  `schema` is set where a change is told once for all operations that share a schema, `symbol` where it is of
    a Python name.  `holder` names the component that holds the change, "" where it is in none, and `within` leads on
    from there, as `path` does.  `old` and `new` are the places in both files, where there are any.
    """

    operation: str = ""
    identity: str = ""
    position: Position = WHOLE
    path: str = ""
    schema: str = ""
    symbol: str = ""
    holder: str = ""
    within: str = ""
    direction: Direction = Direction.NONE
    old: Origin | None = None
    new: Origin | None = None

    def at(self, old: Origin | None, new: Origin | None) -> Site:
        """The same with these places; a None leaves the place as it is."""
        return replace(self, old=old or self.old, new=new or self.new)

    @property
    def text(self) -> str:
        """What stands before a message: "POST /vm: request body /name"."""
        where = " ".join(part for part in (self.position.text, self.path) if part)
        return ": ".join(part for part in (self.subject, where) if part)

    @property
    def subject(self) -> str:
        """What the change is about: an operation, a schema or a Python name; "" for the API as a whole."""
        return self.operation or self.schema or self.symbol

    @property
    def lasting(self) -> str:
        """The subject under the name that it keeps when path parameters are renamed."""
        return self.identity or self.schema or self.symbol
