"""Tells which modules of a package an earlier run tried, so that only what has changed since is tried again.

A module is as usable as it was while its text is the same, and that of each module it imports, however far: it is kept
under a digest of them all, and of what it runs in.  Of a run that found anything nothing is kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from vcsdk import cache
from vcsdk.emitters.closed import SIZE, closed

_IMPORT = re.compile(r"from (\.+)([\w.]*) import ")
"""Found in prose too: a module may seem to import what it does not, never the other way round."""


class Tried:
    """What is to be tried of a package, and what an earlier run has tried of it."""

    def __init__(self, name: str, texts: Mapping[str, str]) -> None:
        """Look up the modules of a package.

        Args:
            name: Under which is kept what was made of this description (`reuse.kept_under`).
            texts: As `usable.of_texts` takes them.
        """
        self._name = f"{name}.tried"
        self._texts = texts
        self._leads = {module: [*dict.fromkeys(_imported(module, texts))] for module in texts}
        self._digests = _digests(texts, self._leads)
        self._known = _recall(self._name)

    @property
    def anew(self) -> list[str]:
        """The modules that were not tried as they are now, in the order of the texts."""
        return [module for module in self._texts if self._digests[module] not in self._known]

    @property
    def needed(self) -> dict[str, str]:
        """The texts of those and of all that they import, the packages around them included."""
        needed = {module for module in self._texts if module.rpartition(".")[2] in ("", "__init__")}
        left = [*needed, *self.anew]
        needed.update(left)
        while left:
            found = set(self._leads[left.pop()]) - needed
            needed |= found
            left += found
        return {module: text for module, text in self._texts.items() if module in needed}

    def remember(self) -> None:
        """Keep that all of them can be used."""
        found = frozenset(self._digests.values())
        if found != self._known:
            cache.write(self._name, msgspec.msgpack.encode(sorted(found)))


def _recall(name: str) -> frozenset[bytes]:
    try:
        return msgspec.msgpack.decode(cache.read(name) or b"\x90", type=frozenset[bytes])
    except msgspec.MsgspecError:
        return frozenset()


def _digests(texts: Mapping[str, str], leads: Mapping[str, Sequence[str]]) -> dict[str, bytes]:
    # The runtime that the modules import is the toolkit's own, and stands under its digest.
    inside = hashlib.sha256(f"{cache.toolkit()} {msgspec.__version__}".encode()).digest()
    own = {
        name: hashlib.blake2b(text.encode(errors="surrogatepass"), key=inside, digest_size=SIZE).digest()
        for name, text in texts.items()
    }
    return closed(own, leads)


def _imported(name: str, texts: Mapping[str, str]) -> Iterator[str]:
    """The modules of the package that one names in its imports, those for type checkers included."""
    package = [*name.split(".")[:-1]] if name else []
    for dots, tail in _IMPORT.findall(texts[name]):
        above = package[: len(package) + 1 - len(dots)]
        if not tail:
            # `from . import a, b`: whatever is there may be meant.
            below = ".".join(above)
            yield from (each for each in texts if each.rpartition(".")[0].startswith(below) and each != name)
            continue
        target = ".".join([*above, tail])
        yield from (each for each in (target, f"{target}.__init__") if each in texts)
