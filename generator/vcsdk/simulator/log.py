"""The request log: JSON lines without headers, bodies or secrets, and counters by operation."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import IO, Any


class RequestLog:
    """Writes one line a request.

    Members: `seq`, `method`, `target` (path and query as sent), `operation` (its Python path or operationId, null where
    none was found), `status`, `ms`, `phase`.

    `received` counts requests by operation, `accepted` those of them that were answered 2xx.
    """

    def __init__(self, path: Path | None) -> None:
        self._file: IO[str] | None = path.open("a", encoding="utf-8") if path is not None else None
        self._seq = 0
        self.received: Counter[str] = Counter()
        self.accepted: Counter[str] = Counter()

    def write(
        self, *, method: str, target: str, operation: str | None, status: int, milliseconds: float, phase: str
    ) -> None:
        """Count and log one answered request.  `target` must be masked already."""
        self._seq += 1
        if operation is not None:
            self.received[operation] += 1
            if 200 <= status < 300:
                self.accepted[operation] += 1
        if self._file is not None:
            line: dict[str, Any] = {
                "seq": self._seq,
                "method": method,
                "target": target,
                "operation": operation,
                "status": status,
                "ms": round(milliseconds, 1),
                "phase": phase,
            }
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()

    def reset(self) -> None:
        """Forget the counters; the file stays."""
        self.received.clear()
        self.accepted.clear()

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
