"""The secrets that a run learns, told to the process that started it."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from vcsdk.copied.suite.masking import Secrets


@contextmanager
def listening(secrets: Secrets) -> Iterator[int]:
    """A descriptor to hand down, on which a run writes each secret as a line of JSON; `secrets` has them at the end.

    It is closed here, and once: its number may be another thread's file by the time somebody closed it again.
    """
    reading, writing = os.pipe()
    os.set_inheritable(writing, True)
    heard = threading.Thread(target=_hear, args=(reading, secrets), daemon=True)
    heard.start()
    try:
        yield writing
    finally:
        os.close(writing)
        heard.join()


def _hear(descriptor: int, secrets: Secrets) -> None:
    with os.fdopen(descriptor, encoding="utf-8", errors="surrogateescape") as lines:
        for line in lines:
            # A run that dies may leave half a line.
            with contextlib.suppress(ValueError):
                secrets.add(str(json.loads(line)))
