"""The scales that rules are sorted by: how bad, what part of the API, which way a value travels, where it is told."""

from __future__ import annotations

import enum


class Severity(enum.StrEnum):
    """What a change does to callers, worst first.

    `breaking`: a caller that works today can stop working.  `risky`: some callers have to look.  `safe`: none has to.
    """

    BREAKING = "breaking"
    RISKY = "risky"
    SAFE = "safe"

    @property
    def rank(self) -> int:
        """0 for the worst; findings are sorted by it."""
        return _RANKS[self]

    def reaches(self, threshold: Severity) -> bool:
        """True if this is as bad as the threshold or worse."""
        return self.rank <= threshold.rank


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Area(enum.StrEnum):
    """The part of an API that a rule looks at."""

    API = "api"
    OPERATIONS = "operations"
    TASKS = "tasks"
    PARAMETERS = "parameters"
    BODY = "body"
    RESPONSES = "responses"
    SCHEMA = "schema"
    ERRORS = "errors"
    SECURITY = "security"
    SURFACE = "surface"


class Section(enum.StrEnum):
    """The sections of a changelog's entry, in the order of "Keep a Changelog" 1.1.0."""

    ADDED = "Added"
    CHANGED = "Changed"
    DEPRECATED = "Deprecated"
    REMOVED = "Removed"


class Direction(enum.Flag):
    """Which way a value travels: the same change can be safe one way and breaking the other."""

    NONE = 0
    PARAMETER = enum.auto()
    REQUEST = enum.auto()
    RESPONSE = enum.auto()
    ERROR = enum.auto()

    @property
    def text(self) -> str:
        """As tables show it: "request", "response and error", "-"."""
        names = [(member.name or "").lower() for member in Direction if member in self]
        return " and ".join(names) or "-"
