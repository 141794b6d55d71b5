"""Names made of an API's title."""

from __future__ import annotations

import keyword
import sys

import pytest
from vcsdk.config.model import PackageNames
from vcsdk.config.names import (
    from_title,
    reject_class,
    reject_distribution,
    reject_module,
)

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
    "a b c d e f g h": ("a-b-c-d-e-f", "a_b_c_d_e_f", "ABCDEF"),
}


@pytest.mark.parametrize(("title", "names"), TITLES.items(), ids=repr)
def test_names(title: str, names: tuple[str, str, str]) -> None:
    assert from_title(title) == PackageNames(*names)


@pytest.mark.parametrize("title", [None, 3, ["x"], {}], ids=repr)
def test_a_title_that_is_not_text_gives_api_client(title: object) -> None:
    assert from_title(title) == PackageNames("api-client", "api_client", "ApiClient")


@pytest.mark.parametrize(
    "title", [*keyword.kwlist, *sorted(sys.stdlib_module_names), "Exception", "Model", "x" * 5000, "x y " * 5000]
)
def test_what_a_title_gives_is_always_allowed(title: str) -> None:
    names = from_title(title)
    assert reject_distribution(names.distribution) is None
    assert reject_module(names.module) is None
    assert reject_class(names.client) is None
    assert len(f"{names.distribution}-contract") < 255
