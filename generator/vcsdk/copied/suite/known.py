"""Findings that are known: accepted for a time, with a reason and an owner."""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ENTRY = re.compile(r"^[ \t]*\[\[\s*known\s*\]\]", re.MULTILINE)
_FINGERPRINT = re.compile(r"[0-9a-f]{12}")
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_TEXTS = ("fingerprint", "reason", "owner")


class KnownError(ValueError):
    """The file cannot be used; the text is `file:line:col: error: message [known-findings]`."""


@dataclass(frozen=True, slots=True)
class Known:
    """One known finding.  It excuses the finding until the end of the day `expires`.

    `operation` is optional; with it the entry is not called out of date by a run that did not call the operation.
    """

    fingerprint: str
    reason: str
    owner: str
    expires: datetime.date
    operation: str = ""

    def expired(self, today: datetime.date) -> bool:
        """True once its last day is over."""
        return today > self.expires

    def as_dict(self, state: str) -> dict[str, str]:
        """The entry as the results show it; `state` is "matched", "expired", "unmatched" or "not tested"."""
        return {
            "fingerprint": self.fingerprint,
            "reason": self.reason,
            "owner": self.owner,
            "expires": self.expires.isoformat(),
            "operation": self.operation,
            "state": state,
        }


def read(path: Path) -> dict[str, Known]:
    """The entries of a TOML file by fingerprint: `[[known]]` with `fingerprint`, `reason`, `owner`, `expires`.

    Raises:
        KnownError: The file cannot be read, is not TOML, or an entry is malformed, incomplete or given twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except OSError as error:
        raise _error(path, error.strerror or "cannot be read") from None
    except UnicodeDecodeError:
        raise _error(path, "is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place else (1, 1)
        raise _error(path, _PLACE.sub("", str(error)).strip(), line, column) from None
    lines = [text.count("\n", 0, found.start()) + 1 for found in _ENTRY.finditer(text)]
    entries = content.get("known", [])
    if set(content) - {"known"} or not isinstance(entries, list):
        raise _error(path, "holds something else than [[known]] entries")
    known: dict[str, Known] = {}
    for number, entry in enumerate(entries):
        line = lines[number] if number < len(lines) else 1
        problem = _problem(entry)
        if problem is None and entry["fingerprint"] in known:
            problem = f"`{entry['fingerprint']}` is given twice"
        if problem is not None:
            raise _error(path, problem, line)
        known[entry["fingerprint"]] = Known(**entry)
    return known


def _problem(entry: Any) -> str | None:
    if not isinstance(entry, dict):
        return "an entry is a table, [[known]]"
    unknown = sorted(set(entry) - {*_TEXTS, "expires", "operation"})
    if unknown:
        return f"`{unknown[0]}` is no key of an entry (fingerprint, reason, owner, expires, operation)"
    for key in _TEXTS:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            return f"`{key}` is missing: a known finding needs a fingerprint, a reason and an owner"
    if not _FINGERPRINT.fullmatch(entry["fingerprint"]):
        return f"`{entry['fingerprint']}` is no fingerprint: twelve hexadecimal digits"
    expires = entry.get("expires")
    if not isinstance(expires, datetime.date) or isinstance(expires, datetime.datetime):
        return "`expires` must be a date such as 2027-01-31, without quotes"
    if not isinstance(entry.get("operation", ""), str):
        return "`operation` must be a text"
    return None


def _error(path: Path, message: str, line: int = 1, column: int = 1) -> KnownError:
    return KnownError(f"{path}:{line}:{column}: error: {message} [known-findings]")
