"""What a command line of `vcsdk generate` asks for."""

from __future__ import annotations

from pathlib import Path

import msgspec


class Request(msgspec.Struct, frozen=True):
    """The words of the command line; `started` is the `time.perf_counter()` moment of the run's beginning."""

    description: Path
    output: Path
    config: Path | None
    use_config: bool
    overlays: tuple[Path, ...]
    flavor: str | None
    report_file: Path | None
    json: bool
    quiet: bool
    started: float

    @property
    def words(self) -> list[str]:
        """What decides the result besides files."""
        overlays = [str(path) for path in self.overlays]
        return ["generate", str(self.description), str(self.config), str(self.use_config), *overlays]
