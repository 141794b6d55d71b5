"""Reads the results of a run back, from `results.json` or a report folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from vcsdk.contract.artefacts import EVENTS, RESULTS
from vcsdk.contract.fitting import misfit
from vcsdk.copied.suite.replay import results_of
from vcsdk.copied.suite.results import VERSION
from vcsdk.diagnostics import WHOLE, Location


class ResultsError(ValueError):
    """The file is no result of a run; the text is `file:line:col: error: message [contract-results]`."""


def load(path: Path) -> dict[str, Any]:
    """The results in a file, or in a folder that has `results.json` or, if the run died, only `events.jsonl`.

    Raises:
        ResultsError: There are none, or they do not fit `results.schema.json`.
    """
    if path.is_dir():
        path = path / (RESULTS if (path / RESULTS).is_file() or not (path / EVENTS).is_file() else EVENTS)
    try:
        text = path.read_text(encoding="utf-8")
        content = results_of(text.splitlines()) if path.name == EVENTS else json.loads(text)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        text = "there is no such file" if missing else f"cannot be read: {error.strerror or error}"
        raise _error(path, text, WHOLE) from None
    except UnicodeDecodeError:
        raise _error(path, "is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise _error(path, f"is not JSON: {error.msg}", error.lineno, error.colno) from None
    except (ValueError, RecursionError) as error:
        raise _error(path, str(error)) from None
    if isinstance(content, dict) and content.get("version") not in (None, VERSION):
        raise _error(path, f"version {content['version']} of results is not the one this toolkit reads ({VERSION})")
    if told := misfit(content):
        raise _error(path, f"is no result of a run: {told}")
    results: dict[str, Any] = content
    return results


def _error(path: Path, message: str, line: int = 1, column: int = 1) -> ResultsError:
    return ResultsError(f"{Location(str(path), line, column)}: error: {message} [contract-results]")
