"""The option `--since`: what an older server lacks."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from vcsdk.cli.failure import clean
from vcsdk.cli.style import Style, plural
from vcsdk.ir.lifespan import release
from vcsdk.ir.since import Newer, Part

_MANY = {Part.CLASS: "classes"}


def is_version(text: str) -> bool:
    """False, told on standard error, for what cannot be compared with versions."""
    try:
        release(text)
    except ValueError as error:
        sys.stderr.write(f"error: --since: {clean(str(error))}\n")
        return False
    return True


def render(found: Sequence[Newer], version: str) -> str:
    """The list for people, with the counts at its end."""
    if not found:
        return f"Nothing says that it is newer than {version}.\n"
    width = max(len(newer.name) for newer in found)
    lines = [Style(sys.stdout)(f"Newer than {version}", "bold")]
    lines += [f"  {n.part:<9}  {n.since:<11}  {n.name:<{width}}  {clean(n.wire)}" for n in found]
    counts = Counter(newer.part for newer in found)
    said = ", ".join(plural(counts[part], part, _MANY.get(part)) for part in Part if counts[part])
    return "\n".join([*lines, "", f"{said}.", ""])


def as_dicts(found: Sequence[Newer]) -> list[dict[str, str]]:
    """The list for programs."""
    return [{"part": n.part.value, "name": n.name, "wire": n.wire, "since": n.since} for n in found]
