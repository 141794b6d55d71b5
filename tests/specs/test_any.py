"""Where the clients of VMware's descriptions say "any", and why: each of these is a dynamic structure there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from vcsdk.emitters.surface import surface_of
from vcsdk.pipeline import read_api

from .published import MISSING, SPECS

FILES = [*(f"vcenter-7.0.3/{name}.json" for name in ("appliance", "cis", "content", "esx", "stats", "vapi", "vcenter"))]
FILES += ["vcenter-9.1.1/vcenter.yaml"]
# What the vendor calls dynamic structures: their fields depend on something that only the server knows.
POLICY = "a policy has the fields of the capability that it names"
QUOTA = "a resource quota has the type that NamespaceResourceOptions.get tells"
HARDWARE = "any VirtualMachineConfigSpec of the VIM API"
EXPECTED: dict[str, dict[str, str]] = {
    "vcenter-7.0.3/vcenter.json": {
        "vcenter_compute_policies.Policies.get": POLICY,
        "vcenter_namespaces_instances.Instances.set(resource_spec)": QUOTA,
        "vcenter_namespaces_instances.Instances.update(resource_spec)": QUOTA,
    },
    "vcenter-9.1.1/vcenter.yaml": {
        "vcenter_compute_policies.Policies.create(body)": POLICY,
        "vcenter_compute_policies.Policies.get": POLICY,
        "vcenter_namespace_management_virtual_machine_classes.VirtualMachineClasses.create(config_spec)": HARDWARE,
        "vcenter_namespace_management_virtual_machine_classes.VirtualMachineClasses.update(config_spec)": HARDWARE,
        "vcenter_namespaces_instances.Instances.create(resource_spec)": QUOTA,
        "vcenter_namespaces_instances.Instances.set(resource_spec)": QUOTA,
        "vcenter_namespaces_instances.Instances.update(resource_spec)": QUOTA,
        "vcenter_namespaces_instances_v2.V2.create_v2(resource_spec)": QUOTA,
        "vcenter_namespaces_namespace_self_service.NamespaceSelfService.activate_with_template(resource_spec)": QUOTA,
        "vcenter_namespaces_namespace_templates_clusters.Clusters.create(resource_spec)": QUOTA,
        "vcenter_namespaces_namespace_templates_clusters_templates.Templates.update(resource_spec)": QUOTA,
        "vcenter_namespaces_namespace_templates_supervisors.Supervisors.create_v2(resource_spec)": QUOTA,
        "vcenter_namespaces_namespace_templates_supervisors_templates.Templates.update_v2(resource_spec)": QUOTA,
    },
}
_OPEN = re.compile(r"\b(?:Any|object)\b")


def opened(path: Path) -> set[str]:
    """What each method takes or gives that may be anything."""
    described = read_api(path, use_config=False)
    found = set()
    for module in surface_of(described.api, described.config).modules:
        for each in module.classes:
            for method in each.methods:
                name = f"{module.name.removeprefix('resources.')}.{each.name.removeprefix('Async')}.{method.name}"
                found |= {f"{name}({p.name})" for p in method.parameters if _OPEN.search(p.type)}
                found |= {name} if _OPEN.search(method.returns) else set()
    return found


@pytest.mark.slow
@pytest.mark.skipif(not SPECS.is_dir(), reason=MISSING)
@pytest.mark.parametrize("name", FILES)
def test_a_signature_says_any_only_where_the_description_does(name: str) -> None:
    assert opened(SPECS / name) == set(EXPECTED.get(name, {}))
