"""What the readers of YAML and JSON raise on a text that they refuse."""

from __future__ import annotations


class DuplicateKeyError(Exception):
    """Somewhere in the text a key stands twice in one object."""


class ConstantError(ValueError):
    """What JSON has no word for stands where a value is: `NaN`, `Infinity`, `-Infinity`."""


class NotYamlError(Exception):
    """The text is not YAML, or not what is read of it: why, and the offset of the character where it shows."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
