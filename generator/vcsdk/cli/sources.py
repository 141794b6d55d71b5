"""The options that say what is read: descriptions by file or address, and what may be read beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from vcsdk.access import Access
from vcsdk.address import as_path
from vcsdk.cli.parameter import Parameter

Description = Annotated[Path, Parameter(read=as_path)]
"""A file, or an address on the network."""

AllowOutside = Annotated[list[Path] | None, Parameter("--allow-outside")]
CaBundle = Annotated[Path | None, Parameter("--ca-bundle")]


def access(allow_outside: Sequence[Path] | None, ca_bundle: Path | None, *, kept: bool = False) -> Access:
    """What these options say."""
    return Access(tuple(allow_outside or ()), ca_bundle, kept)
