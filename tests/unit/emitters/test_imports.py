from __future__ import annotations

import pytest
from vcsdk.emitters.imports import Imports


def test_lines_stand_in_the_order_isort_wants() -> None:
    imports = Imports("models.vm")
    for symbol in ("field", "Meta", "UNSET"):
        imports.use("msgspec", symbol)
    imports.use("typing", "Any")
    imports.use("datetime", "datetime")
    for module in ("models.a10", "models.a9", "_runtime"):
        imports.own(module, f"X{module[-1]}")
    assert imports.lines() == [
        "from datetime import datetime",
        "from typing import Any",
        "",
        "from msgspec import UNSET, Meta, field",
        "",
        "from .._runtime import Xe",
        "from .a9 import X9",
        "from .a10 import X0",
    ]


def test_a_taken_name_is_spelled_through_its_module() -> None:
    imports = Imports("models.vm", taken={"Any"})
    assert imports.use("typing", "Any") == "typing.Any"
    assert imports.builtin("list", shadowed={"list"}) == "builtins.list"
    assert imports.builtin("list", shadowed={"list", "builtins"}) == "_builtins.list"
    assert imports.use("datetime", "date", shadowed={"date"}) == "_datetime.date"
    assert imports.builtin("dict") == "dict"
    assert imports.lines() == [
        "import builtins",
        "import builtins as _builtins",
        "import datetime as _datetime",
        "import typing",
    ]


def test_two_symbols_of_one_name_get_two_names() -> None:
    imports = Imports("resources.vm", taken={"Vm"})
    assert imports.own("models.vm", "Vm") == "_Vm"
    assert imports.own("models.other", "Vm") == "_Vm_"
    assert imports.own("models.vm", "Vm") == "_Vm"
    assert imports.own("resources.vm", "Vm") == "Vm"


@pytest.mark.parametrize(
    ("here", "there", "line"),
    [
        ("client", "_runtime", "from ._runtime import X"),
        ("models.a", "models.b", "from .b import X"),
        ("models.a", "models.deep.b", "from .deep.b import X"),
        ("models.deep.a", "models.b", "from ..b import X"),
        ("resources.a", "models.b", "from ..models.b import X"),
    ],
)
def test_modules_of_the_package_are_named_relatively(here: str, there: str, line: str) -> None:
    imports = Imports(here)
    imports.own(there, "X")
    assert imports.lines() == [line]
