from __future__ import annotations

import io

import pytest
from rich.console import Console

from demo.steps import StepFailedError, Steps


@pytest.fixture
def console():
    return Console(file=io.StringIO(), width=100)


def test_a_step_that_fails_is_in_the_table_and_the_run_goes_on(console):
    steps = Steps(("one", "two", "three"), console)
    with steps.step("one") as step:
        step.seen = "all [well]"
    with steps.step("two", vital=False):
        raise StepFailedError("not so\nwell")
    steps.summarise()
    text = console.file.getvalue()
    assert [step.name for step in steps.failed] == ["two", "three"]
    assert "all [well]" in text
    assert "FAILED" in text
    assert "not run" in text
    assert "2 steps did not go well" in text


def test_a_vital_step_and_an_interrupt_end_the_run(console):
    steps = Steps(("one", "two"), console)
    with pytest.raises(StepFailedError), steps.step("one"):
        raise StepFailedError("no")
    with pytest.raises(KeyboardInterrupt), steps.step("two", vital=False):
        raise KeyboardInterrupt
    assert len(steps.failed) == 2
