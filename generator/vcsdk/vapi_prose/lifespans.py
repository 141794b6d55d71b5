"""The versions that have a thing: `This property was added in __vSphere API 7.0.0.0__.`."""

from __future__ import annotations

import functools

from vcsdk.ir.lifespan import UNKNOWN, Lifespan
from vcsdk.vapi_prose.phrases import phrase, without

_VERSION = r"__vSphere API (\d+(?:\.\d+)*)__"
_ADDED = phrase(rf"This \w+ was added in {_VERSION}\.?")
_DEPRECATED = phrase(
    rf"This \w+ (?:is|was) deprecated (?:as of|in|since) {_VERSION}(?: and (?:was )?removed in {_VERSION})?\.?"
)
_OPTIONAL = phrase(r"This \w+ is optional because it was added in a newer version than its parent node\.?")


@functools.lru_cache(maxsize=16384)
def take_lifespan(text: str) -> tuple[str, Lifespan]:
    """The text without the sentences about versions, and what they say.

    "Optional because it was added in a newer version" goes where the version is known: it says no more.
    """
    if "__vSphere" not in text:
        return text, UNKNOWN
    since = deprecated_since = removed_in = ""
    if added := _ADDED.search(text):
        since, text = added[1], without(text, added)
    if ended := _DEPRECATED.search(text):
        deprecated_since, removed_in, text = ended[1], ended[2] or "", without(text, ended)
    if since and (reason := _OPTIONAL.search(text)):
        text = without(text, reason)
    return text.rstrip(), Lifespan(since, deprecated_since, removed_in)
