"""States from what a package was built: an in-toto statement with the predicate "SLSA provenance v1".

https://slsa.dev/spec/v1.0/provenance; it is not signed, which whoever publishes may do.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from vcsdk.release.package import Package
from vcsdk.write.manifest import sha256

SUFFIX = ".provenance.json"
FOLDER = ".provenance"
"""Below the built files: `twine upload dist/*` would refuse whatever else lies among them."""


def render(package: Package, built: Sequence[Path]) -> str:
    """The statement about the built files; it names no time and no machine, so that it is the same everywhere."""
    facts = package.manifest.facts
    materials: list[dict[str, Any]] = [
        {"name": "description", "digest": {"sha256": facts.description_sha256}},
        {"name": "vcsdk", "uri": f"pkg:pypi/vcsdk@{facts.toolkit_version}"},
    ]
    if facts.config_sha256:
        materials.insert(1, {"name": "configuration", "digest": {"sha256": facts.config_sha256}})
    materials += [{"name": path, "digest": {"sha256": digest}} for path, digest in sorted(package.own.items())]
    statement = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [
            {"name": file.name, "digest": {"sha256": sha256(file.read_bytes())}}
            for file in sorted(built, key=lambda file: file.name)
        ],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": "urn:vcsdk:build:v1",
                "externalParameters": {"package": package.name, "version": package.version},
                "resolvedDependencies": materials,
            },
            "runDetails": {
                "builder": {
                    "id": "urn:vcsdk:build",
                    "version": {name: version(name) for name in ("build", "hatchling", "vcsdk")},
                },
            },
        },
    }
    return json.dumps(statement, indent=1, ensure_ascii=False) + "\n"
