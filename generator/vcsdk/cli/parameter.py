"""What a command's signature does not say of its parameters by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


class Parameter:
    """Stands beside a type in `Annotated`.

    Attributes:
        flags: How an option is spelled, the long form first; () for the parameter's own name.
        negative: The option that switches off what is on by default.
        required: Of any number of values at least one is needed.
        show_default: The help shows the default, because the text beside the parameter does not.
        read: What makes a path of a word, where that is not `Path` itself.
        least, most: Bounds of a number, both included.
    """

    def __init__(
        self,
        *flags: str,
        negative: str | None = None,
        required: bool = False,
        show_default: bool = False,
        read: Callable[[str], Path] | None = None,
        least: int | None = None,
        most: int | None = None,
    ) -> None:
        self.flags = flags
        self.negative = negative
        self.required = required
        self.show_default = show_default
        self.read = read
        self.least = least
        self.most = most
