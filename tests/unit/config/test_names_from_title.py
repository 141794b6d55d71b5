"""Names made of an API's title."""

from __future__ import annotations

import keyword
import re
import sys
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from vcsdk.config.model import PackageNames
from vcsdk.config.names import from_title, reject_class, reject_distribution, reject_module, taken_by
from vcsdk.config.taken import DISTRIBUTIONS, MODULES

TITLES = {
    "Pet Store": ("pet-store", "pet_store", "PetStore"),
    "vCenter High Availability": ("vcenter-high-availability", "vcenter_high_availability", "VCenterHighAvailability"),
    "  VMware: API (v2)  ": ("vmware-api-v2", "vmware_api_v2", "VMwareAPIV2"),
    "Überwachung": ("uberwachung", "uberwachung", "Uberwachung"),
    "Bob's API": ("bobs-api", "bobs_api", "BobsAPI"),
    "JSON": ("json-client", "json_client", "JSONClient"),
    "httpx2": ("httpx2-client", "httpx2_client", "Httpx2Client"),
    "pytest": ("pytest-client", "pytest_client", "PytestClient"),
    "Client": ("client-client", "client_client", "ClientClient"),
    "class": ("class-client", "class_client", "ClassClient"),
    "import": ("import-client", "import_client", "ImportClient"),
    "3D printers": ("api-3d-printers", "api_3d_printers", "Api3DPrinters"),
    "42": ("api-client", "api_client", "ApiClient"),
    "世界": ("api-client", "api_client", "ApiClient"),
    "": ("api-client", "api_client", "ApiClient"),
    '"""; import os  # {{ x }}': ("import-os-x", "import_os_x", "ImportOsX"),
    "Requests": ("requests-client", "requests_client", "RequestsClient"),
    "pip": ("pip-client", "pip_client", "PipClient"),
    "vCSDK": ("vcsdk-client", "vcsdk_client", "VCSDKClient"),
    "PyYAML": ("pyyaml-client", "pyyaml_client", "PyYAMLClient"),
    "yaml": ("yaml-client", "yaml_client", "YamlClient"),
    "pytest xdist": ("pytest-xdist-client", "pytest_xdist_client", "PytestXdistClient"),
    "JSONSchema RS": ("jsonschema-rs-client", "jsonschema_rs_client", "JSONSchemaRSClient"),
    "Requests client": ("requests-client", "requests_client", "RequestsClient"),
    "a b c d e f g h": ("a-b-c-d-e-f", "a_b_c_d_e_f", "ABCDEF"),
}


@pytest.mark.parametrize(("title", "names"), TITLES.items(), ids=repr)
def test_names(title: str, names: tuple[str, str, str]) -> None:
    assert from_title(title) == PackageNames(*names)


@pytest.mark.parametrize("title", [None, 3, ["x"], {}], ids=repr)
def test_a_title_that_is_not_text_gives_api_client(title: object) -> None:
    assert from_title(title) == PackageNames("api-client", "api_client", "ApiClient")


@pytest.mark.parametrize(
    "title",
    [
        *keyword.kwlist,
        *sorted(DISTRIBUTIONS | MODULES),
        *sorted(sys.stdlib_module_names),
        "Exception",
        "Model",
        "x" * 5000,
        "x y " * 5000,
    ],
)
def test_what_a_title_gives_is_always_allowed(title: str) -> None:
    names = from_title(title)
    assert reject_distribution(names.distribution) is None
    assert reject_module(names.module) is None
    assert reject_class(names.client) is None
    assert len(f"{names.distribution}-contract") < 255


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(*roots: str) -> set[str]:
    """The distributions of this environment that these need, themselves among them."""
    found: set[str] = set()
    todo = [normalised(root) for root in roots]
    while todo:
        name = todo.pop()
        if name in found:
            continue
        found.add(name)
        for text in metadata.requires(name) or ():
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                todo.append(normalised(requirement.name))
    return found


def test_all_that_we_need_is_known() -> None:
    """A dependency that comes anew has to be added to the list."""
    ours = needed("vcsdk", "pip")
    assert ours - DISTRIBUTIONS == set()
    modules = metadata.packages_distributions().items()
    brought = {module for module, names in modules if ours & {normalised(name) for name in names}}
    assert {module for module in brought - MODULES if not module.startswith("_")} == set()


@pytest.mark.parametrize(
    "name", ["pip", "Requests", "PyTest", "PyYAML", "jsonschema_rs", "Jinja2", "pytest.xdist", "VCSDK", "wheel"]
)
def test_no_distribution_is_called_like_what_we_need(name: str) -> None:
    assert reject_distribution(name) is not None
    assert reject_distribution(f"{name}-client") is None
    assert taken_by(name) is not None


@pytest.mark.parametrize("name", ["yaml", "YAML", "xdist", "jsonpath", "pkg_resources", "markdown_it", "attr"])
def test_no_module_is_called_like_one_that_we_need(name: str) -> None:
    assert reject_module(name) is not None
    assert taken_by(name) is not None


@pytest.mark.parametrize("title", ["Pet Store", "", None, "世界", "42", "Requests API"])
def test_other_titles_are_taken_as_they_are(title: object) -> None:
    assert taken_by(title) is None
