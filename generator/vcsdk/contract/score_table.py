"""The score as a person reads it: lines for a terminal, a table in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vcsdk.contract.score import Row, Score


def line(row: Row) -> str:
    """One row for a terminal."""
    word = ("caught" if row.planted else "clean") if row.right else ("MISSED" if row.planted else "FINDING")
    checks = ", ".join(row.checks[:3]) + (f" and {len(row.checks) - 3} more" if len(row.checks) > 3 else "")
    told = checks or row.trouble.partition("\n")[0] or row.verdict
    return f"{word:<8}{row.trial:<34}{row.seconds:>6.1f} s  {told}"


def closing(score: Score) -> str:
    """The last line."""
    clean = [row for row in score.rows if not row.planted]
    quiet = sum(row.right for row in clean)
    seconds = sum(row.seconds for row in score.rows)
    unseen = (
        f"; not planted, for only an account without the privilege sees them: {', '.join(score.left_out)}"
        if score.left_out
        else ""
    )
    return (
        f"{score.caught} of {score.planted} faults caught, {quiet} of {len(clean)} runs without a fault had no finding "
        f"({seconds:.0f} s of runs, {sum(row.requests for row in score.rows)} requests){unseen}"
    )


def markdown(score: Score, beside: Mapping[str, str] | None = None, title: str = "") -> Iterator[str]:
    """The table; `beside` gives a further column by fault, under `title`."""
    further = beside is not None
    yield "| fault | what is broken | caught by | seconds |" + (f" {title} |" if further else "")
    yield "| --- | --- | --- | --- |" + (" --- |" if further else "")
    for row in score.rows:
        checks = ", ".join(f"`{check}`" for check in row.checks[:2]) + (" …" if len(row.checks) > 2 else "")
        told = checks or ("nothing found" if row.right else "**missed**")
        cell = (
            f" {beside.get(row.trial if not row.planted else row.trial.partition(',')[0], '')} |"
            if beside is not None
            else ""
        )
        yield f"| {row.trial} | {row.breaks} | {told} | {row.seconds:.1f} |{cell}"
