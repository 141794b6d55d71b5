"""What a command line of `vcsdk generate` asks for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from vcsdk.access import Access
from vcsdk.address import shown


class Request(msgspec.Struct, frozen=True):
    """The words of the command line; `started` is the `time.perf_counter()` moment of the run's beginning."""

    descriptions: tuple[Path, ...]
    output: Path
    config: Path | None
    use_config: bool
    overlays: tuple[Path, ...]
    flavor: str | None
    report_file: Path | None
    json: bool
    quiet: bool
    partial: bool
    access: Access
    fail_on: str | None
    started: float

    @property
    def words(self) -> list[str]:
        """What decides the result besides files."""
        overlays = [str(path) for path in self.overlays]
        named = [str(path) for path in self.descriptions]
        return [
            "generate",
            *named,
            "",
            str(self.config),
            str(self.use_config),
            str(self.partial),
            repr(self.access),
            *overlays,
        ]

    def fails_on(self, untyped: Mapping[str, int]) -> bool:
        """Whether places that may be anything are a failure."""
        return self.fail_on == "untyped" and bool(untyped)

    @property
    def shown(self) -> str | None:
        """What `vcsdk lint` takes for the same findings; None where a command line alone makes the set."""
        return shown(self.descriptions[0]) if len(self.descriptions) == 1 else None
