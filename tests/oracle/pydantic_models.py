"""datamodel-code-generator's pydantic models of a document's schemas, by its own templates."""

from __future__ import annotations

import importlib
import sys
import warnings
from pathlib import Path
from typing import Any

import pydantic
from vcsdk.load.pointer import escape

_PREFIX = "#/components/schemas/"


class PydanticModels:
    """Decodes JSON as the tool's models do, strictly: a text is no number.

    The schemas get names without meaning (`S0`, `S1`…) first, so that the tool has no collisions to settle.
    """

    def __init__(self, data: dict[str, Any], folder: Path, module: str) -> None:
        schemas = data.get("components", {}).get("schemas", {})
        self._names = {name: f"S{number}" for number, name in enumerate(schemas)}
        self._references = {_PREFIX + escape(name): _PREFIX + new for name, new in self._names.items()}
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{module}.py").write_text(self._text(data, schemas), encoding="utf-8")
        sys.path.insert(0, str(folder))
        try:
            importlib.invalidate_caches()
            self._module = importlib.import_module(module)
        finally:
            sys.path.remove(str(folder))
        self._adapters: dict[str, pydantic.TypeAdapter[Any]] = {}

    def _text(self, data: dict[str, Any], schemas: dict[str, Any]) -> str:
        from datamodel_code_generator import generate
        from datamodel_code_generator.config import GenerateConfig
        from datamodel_code_generator.enums import DataModelType, InputFileType
        from datamodel_code_generator.format import PythonVersion

        renamed = {self._names[name]: self._renamed(schema) for name, schema in schemas.items()}
        document = {"openapi": data["openapi"], "info": {"title": "t", "version": "1"}, "paths": {}}
        config = GenerateConfig(
            input_file_type=InputFileType.OpenAPI,
            output_model_type=DataModelType.PydanticV2BaseModel,
            target_python_version=PythonVersion.PY_311,
            field_constraints=True,
            use_annotated=True,
            strict_nullable=True,
            disable_timestamp=True,
            formatters=[],
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            text = generate({**document, "components": {"schemas": renamed}}, config=config)
        assert isinstance(text, str), "names without dots stay in one module"
        return text

    def _renamed(self, node: Any) -> Any:
        if isinstance(node, list):
            return [self._renamed(item) for item in node]
        if not isinstance(node, dict):
            return node
        copied = {key: self._renamed(value) for key, value in node.items()}
        if isinstance(node.get("$ref"), str):
            copied["$ref"] = self._references.get(node["$ref"], node["$ref"])
        if isinstance(node.get("discriminator"), dict):
            copied["discriminator"] = self._discriminator(node)
        return copied

    def _discriminator(self, node: dict[str, Any]) -> dict[str, Any]:
        """With its mapping written out: unwritten, it goes by the names that are gone."""
        told = node["discriminator"].get("mapping", {})
        mapping = {
            value: self._references.get(target) or _PREFIX + self._names[target] for value, target in told.items()
        }
        for member in (*node.get("oneOf", ()), *node.get("anyOf", ())):
            target = self._references.get(member.get("$ref", ""))
            if target is not None and target not in mapping.values():
                mapping[member["$ref"].rpartition("/")[2]] = target
        return {**node["discriminator"], **({"mapping": mapping} if mapping else {})}

    def decode(self, name: str, text: bytes) -> Any:
        """The value.  Raises pydantic.ValidationError."""
        return self._adapter(name).validate_json(text, strict=True)

    def encode(self, name: str, value: Any) -> Any:
        """Its JSON, what was not given left out."""
        return self._adapter(name).dump_python(value, mode="json", by_alias=True, exclude_unset=True)

    def _adapter(self, name: str) -> pydantic.TypeAdapter[Any]:
        if name not in self._adapters:
            self._adapters[name] = pydantic.TypeAdapter(getattr(self._module, self._names[name]))
        return self._adapters[name]
