"""How a set phrase is found in a text, and how a text is closed where one was taken out."""

from __future__ import annotations

import functools
import re

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`*])")
_SHORTEST = 16
"""Characters of a sentence that says something: shorter ones may be halves of one ("e.g. A")."""


def phrase(words: str) -> re.Pattern[str]:
    """A pattern in which a blank is any white space; VMware breaks lines within its phrases."""
    return re.compile(words.replace(" ", r"\s+"), re.DOTALL)


def without(text: str, found: re.Match[str], instead: str = "") -> str:
    """The text without a match (with something instead), the sentence before it closed."""
    before, after = text[: found.start()].rstrip(), text[found.end() :]
    if before and before[-1] not in ".!?:;,":
        before += "."
    if instead:
        before = f"{before} {instead}" if before else instead
    return before + after if before else after.lstrip()


@functools.lru_cache(maxsize=4096)
def told_once(text: str) -> str:
    """The text without the sentences that it has said already."""
    halves = [half.strip() for half in text.split(".")]
    if len(set(halves)) == len(halves):
        return text
    ends = [*_SENTENCE.finditer(text), None]
    said: set[str] = set()
    kept, start = "", 0
    for end in ends:
        sentence = text[start : end.start() if end else len(text)]
        if sentence in said and len(sentence) >= _SHORTEST:
            kept = kept.rstrip()
        else:
            kept += sentence
        if end is not None:
            kept += end[0]
            start = end.end()
        said.add(sentence)
    return kept.rstrip()
