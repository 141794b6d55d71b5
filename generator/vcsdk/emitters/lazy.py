"""Packages that import what they offer when it is first used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from vcsdk.emitters.filters import identifier
from vcsdk.emitters.imports import member_order, module_order
from vcsdk.emitters.render import render


def package(doc: str, exports: Iterable[tuple[str, str]], *, submodules: Sequence[str] = (), version: str = "") -> str:
    """The text of an `__init__.py`; `exports` are names and the modules, below the package, that define them."""
    homes = sorted(exports, key=lambda row: member_order(row[0]))
    groups: dict[str, list[str]] = defaultdict(list)
    for name, module in homes:
        groups[module].append(identifier(name))
    extra = ["__version__"] if version else []
    return render(
        "client/package.py.jinja",
        doc=doc,
        groups=sorted(groups.items(), key=lambda group: module_order(f".{group[0]}")),
        modules=homes,
        names=sorted([*extra, *submodules, *(name for name, _ in homes)], key=member_order),
        submodules=list(submodules),
        version=version,
    )
