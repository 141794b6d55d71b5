"""Work in a forked child, and what it gives."""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from collections.abc import Callable
from typing import Any


def forked(work: Callable[[], Any], seconds: int = 60) -> Callable[[], Any]:
    """Start the work in a child; the result waits for it and gives what it returned.

    The child is ended after so many seconds.

    Raises:
        AssertionError: It raised; the message has the traceback.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            signal.alarm(seconds)
            os.close(reader)
            try:
                said = (True, work())
            except BaseException:
                said = (False, traceback.format_exc())
            with os.fdopen(writer, "wb") as pipe:
                pickle.dump(said, pipe)
        finally:
            os._exit(0)
    os.close(writer)

    def result() -> Any:
        with os.fdopen(reader, "rb") as pipe:
            content = pipe.read()
        os.waitpid(child, 0)
        is_right, value = pickle.loads(content) if content else (False, "the child died")
        if not is_right:
            raise AssertionError(value)
        return value

    return result
