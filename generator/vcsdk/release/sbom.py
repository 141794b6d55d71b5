"""The software bill of materials of a package: CycloneDX 1.6 in JSON, for `.dist-info/sboms/` (PEP 770)."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from cyclonedx.model import Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from vcsdk.release.package import Package

FILE = "sbom.cdx.json"
"""Its name in the source distribution and in the wheel's `sboms` folder."""

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:vcsdk:sbom")


def render(package: Package, moment: int) -> str:
    """The bill of a package; the same package gives the same text.

    It names the package with what it was made from, the runtime of vcsdk that is copied into it, and each dependency
    with the requirement that the package states: which version is installed is decided later.

    Args:
        package: What is going to be built.
        moment: The time that the bill states, in seconds since 1970 (`SOURCE_DATE_EPOCH`).
    """
    facts = package.manifest.facts
    bom = Bom(serial_number=_serial(package))
    bom.metadata.timestamp = datetime.fromtimestamp(moment, UTC)
    root = Component(
        name=package.name,
        version=package.version,
        type=ComponentType.LIBRARY,
        bom_ref=_purl(package.name, package.version).to_string(),
        purl=_purl(package.name, package.version),
        description=package.project.get("description"),
        licenses=[LicenseExpression(package.project["license"])] if "license" in package.project else None,
        properties=[
            Property(name="vcsdk:description-sha256", value=facts.description_sha256),
            Property(name="vcsdk:configuration-sha256", value=facts.config_sha256 or "none"),
            Property(name="vcsdk:toolkit-version", value=facts.toolkit_version),
        ],
    )
    bom.metadata.component = root
    toolkit = Component(
        name="vcsdk",
        version=facts.toolkit_version,
        type=ComponentType.LIBRARY,
        bom_ref=f"vcsdk-parts@{facts.toolkit_version}",
        description="The parts of the toolkit that are copied into the package.",
    )
    components = [toolkit, *(_dependency(text) for text in package.project.get("dependencies", ()))]
    for component in components:
        bom.components.add(component)
    bom.register_dependency(root, components)
    return str(JsonV1Dot6(bom).output_as_string(indent=1)) + "\n"


def _dependency(text: str) -> Component:
    requirement = Requirement(text)
    purl = PackageURL("pypi", name=canonicalize_name(requirement.name))
    return Component(
        name=requirement.name,
        type=ComponentType.LIBRARY,
        bom_ref=purl.to_string(),
        purl=purl,
        properties=[Property(name="vcsdk:requirement", value=str(requirement))],
    )


def _purl(name: str, version: str) -> PackageURL:
    return PackageURL("pypi", name=canonicalize_name(name), version=version)


def _serial(package: Package) -> uuid.UUID:
    """Random numbers would make two builds differ; what makes packages differ is their files."""
    parts = [f"{path} {entry.sha256}" for path, entry in sorted(package.manifest.files.items())]
    parts += [f"{path} {digest}" for path, digest in sorted(package.own.items())]
    return uuid.uuid5(_SPACE, "\n".join((package.name, package.version, *parts)))
