"""What a rule has to say of a change, and how it is recognised again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from vcsdk.diff.changes import Change
from vcsdk.diff.registry import Rule
from vcsdk.diff.scale import Severity
from vcsdk.diff.site import Site


@dataclass(frozen=True)
class Finding:
    """A change that a rule names; `message` is about `site`, without its name."""

    rule: Rule
    change: Change
    message: str

    @property
    def site(self) -> Site:
        """Where the change is."""
        return self.change.site

    @property
    def level(self) -> Severity:
        """How bad it is: its rule's level."""
        return self.rule.level

    @cached_property
    def fingerprint(self) -> str:
        """12 hex digits that stay as long as the same is said of the same place of the API, wherever it is written."""
        site = self.site
        parts = (self.rule.id, site.lasting, site.position.text, site.path, self.message)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @property
    def text(self) -> str:
        """Site and message in one line: "POST /vm: request body /name: is required now"."""
        return f"{self.site.text}: {self.message}" if self.site.text else self.message

    @cached_property
    def order(self) -> tuple[int, str, str, str, str, str]:
        """Worst first, then by place."""
        site = self.site
        return (self.level.rank, site.lasting, site.position.text, site.path, self.rule.id, self.message)
