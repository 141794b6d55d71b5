from __future__ import annotations

import os
import signal
import threading
from pathlib import PurePosixPath

import pytest
from vcsdk import parallel
from vcsdk.emitters.file import File

MANY = 10_000
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def there() -> list[File]:
    return [
        File(PurePosixPath("sub/b.txt"), str(os.getpid()), "text", "q"),
        File(PurePosixPath("ä"), "ä", "python", "p"),
    ]


def test_the_result_was_made_elsewhere_and_comes_back_whole() -> None:
    with parallel.beside(there, True) as result:
        first, second = result()
    assert (first.path, first.kind, first.package) == (PurePosixPath("sub/b.txt"), "text", "q")
    assert int(first.content) != os.getpid()
    assert second == there()[1]


def test_little_work_is_done_here() -> None:
    with parallel.beside(there, False) as result:
        assert int(result()[0].content) == os.getpid()


def test_work_that_fails_elsewhere_fails_here() -> None:
    def broken() -> list[File]:
        raise ValueError("a template is broken")

    with parallel.beside(broken, True) as result, pytest.raises(ValueError, match="a template is broken"):
        result()


def test_a_second_process_that_dies_is_made_up_for() -> None:
    parent = os.getpid()

    def fragile() -> list[File]:
        if os.getpid() != parent:
            os._exit(9)
        return there()

    with parallel.beside(fragile, True) as result:
        assert int(result()[0].content) == parent


@pytest.mark.parametrize("before", [0, 10, 65_536, 1_000_000])
def test_one_that_dies_while_it_hands_over_is_made_up_for(before: int) -> None:
    parent = os.getpid()

    class Last:
        def __reduce__(self) -> tuple[type, tuple[()]]:
            if os.getpid() != parent:
                os._exit(9)
            return (Last, ())

    with parallel.beside(lambda: ["x" * before, *map(str, range(before // 10)), Last(), "y"], True) as result:
        first, *_, last = result()
    assert (len(first), last) == (before, "y")


@pytest.mark.parametrize("work", [there, lambda: [File(PurePosixPath("big"), "x" * 10_000_000, "text", "p")]])
def test_no_process_is_left_when_the_block_fails(work: object, monkeypatch: pytest.MonkeyPatch) -> None:
    fork, children = os.fork, list[int]()
    monkeypatch.setattr(os, "fork", lambda: children.append(fork()) or children[-1])
    with pytest.raises(ValueError, match="here"), parallel.beside(work, True):  # type: ignore[arg-type]
        raise ValueError("here")
    with pytest.raises(ChildProcessError):
        os.waitpid(children[0], os.WNOHANG)


def test_threads_rule_a_fork_out() -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert not parallel.worthwhile(MANY)
    finally:
        ended.set()
        thread.join()
    assert not parallel.worthwhile(10)


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS])
def test_what_ends_the_second_process_does_not_end_this_one(number: signal.Signals) -> None:
    def work() -> str:
        os.kill(os.getpid(), number)
        return "done"

    with parallel.beside(work, True, ended=lambda found: f"ended by {found.name}") as result:
        assert result() == f"ended by {number.name}"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_what_others_ended_is_done_here(number: signal.Signals) -> None:
    here = os.getpid()

    def work() -> str:
        if os.getpid() != here:
            os.kill(os.getpid(), number)
        return "done here"

    with parallel.beside(work, True, ended=lambda _: "ended") as result:
        assert result() == "done here"
