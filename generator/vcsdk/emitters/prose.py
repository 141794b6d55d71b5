"""Text of the description, arranged as docstrings."""

from __future__ import annotations

import functools
import re

from vcsdk.emitters.filters import reflow
from vcsdk.ir import Identifies, Lifespan, Place, Schema


def described(schema: Schema, note: str = "") -> str:
    """The docstring of a class: what it is, a note of ours, and where it comes from."""
    parts = [reflow(schema.description), note]
    if schema.deprecated:
        parts.append(f"{deprecated(schema.lifespan)}.")
    parts.append(source(schema.key, schema.lifespan))
    return "\n\n".join(part for part in parts if part)


def source(place: str, lifespan: Lifespan) -> str:
    """Where a thing is described, and since when it is there."""
    since = f", since version {lifespan.since}" if lifespan.since else ""
    return f"Source: `{one_line(place)}`{since}"


def deprecated(lifespan: Lifespan) -> str:
    """That a thing is deprecated, with the versions that are known; without a full stop."""
    since = f" since version {lifespan.deprecated_since}" if lifespan.deprecated_since else ""
    return f"Deprecated{since}" + (f", removed in {lifespan.removed_in}" if lifespan.removed_in else "")


def since(lifespan: Lifespan, whole: Lifespan) -> str:
    """Since when a part is there, where the whole was there before; "" where it came with it."""
    came_later = lifespan.is_newer_than(whole.since) if whole.since else bool(lifespan.since)
    return f"Since version {lifespan.since}." if came_later else ""


def identifies(fact: Identifies | None) -> str:
    """Whose identifiers a value holds, as a sentence; "" where that is not known."""
    if fact is None:
        return ""
    what = " or ".join(f"{'an' if name[:1] in 'AEIOUaeiou' else 'a'} `{name}`" for name in fact.types)
    if fact.place is Place.ITSELF:
        return f"Each is the identifier of {what}." if fact.many else f"Identifier of {what}."
    return f"The {fact.place} are each the identifier of {what}."


def with_facts(text: str, *facts: str) -> str:
    """A description and what is known beside it, behind its last sentence where it is one paragraph."""
    known = " ".join(fact for fact in facts if fact)
    if not text or not known:
        return text or known
    return f"{text}\n\n{known}" if "\n" in text else f"{closed(text)} {known}"


def one_line(text: str) -> str:
    """The text with every run of white space as one blank."""
    return " ".join(text.split())


def closed(text: str) -> str:
    """The text in one line, closed by a full stop unless it closes itself."""
    line = one_line(text)
    return line if not line or line[-1] in ".!?:`" else f"{line}."


@functools.lru_cache(maxsize=4096)
def split_sentence(text: str) -> tuple[str, str]:
    """The first sentence, closed and in one line, and what follows it."""
    first, _, rest = reflow(text).partition("\n")
    found = re.match(r"(.+?[.!?])\s+(?=[A-Z0-9`\"'])", first)
    if found is None or re.search(r"\b(e\.g|i\.e|etc|vs)\.$", found[1]):
        return closed(first), rest.strip("\n")
    return found[1], "\n".join(part for part in (first[found.end() :], rest) if part)


def sentence(text: str) -> str:
    """The first sentence of a text."""
    return split_sentence(text)[0]


def section(title: str, entries: list[str]) -> str:
    """A section of a Google-style docstring; "" if it has no entries.  Long entries wrap where they are laid out."""
    return "\n".join([f"{title}:", *(f"    {one_line(entry)}" for entry in entries)]) if entries else ""
