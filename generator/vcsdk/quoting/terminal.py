"""Text for terminals and logs, where a control character is obeyed and a bidirectional one turns what is read."""

from __future__ import annotations


def escape(text: str) -> str:
    """The text on one line, with every character that does not show written as Python escapes it."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def blank(text: str) -> str:
    """The text with a blank for every such character, so that what stands below a column still does."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
