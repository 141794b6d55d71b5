"""A breach of the contract, with what tells it from others."""

from __future__ import annotations


class Finding(AssertionError):
    """Raised by a check.

    `check` is the check's id.  `operation` names the operation that broke it, "" for the one the test is about.  `path`
    is a JSON path or the name of a header ("" where neither applies), `observed` the shape of what was seen
    instead of its value ("type: null", "status 500"), so that the same breach looks the same in every run.
    """

    def __init__(self, check: str, message: str, *, operation: str = "", path: str = "", observed: str = "") -> None:
        super().__init__(message)
        self.check = check
        self.operation = operation
        self.path = path
        self.observed = observed
