"""The options that say what is read: descriptions by file or address, and what may be read beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from vcsdk.access import Access
from vcsdk.address import as_path


def _convert(_: Any, tokens: Sequence[Any]) -> Path:
    return as_path(tokens[0].value)


Description = Annotated[Path, Parameter(converter=_convert, n_tokens=1)]
"""A file, or an address on the network."""

AllowOutside = Annotated[list[Path] | None, Parameter("--allow-outside")]
CaBundle = Annotated[Path | None, Parameter("--ca-bundle")]


def access(allow_outside: Sequence[Path] | None, ca_bundle: Path | None, *, kept: bool = False) -> Access:
    """What these options say."""
    return Access(tuple(allow_outside or ()), ca_bundle, kept)
