"""A history as text, JSON or a page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from vcsdk.contract.history import CELLS, History
from vcsdk.contract.page import page
from vcsdk.contract.sentence import headline

_MARKS = dict(zip(CELLS, ("x", "k", ".", " "), strict=True))
_SYMBOLS = dict(zip(CELLS, ("✕", "!", "✓", "○"), strict=True))


def sentence(made: History) -> str:
    """One line such as `3 builds: 2 findings in the last one, 1 of them new, 4 fixed.` for people."""
    builds = f"{len(made.builds):,} {'build' if len(made.builds) == 1 else 'builds'}"
    now = [row for row in made.rows if row.state in ("new", "broken")]
    fresh, fixed = (sum(row.state == state for row in made.rows) for state in ("new", "fixed"))
    findings = f"{len(now):,} {'finding' if len(now) == 1 else 'findings'}"
    return f"{builds}: {findings} in the last one, {fresh:,} of them new; {fixed:,} fixed."


def text(made: History) -> str:
    """A row a finding and a sign a build, the oldest on the left; then the sentence."""
    return "\n".join([*_lines(made), sentence(made)]) + "\n"


def _lines(made: History) -> Iterator[str]:
    for number, build in enumerate(made.builds, 1):
        yield f"{number:>3}  {build.started.replace('T', ' ').replace('+00:00', ' UTC')}  {build.name}: {build.verdict}"
    yield ""
    for row in made.rows:
        marks = "".join(_MARKS[cell] for cell in row.cells)
        first = f"since build {row.first + 1}"
        since = first if row.state in ("new", "broken") else f"last seen in build {row.last + 1}"
        yield f"[{marks}]  {row.fingerprint}  {row.finding['severity']}, {row.state}, {since}: {headline(row.finding)}"
    if made.rows:
        signs = ", ".join(f"`{_MARKS[cell]}` {cell}" for cell in CELLS)
        yield f"Signs: {signs}."
        yield ""


def as_json(made: History) -> str:
    """`History.as_dict` as JSON."""
    return json.dumps(made.as_dict(), indent=2, ensure_ascii=False) + "\n"


def html(made: History) -> str:
    """One self-contained page."""
    return page("history.html.jinja", title="Contract history", history=made, sentence=sentence(made), symbols=_SYMBOLS)


FORMATS: dict[str, Callable[[History], str]] = {"text": text, "json": as_json, "html": html}
