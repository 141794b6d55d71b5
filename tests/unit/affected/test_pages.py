"""What a program does with pages is followed: their items, and the pages themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from vcsdk.affected.package import Package
from vcsdk.affected.program import read
from vcsdk.affected.statements import uses
from vcsdk.affected.uses import Accessed
from vcsdk.diagnostics import Diagnostics
from vcsdk.surface import parse

SURFACE = """package sdk
module client
  class Sdk(Client)
    property vms: Vms
module models.vm
  class Vm(Model)
    field name: str
  class VmPage(Model)
    field items: list[Vm]
    field total: int
module resources.vms
  class Vms(Resource)
    def find(self) -> Paged[list[Vm], Vm]: ...  # GET /found
    def list(self) -> Paged[VmPage, Vm]: ...  # GET /vms
"""
VM, PAGE = "models.vm.Vm", "models.vm.VmPage"


@pytest.mark.parametrize(
    ("program", "owner", "name"),
    [
        ("for vm in Sdk().vms.list().pages(): vm.name", VM, "name"),
        ("for vm in Sdk().vms.find().pages(max_pages=3): vm.name", VM, "name"),
        ("async def f(): return [vm.name async for vm in Sdk().vms.list().pages()]", VM, "name"),
        ("for page in Sdk().vms.list().pages().by_page(): page.total", PAGE, "total"),
        ("for page in Sdk().vms.find().pages().by_page(): page[0].name", VM, "name"),
        ("page = Sdk().vms.list()\npage.total", PAGE, "total"),
        ("page = Sdk().vms.list()\npage.items[0].name", VM, "name"),
        ("Sdk().vms.find()[0].name", VM, "name"),
    ],
)
def test_uses(program: str, owner: str, name: str, tmp_path: Path) -> None:
    file = tmp_path / "program.py"
    file.write_text(f"from sdk.client import Sdk\n{program}\n")
    found = uses(Package(parse(SURFACE)), read([file], Diagnostics()), {str(file)})
    assert Accessed(owner, name) in [spot.use for spot in found]
