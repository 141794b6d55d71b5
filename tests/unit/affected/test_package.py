"""What a chain of attributes comes to where several resources have classes of one name."""

from __future__ import annotations

import pytest
from vcsdk.affected.package import Package
from vcsdk.affected.values import Method, Object
from vcsdk.diff import RULES
from vcsdk.diff.compare.surfaces import surface_changes
from vcsdk.diff.judge import judge
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


NAMESAKES = """package sdk
module models.pet
  class Pet(Model)
    field name: str
module models.pets
  alias Pets = list[Pet]
module resources.pets
  class PetsResource(Resource)
    def list(self) -> Pets: ...  # GET /pets
"""
RIVAL = """module resources.v2_pets
  class Pets(Resource)
    def add(self) -> None: ...  # POST /v2/pets
"""


def test_an_annotation_means_the_alias_of_a_model_and_no_resource_of_its_name():
    package = Package(parse(NAMESAKES + RIVAL))
    (many,) = package.returns("resources.pets.PetsResource.list")
    assert many.items == frozenset({Object("models.pet.Pet")})


def test_a_resource_that_has_the_name_of_an_alias_changes_no_type():
    changes = judge(surface_changes(parse(NAMESAKES), parse(NAMESAKES + RIVAL)), RULES)
    assert {each.rule.id for each in changes} == {"surface-module-added"}
    back = judge(surface_changes(parse(NAMESAKES + RIVAL), parse(NAMESAKES)), RULES)
    assert "surface-return-type-changed" not in {each.rule.id for each in back}
