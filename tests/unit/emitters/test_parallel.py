from __future__ import annotations

import os
import threading
from pathlib import PurePosixPath

import pytest

from generator.emitters import parallel
from generator.emitters.file import File

HERE = File(PurePosixPath("a.py"), "# ä\n", "python", "p")


def there() -> list[File]:
    return [File(PurePosixPath("sub/b.txt"), str(os.getpid()), "text", "q")]


def test_both_parts_come_back_and_one_was_made_elsewhere() -> None:
    first, second = parallel.both(lambda: [HERE], there)
    assert first == HERE
    assert (second.path, second.kind, second.package) == (PurePosixPath("sub/b.txt"), "text", "q")
    assert int(second.content) != os.getpid()


def test_a_part_that_fails_elsewhere_fails_here() -> None:
    def broken() -> list[File]:
        raise ValueError("a template is broken")

    with pytest.raises(ValueError, match="a template is broken"):
        parallel.both(lambda: [HERE], broken)


def test_a_second_process_that_dies_is_made_up_for() -> None:
    parent = os.getpid()

    def fragile() -> list[File]:
        if os.getpid() != parent:
            os._exit(9)
        return there()

    _, second = parallel.both(lambda: [HERE], fragile)
    assert int(second.content) == parent


def test_no_process_is_left_when_the_first_part_fails() -> None:
    def broken() -> list[File]:
        raise ValueError("here")

    with pytest.raises(ValueError, match="here"):
        parallel.both(broken, there)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_threads_rule_a_fork_out() -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert not parallel.worthwhile(10_000)
    finally:
        ended.set()
        thread.join()
    assert not parallel.worthwhile(10)
