"""What a JSON Patch makes of a value."""

from __future__ import annotations

from typing import Any

import pytest
from vcsdk.simulator.properties import is_stepwise, stepped


@pytest.mark.parametrize(
    ("steps", "value"),
    [
        ([{"op": "add", "path": "/b", "value": 2}], {"a": {"x": 1}, "b": 2}),
        ([{"op": "replace", "path": "/a/x", "value": 2}], {"a": {"x": 2}}),
        ([{"op": "remove", "path": "/a"}], {}),
        ([{"op": "copy", "path": "/b", "from": "/a/x"}], {"a": {"x": 1}, "b": 1}),
        ([{"op": "move", "path": "/b", "from": "/a/x"}], {"a": {}, "b": 1}),
        ([{"op": "add", "path": "/c~1d~0", "value": 3}], {"a": {"x": 1}, "c/d~": 3}),
        ([{"op": "test", "path": "/a", "value": 0}], {"a": {"x": 1}}),
        ([{"op": "add", "path": "/n/o/p", "value": 3}], {"a": {"x": 1}}),
        ([{"op": "add", "path": "", "value": 3}, {"op": "remove", "path": "/none"}], {"a": {"x": 1}}),
    ],
)
def test_each_step_changes_what_it_names(steps: list[dict[str, Any]], value: Any) -> None:
    assert is_stepwise(steps)
    assert stepped({"a": {"x": 1}}, steps) == value


@pytest.mark.parametrize("patch", [{"op": "add", "path": "/a"}, ["add"], [{"op": "add"}], None, "add"])
def test_what_is_no_list_of_steps_is_no_json_patch(patch: Any) -> None:
    assert not is_stepwise(patch)
