"""The flavour `openapi-python-client`: that tool on our document, with our templates."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from vcsdk import scratch
from vcsdk.diagnostics import Diagnostic, Diagnostics, InputError, Level, Location
from vcsdk.emitters.file import File
from vcsdk.emitters.render import templates_folder
from vcsdk.flavors.document import Named, binary_types, paths_by_operation, with_own_names
from vcsdk.flavors.losses import Output, losses
from vcsdk.flavors.result import FlavorResult, deliver
from vcsdk.flavors.tool import require
from vcsdk.pipeline import Described

if TYPE_CHECKING:
    from openapi_python_client.config import Config as ToolConfig
    from openapi_python_client.parser import GeneratorData

DISTRIBUTION = "openapi-python-client"


def generate(described: Described, out: Path, diagnostics: Diagnostics) -> FlavorResult:
    """Generate `DIR/<distribution>-openapi-python-client`; what the tool drops is found by looking for it.

    The tool is called in process, on a document in which every class has the name of our client and every operation
    its own path; its templates `endpoint_module`, `str_enum`, `int_enum`, `pyproject` and `README` are ours.

    Raises:
        InputError: The tool is not installed, refuses the whole document, or the output cannot be written.
    """
    require("openapi_python_client", DISTRIBUTION, diagnostics)
    from openapi_python_client.parser import GeneratorData

    config = _config(described)
    named = _document(described, config)
    parsed = GeneratorData.from_dict(named.data, config=config)
    if not isinstance(parsed, GeneratorData):
        text = f"{DISTRIBUTION} refuses the description: {' '.join(f'{parsed.header}: {parsed.detail}'.split())}"
        diagnostics.add(Diagnostic(Level.ERROR, "flavor-refused", text, Location(described.document.file)))
        raise InputError(diagnostics)
    files = _files(parsed, config)
    output = Output(files, config)
    dropped = list(losses(described, named, parsed, output))
    return deliver(described, files, dropped, out, diagnostics)


def _config(described: Described) -> ToolConfig:
    from openapi_python_client.config import Config, ConfigFile, MetaType

    package = described.config.package
    settings = ConfigFile(
        project_name_override=f"{package.distribution}-{DISTRIBUTION}",
        package_name_override=f"{package.module}_{DISTRIBUTION.replace('-', '_')}",
        package_version_override=package.version,
        content_type_overrides=dict.fromkeys(binary_types(described.api), "application/octet-stream"),
        # Our writer formats.
        post_hooks=[],
    )
    source = Path(described.document.file)
    return Config.from_sources(settings, MetaType.POETRY, source, "utf-8", overwrite=True, output_path=None)


def _document(described: Described, config: ToolConfig) -> Named:
    from openapi_python_client.strings import ClassName, PythonIdentifier

    def module(name: str) -> str:
        return PythonIdentifier(ClassName(name, config.field_prefix), config.field_prefix)

    named = with_own_names(described.document, described.api, every_object=True, key=module)
    return replace(named, data={**named.data, "paths": paths_by_operation(named.data, described.api)})


def _files(parsed: GeneratorData, config: ToolConfig) -> list[File]:
    """What the tool writes, read back: our writer keeps the manifest and replaces what was there in one step."""
    from attrs import evolve
    from openapi_python_client import Project

    templates = templates_folder() / "openapi_python_client"
    distribution = str(config.project_name_override)
    with scratch.folder("flavor") as folder:
        place = folder / distribution
        config = evolve(config, output_path=place)
        project = Project(openapi=parsed, config=config, custom_template_path=templates)
        with redirect_stdout(io.StringIO()):
            project.build()
        return [
            File(
                PurePosixPath(path.relative_to(place).as_posix()),
                path.read_text(encoding="utf-8"),
                "python" if path.suffix == ".py" else "text",
                distribution,
            )
            for path in sorted(place.rglob("*"))
            if path.is_file()
        ]
