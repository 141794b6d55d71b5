"""The flavour `pydantic`: models by datamodel-code-generator on our document, with our templates."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from vcsdk.diagnostics import Diagnostic, Diagnostics, InputError, Level, Location
from vcsdk.emitters.file import File
from vcsdk.emitters.render import render, templates_folder
from vcsdk.flavors.document import Named, with_own_names
from vcsdk.flavors.result import Dropped, FlavorResult, deliver
from vcsdk.flavors.tool import require
from vcsdk.ir import Struct
from vcsdk.load.pointer import escape
from vcsdk.pipeline import Described

DISTRIBUTION = "datamodel-code-generator"
_RESERVED = (
    *("Annotated", "Any", "AwareDatetime", "BaseModel", "ConfigDict", "Enum", "Field"),
    *("IntEnum", "Literal", "RootModel", "SecretStr", "StrEnum"),
)
"""Names of what the generated module imports."""


def generate(described: Described, out: Path, diagnostics: Diagnostics) -> FlavorResult:
    """Generate `DIR/<distribution>-pydantic`: one module of models, no operations.

    The tool is called in process, on a document in which every class has the name of our client; its template
    `Enum` is ours.

    Raises:
        InputError: The tool is not installed, refuses the document, or the output cannot be written.
    """
    require("datamodel_code_generator", DISTRIBUTION, diagnostics)
    named = with_own_names(described.document, described.api, reserved=_RESERVED)
    text = _models(described, named, diagnostics)
    dropped = list(_dropped(described, named, text))
    return deliver(described, _files(described, text), dropped, out, diagnostics, operations=False)


def _models(described: Described, named: Named, diagnostics: Diagnostics) -> str:
    from datamodel_code_generator import Error, generate
    from datamodel_code_generator.config import GenerateConfig
    from datamodel_code_generator.enums import DataModelType, InputFileType
    from datamodel_code_generator.format import PythonVersion

    config = GenerateConfig(
        input_file_type=InputFileType.OpenAPI,
        input_filename=Path(described.document.file).name,
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        custom_template_dir=templates_folder() / "pydantic",
        allow_remote_refs=False,
        disable_timestamp=True,
        field_constraints=True,
        use_annotated=True,
        use_schema_description=True,
        # Our writer formats.
        formatters=[],
    )
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            text = generate(named.data, config=config)
    except Error as error:
        reason = f"{DISTRIBUTION} refuses the description: {' '.join(str(error).split())}"
        diagnostics.add(Diagnostic(Level.ERROR, "flavor-refused", reason, Location(described.document.file)))
        raise InputError(diagnostics) from error
    for message in dict.fromkeys(str(warning.message) for warning in warned if warning.category is UserWarning):
        diagnostics.add(Diagnostic(Level.NOTE, "flavor-note", message, Location(described.document.file)))
    if not isinstance(text, str):
        raise TypeError("the tool split a document without dotted names into modules")
    return text


def _files(described: Described, models: str) -> list[File]:
    package = described.config.package
    distribution, module = f"{package.distribution}-pydantic", f"{package.module}_pydantic"
    title = " ".join(described.api.title.split()) or package.distribution
    example = next((schema.name for schema in described.api.schemas.values() if isinstance(schema, Struct)), None)
    summary = f"Pydantic models for {title}."
    names: dict[str, Any] = {"distribution": distribution, "module": module, "title": title, "summary": summary}
    source = PurePosixPath("src", module)

    def text(path: PurePosixPath, content: str) -> File:
        return File(path, content, "text", distribution)

    pyproject = render("pydantic/pyproject.toml.jinja", version=package.version, **names)
    return [
        text(PurePosixPath("pyproject.toml"), pyproject),
        text(PurePosixPath("README.md"), render("pydantic/README.md.jinja", example=example, **names)),
        text(source / "py.typed", ""),
        File(source / "__init__.py", '"""The models are in `models`."""\n', "python", distribution),
        File(source / "models.py", models, "python", distribution),
    ]


def _dropped(described: Described, named: Named, text: str) -> Iterator[Dropped]:
    defined = set(_symbols(ast.parse(text)))
    for key in described.document.data.get("components", {}).get("schemas", {}):
        pointer = f"/components/schemas/{escape(key)}"
        name = named.names[pointer]
        if name not in defined:
            yield Dropped("schema", f"`{key}`", pointer, f"the tool made no class or alias `{name}`")


def _symbols(module: ast.Module) -> Iterator[str]:
    """Names that a module defines at its top level."""
    for node in module.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
