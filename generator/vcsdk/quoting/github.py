"""Workflow commands of GitHub (`::error file=…::message`): "Workflow commands", and toolkit's `command.ts`."""

from __future__ import annotations

from collections.abc import Mapping

from vcsdk.quoting.terminal import escape


def command(name: str, properties: Mapping[str, object], message: str) -> str:
    """One command on a line of its own; ends with a line end."""
    said = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {said}::{_data(message)}\n"


def _data(text: str) -> str:
    # GitHub decodes these alone.
    return escape(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
