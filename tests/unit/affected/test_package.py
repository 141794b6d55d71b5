"""What a chain of attributes comes to where several resources have classes of one name."""

from __future__ import annotations

import pytest
from vcsdk.affected.package import Package
from vcsdk.affected.values import Method, Object
from vcsdk.surface import parse

SURFACE = """package sdk
module client
  class Sdk(Client)
    property content: Content
    property vm: Vm
module models.vm
  class Vm(Model)
    field name: str
module resources.content
  class Content(Resource)
    property vm: Vm
module resources.content_vm
  class Vm(Resource)
    def list(self) -> list[Vm]: ...  # GET /content/vm
module resources.vm
  class Vm(Resource)
    def list(self) -> list[Vm]: ...  # GET /vm
"""


@pytest.mark.parametrize(
    ("chain", "symbol"), [(("vm",), "resources.vm.Vm"), (("content", "vm"), "resources.content_vm.Vm")]
)
def test_a_property_leads_to_the_resource_below(chain, symbol):
    package = Package(parse(SURFACE))
    at = "client.Sdk"
    for name in chain:
        _, values = package.attribute(at, name)
        ((value),) = values
        assert isinstance(value, Object)
        at = value.symbol
    assert at == symbol
    assert package.attribute(at, "list") == (symbol, frozenset({Method(f"{symbol}.list")}))


def test_annotations_of_methods_mean_the_model():
    package = Package(parse(SURFACE))
    (many,) = package.returns("resources.vm.Vm.list")
    assert many.items == frozenset({Object("models.vm.Vm")})
