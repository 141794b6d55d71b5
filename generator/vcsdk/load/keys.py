"""Keys of a document that were not written as text."""

from __future__ import annotations


class UnquotedKey(str):
    """A status among `responses` that YAML reads as a number (`200:`); equal to its text."""

    __slots__ = ()
