"""Reads the descriptions to compare.

A vendor's old file cannot be mended any more, and one schema that is missing in it should not hide what else changed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from vcsdk.access import Access
from vcsdk.diagnostics import Diagnostics, Level
from vcsdk.load import Document
from vcsdk.load.walk import walk
from vcsdk.naming import Record
from vcsdk.pipeline import Described, read_api


def read(
    path: Path,
    config: Path | None,
    *,
    use_config: bool,
    overlays: Sequence[Path],
    diagnostics: Diagnostics,
    partial: bool = False,
    without: Collection[tuple[str, str]] = (),
    access: Access = Access(),  # noqa: B008  frozen
    record: Record | None = None,
) -> Described:
    """As `read_api`, except that a reference to a schema that does not exist is a warning and stands for any value.

    Raises:
        InputError: The description or its configuration cannot be used.
    """
    return read_api(
        path,
        config,
        use_config=use_config,
        overlays=overlays,
        diagnostics=diagnostics,
        tolerate=allow_missing_schemas,
        partial=partial,
        without=without,
        access=access,
        record=record,
    )


def allow_missing_schemas(document: Document, diagnostics: Diagnostics) -> None:
    """Make each `$ref` that leads to no schema a schema without a type, with a warning `dangling-ref`."""
    for reference in walk(document.data, is_31=document.is_31).references:
        if reference.kind != "schema" or not reference.target.startswith("#"):
            continue
        try:
            document.resolve(reference.target)
        except KeyError:
            target = document.as_written(reference.target)
            message = f"`{target}` does not exist; compared as any value"
            place = f"{reference.pointer}/$ref"
            diagnostics.add(document.diagnose(Level.WARNING, "dangling-ref", message, place))
            del reference.node["$ref"]
