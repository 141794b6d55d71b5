"""The files of a report folder, all made from the events that a run writes as it goes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vcsdk.contract import junit, page
from vcsdk.contract.fitting import misfit
from vcsdk.copied.suite import private
from vcsdk.copied.suite import results as suite_results
from vcsdk.copied.suite.replay import results_of

EVENTS, RESULTS, JUNIT, PAGE, LOG = "events.jsonl", "results.json", "junit.xml", "index.html", "pytest.log"


class ReportError(ValueError):
    """There is nothing to make a report from; the text is `file: error: message [contract-results]`."""


def clear(folder: Path) -> None:
    """Remove what an earlier run left."""
    for name in (EVENTS, RESULTS, JUNIT, PAGE, LOG):
        (folder / name).unlink(missing_ok=True)


def own_words(folder: Path) -> list[str]:
    """What the files have of the suite's own, whatever was answered: ids of tests, and of operations and checks a page.

    Nothing where there are no events of a run.
    """
    try:
        results = _results(folder)
    except (ReportError, OSError):
        return []
    checks = {finding["check"] for finding in results["findings"]}
    anchors = [page.id_of("operation", name) for name in results["operations"]]
    return [
        *(row["test"] for row in results["tests"]),
        *anchors,
        *(page.id_of("check", name) for name in sorted(checks)),
    ]


def write(folder: Path) -> dict[str, Any]:
    """Write `results.json`, `junit.xml` and `index.html` from `events.jsonl`; the results.

    Works for a run that died, too: its results are those until then.

    Raises:
        ReportError: There are no events, or they are not those of a run.
        OSError: The folder cannot be written.
    """
    if told := misfit(_results(folder)):
        raise ReportError(f"{folder / EVENTS}: error: is not that of a run: {told} [contract-results]")
    results, texts = render(folder)
    publish(folder, texts)
    return results


def publish(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the files of `render`, for their owner alone.

    Raises:
        OSError: The folder cannot be written.
    """
    for name, text in texts.items():
        private.write(folder / name, text)


def render(folder: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """What the events of a folder add up to: the results, and the texts of the files that are made of them.

    Raises:
        ReportError: There are no events, or they are not those of a run.
        OSError: They cannot be read.
    """
    results = _results(folder)
    return results, {
        RESULTS: suite_results.dump(results),
        JUNIT: junit.text(results),
        PAGE: page.render(results),
    }


def _results(folder: Path) -> dict[str, Any]:
    path = folder / EVENTS
    try:
        with path.open(encoding="utf-8") as lines:
            return results_of(lines)
    except FileNotFoundError:
        raise ReportError(f"{path}: error: there are no events of a run [contract-results]") from None
    except UnicodeDecodeError:
        raise ReportError(f"{path}: error: is not UTF-8 [contract-results]") from None
    except ValueError as error:
        raise ReportError(f"{path}: error: {error} [contract-results]") from None
