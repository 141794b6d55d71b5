"""Reads the results of a run back, from `results.json` or a report folder."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import jsonschema_rs

from vcsdk.contract.artefacts import EVENTS, RESULTS
from vcsdk.copied.suite.replay import replay
from vcsdk.copied.suite.results import VERSION
from vcsdk.diagnostics import WHOLE, Location

SCHEMA = Path(__file__).with_name("results.schema.json")


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
        content = replay(text.splitlines()).as_dict() if path.name == EVENTS else json.loads(text)
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
    departure = next(iter(_validator().iter_errors(content)), None)
    if departure is not None:
        where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in departure.instance_path)
        raise _error(path, f"is no result of a run: at ${where}, {_short(departure.message)}")
    results: dict[str, Any] = content
    return results


@functools.cache
def _validator() -> jsonschema_rs.Validator:
    return jsonschema_rs.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _short(text: str) -> str:
    return text if len(text) <= 200 else f"…{text[-200:]}"


def _error(path: Path, message: str, line: int = 1, column: int = 1) -> ResultsError:
    return ResultsError(f"{Location(str(path), line, column)}: error: {message} [contract-results]")
