"""Puts a result into its folder, whole or not at all."""

from __future__ import annotations

from pathlib import Path


def place(content: bytes, target: Path) -> Path:
    """Write a file, in place of one of that name; a run that is killed leaves the one before."""
    waiting = target.with_name(f".{target.name}.part")
    waiting.write_bytes(content)
    return waiting.replace(target)
