"""One failover as a program does it, which meets what was drawn for it; afterwards it knows how the failover ended."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from tests.children import forked
from tests.generated import SPEC
from tests.soak.misfortune import Misfortune

PACKAGE = SPEC.parents[1] / "generated" / "vcenter-vcha" / "src"
SUCCEEDED, FAILED = "succeeded", "failed"
_PATIENCE = 60.0
"""Seconds for what the misfortune does not explain: a machine has other work."""
_POLL = 0.05
_CHILD = 300
"""Seconds after which a child is ended."""


def sdk() -> Any:
    """The committed package of the fragment."""
    if str(PACKAGE) not in sys.path:
        sys.path.insert(0, str(PACKAGE))
    return importlib.import_module("vcenter_vcha")


def run(fate: Misfortune, facts: dict[str, str]) -> list[tuple[str, str]]:
    """Fail over; gives how it ended and how that was known, for this process and for each child.

    Raises:
        SdkError: It was not decided.
    """
    return asyncio.run(_asynchronous(fate, facts)) if fate.asynchronous else _synchronous(fate, facts)


def _synchronous(fate: Misfortune, facts: dict[str, str]) -> list[tuple[str, str]]:
    known = sdk()
    children: list[Callable[[], Any]] = []
    with known.VCenter(facts["url"], **_login(facts)) as vc:
        before = _patient(known, lambda: _active(vc.vcha.cluster.get()))
        with _readers(known, vc, fate.threads):
            try:
                task = _patient(known, lambda: vc.vcha.cluster.failover(planned=fate.planned))
            except known.OutcomeUnknown:
                return [_looked(lambda: _patient(known, lambda: _active(vc.vcha.cluster.get())), before, fate)]

            def wait() -> tuple[str, str]:
                try:
                    task.wait(timeout=_longest(fate), poll=_POLL)
                except known.TaskFailed:
                    return FAILED, "task"
                except known.OutcomeUnknown:
                    return _looked(lambda: _patient(known, lambda: _active(vc.vcha.cluster.get())), before, fate)
                return SUCCEEDED, task.decided_by

            def fork() -> None:
                children.extend(forked(wait, _CHILD) for _ in range(fate.forks))

            later = threading.Timer(fate.forks_at, fork)
            later.start()
            ended = wait()
            later.join()
        return [ended, *(child() for child in children)]


async def _asynchronous(fate: Misfortune, facts: dict[str, str]) -> list[tuple[str, str]]:
    known = sdk()
    children: list[Callable[[], Any]] = []
    async with known.AsyncVCenter(facts["url"], **_login(facts)) as vc:

        async def active() -> str:
            return await _patient_async(known, vc.vcha.cluster.get, _active)

        async def look(before: str) -> tuple[str, str]:
            end = time.monotonic() + _settled(fate)
            while time.monotonic() < end:
                if await active() != before:
                    return SUCCEEDED, "look"
                await asyncio.sleep(_POLL)
            return FAILED, "look"

        before = await active()
        reading = [asyncio.ensure_future(_read(known, vc)) for _ in range(fate.threads)]
        try:
            task = await _patient_async(known, lambda: vc.vcha.cluster.failover(planned=fate.planned))
        except known.OutcomeUnknown:
            return [await look(before)]

        async def wait(task: Any) -> tuple[str, str]:
            try:
                await task.wait(timeout=_longest(fate), poll=_POLL)
            except known.TaskFailed:
                return FAILED, "task"
            except known.OutcomeUnknown:
                return await look(before)
            return SUCCEEDED, task.decided_by

        checkpoint = task.checkpoint()

        async def again() -> tuple[str, str]:
            return await wait(vc.tasks.attach(checkpoint))

        async def fork() -> None:
            await asyncio.sleep(fate.forks_at)
            children.extend(forked(lambda: asyncio.run(again()), _CHILD) for _ in range(fate.forks))

        ended, _ = await asyncio.gather(wait(task), fork())
        for reader in reading:
            reader.cancel()
        for told in await asyncio.gather(*reading, return_exceptions=True):
            if isinstance(told, Exception):
                raise told
    return [ended, *(child() for child in children)]


def _login(facts: dict[str, str]) -> dict[str, str]:
    return {name: facts[name] for name in ("username", "password")}


def _active(info: Any) -> str:
    for name in ("node1", "node2"):
        runtime = getattr(info, name).runtime
        if runtime is not None and runtime.role == "ACTIVE":
            return name
    return ""


def _longest(fate: Misfortune) -> float:
    return 2 * (fate.outage + fate.unavailable + fate.session_outage) + _PATIENCE


def _settled(fate: Misfortune) -> float:
    """Seconds after which a failover of which nothing was seen has not taken place."""
    return 0.1 + fate.outage + fate.unavailable + fate.session_outage + 5.0


def _looked(active: Callable[[], str], before: str, fate: Misfortune) -> tuple[str, str]:
    """What the program sees for itself, as the hint of `OutcomeUnknown` says."""
    end = time.monotonic() + _settled(fate)
    while time.monotonic() < end:
        if active() != before:
            return SUCCEEDED, "look"
        time.sleep(_POLL)
    return FAILED, "look"


def _passing(known: Any, error: BaseException) -> bool:
    """What a program may simply try again: nothing was sent, or the server is not there yet."""
    return isinstance(error, known.ConnectionFailed | known.ServerError)


def _patient(known: Any, call: Callable[[], Any]) -> Any:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return call()
        except known.SdkError as error:
            if not _passing(known, error) or time.monotonic() > end:
                raise
        time.sleep(_POLL)


async def _patient_async(known: Any, call: Callable[[], Any], then: Callable[[Any], Any] = lambda value: value) -> Any:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return then(await call())
        except known.SdkError as error:
            if not _passing(known, error) or time.monotonic() > end:
                raise
        await asyncio.sleep(_POLL)


@contextlib.contextmanager
def _readers(known: Any, vc: Any, count: int) -> Iterator[None]:
    """Threads that read with the same client all the time; they meet errors of its family alone."""
    stop, wrong = threading.Event(), []

    def read() -> None:
        while not stop.wait(_POLL):
            try:
                vc.vcha.cluster.mode.get()
            except known.SdkError:
                pass
            except BaseException as error:
                wrong.append(error)
                return

    threads = [threading.Thread(target=read) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    if wrong:
        raise wrong[0]


async def _read(known: Any, vc: Any) -> None:
    while True:
        with contextlib.suppress(known.SdkError):
            await vc.vcha.cluster.mode.get()
        await asyncio.sleep(_POLL)
