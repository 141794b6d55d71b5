"""What came of mutants as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.contract.mutants.trying import Mutation, Tried


def line(row: Tried) -> str:
    """One row for a terminal."""
    word = ("caught" if row.caught else "MISSED") if row.matters else "other"
    told = ", ".join(row.checks[:2]) or row.trouble.partition("\n")[0] or ("holds" if row.touched else "never at work")
    return f"{word:<7}{row.mutant}  {row.seconds:.1f} s  {row.differs or 'nothing promised'}  {told}"


def closing(result: Mutation) -> Iterator[str]:
    """The kinds, what was missed, and last how many of those that matter were caught."""
    rows = result.kinds()
    width = max((len(kind) for kind in rows), default=4)
    yield f"{'kind':<{width}}  drawn  matter  missed"
    for kind, (drawn, matter, missed) in rows.items():
        yield f"{kind:<{width}}  {drawn:>5}  {matter:>6}  {missed:>6}"
    for row in result.matter:
        if not row.caught:
            yield f"missed: {row.mutant} ({row.differs})"
    others = [row for row in result.rows if not row.matters]
    idle = sum(not row.touched for row in others)
    stopped = sum(row.stopped for row in result.caught)
    yield (
        f"{len(result.caught)} of {len(result.matter)} mutants that matter were caught ({result.share:.1%}), "
        f"{stopped} of them by a run that could not be made; {len(others)} others, {idle} of them never at work; "
        f"without a mutant: {', '.join(result.clean) or 'nothing found'}"
    )
