"""Swagger 2.0 to the form of OpenAPI 3.0, keeping where each node was written.

After "OpenAPI Specification" 2.0 and 3.0.4.  What has the wrong shape is carried over as it is, for the structural
check to name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vcsdk.diagnostics import Diagnostics, Level, Origin
from vcsdk.load.document import Document
from vcsdk.load.extensions import is_extension
from vcsdk.load.pointer import join
from vcsdk.load.swagger2_parameters import (
    body,
    form,
    header,
    is_body,
    is_form,
    parameter,
)
from vcsdk.load.swagger2_schemas import reference, schema

METHODS = ("get", "put", "post", "delete", "options", "head", "patch")

_KEPT = ("info", "tags", "externalDocs", "security")
_FLOWS = {"application": "clientCredentials", "accessCode": "authorizationCode"}


def convert(document: Document, diagnostics: Diagnostics) -> None:
    """Replace the data of a Swagger 2.0 document by the same description in the form of OpenAPI 3.0."""
    document.data = _Conversion(document, diagnostics).document()


class _Conversion:
    def __init__(self, document: Document, diagnostics: Diagnostics) -> None:
        self._document = document
        self._diagnostics = diagnostics
        self._old = document.data
        self._parameters = _dict(self._old.get("parameters"))

    def document(self) -> dict[str, Any]:
        old = self._old
        new: dict[str, Any] = {"openapi": "3.0.3"}
        self._moved("/openapi", "/swagger")
        for key, value in old.items():
            if key in _KEPT or is_extension(key):
                new[key] = value
        new["servers"] = self._servers()
        if isinstance(old.get("host"), str) and "://" in old["host"]:
            message = "`host` has a scheme, which `schemes` is for; took what is behind it"
            place = Origin(self._document.file, "/host")
            self._diagnostics.add(self._document.diagnose(Level.WARNING, "misspelt-host", message, place))
        if "paths" in old:
            new["paths"] = self._paths(old["paths"])
        new["components"] = self._components()
        known = {*_KEPT, "swagger", "host", "basePath", "schemes", "consumes", "produces", "paths"}
        known |= {"definitions", "parameters", "responses", "securityDefinitions"}
        for key in old:
            if key not in known and not is_extension(key):
                message = f"`{key}` is not a field of a Swagger 2.0 document and is ignored"
                self._diagnostics.add(
                    self._document.diagnose(
                        Level.WARNING, "unknown-field", message, Origin(self._document.file, "/" + key)
                    )
                )
        return new

    def _moved(self, new: str, old: str) -> None:
        self._document.added(new, Origin(self._document.file, old))

    def _servers(self, own: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        old = self._old
        # It begins with a slash ("Swagger Object"), whoever forgot that.
        steps = str(old.get("basePath") or "").split("/")
        base = "".join(f"/{step}" for step in steps if step not in ("", "."))
        written = old.get("host")
        # "Swagger Object": the host alone, without a scheme, and a path is for `basePath`.
        named, _, address = written.rpartition("://") if isinstance(written, str) else ("", "", "")
        host = address.strip("/")
        if not host:
            return [{"url": base or "/"}]
        self._moved("/servers", "/host")
        # VMware writes a placeholder where the address of the server belongs: `"host": "<vcenter>"`.
        names = re.findall(r"[<{]([^<>{}]+)[>}]", host)
        host = re.sub(r"[<{]([^<>{}]+)[>}]", r"{\1}", host)
        servers: list[dict[str, Any]] = []
        for scheme in self._schemes({"schemes": [named or "https"], **(old if own is None else own)}):
            server: dict[str, Any] = {"url": f"{scheme}://{host}{base}"}
            if names:
                server["variables"] = {name: {"default": "localhost"} for name in names}
            servers.append(server)
        return servers

    @staticmethod
    def _schemes(node: Mapping[str, Any]) -> list[str]:
        schemes = node.get("schemes")
        listed = [s for s in schemes if isinstance(s, str)] if isinstance(schemes, list) else []
        return sorted(listed or ["https"], key=lambda s: s != "https")

    def _components(self) -> dict[str, Any]:
        old, components = self._old, {}
        definitions, responses = old.get("definitions"), old.get("responses")
        if "definitions" in old:
            self._moved("/components/schemas", "/definitions")
            components["schemas"] = (
                {name: schema(node) for name, node in definitions.items()}
                if isinstance(definitions, dict)
                else definitions
            )
        plain = {k: v for k, v in self._parameters.items() if not is_body(v) and not is_form(v)}
        if plain:
            self._moved("/components/parameters", "/parameters")
            components["parameters"] = {name: parameter(node) for name, node in plain.items()}
        bodies = {k: v for k, v in self._parameters.items() if is_body(v)}
        if bodies:
            self._moved("/components/requestBodies", "/parameters")
            media = _media(None, old.get("consumes"))
            components["requestBodies"] = {name: body(node, media) for name, node in bodies.items()}
        if isinstance(responses, dict):
            self._moved("/components/responses", "/responses")
            media = _media(None, old.get("produces"))
            components["responses"] = {
                name: self._response(node, media, join("/components/responses", name), join("/responses", name))
                for name, node in responses.items()
            }
        schemes = old.get("securityDefinitions")
        if isinstance(schemes, dict):
            self._moved("/components/securitySchemes", "/securityDefinitions")
            components["securitySchemes"] = {name: _security_scheme(node) for name, node in schemes.items()}
        return components

    def _paths(self, paths: Any) -> Any:
        if not isinstance(paths, dict):
            return paths
        return {
            key: item if is_extension(key) else self._path_item(item, join("/paths", key))
            for key, item in paths.items()
        }

    def _path_item(self, item: Any, pointer: str) -> Any:
        if not isinstance(item, dict):
            return item
        shared = item.get("parameters")
        payload: list[tuple[Any, str]] = []
        new: dict[str, Any] = {}
        if isinstance(shared, list):
            new["parameters"], payload = self._split(shared, f"{pointer}/parameters")
        elif "parameters" in item:
            new["parameters"] = shared
        for key, value in item.items():
            if key in METHODS:
                new[key] = self._operation(value, payload, f"{pointer}/{key}")
            elif key != "parameters":
                new[key] = value
        return new

    def _split(self, parameters: list[Any], pointer: str) -> tuple[list[Any], list[tuple[Any, str]]]:
        """Parameters of 3.0, and those of a list that became the body (with their pointers)."""
        plain: list[Any] = []
        payload: list[tuple[Any, str]] = []
        for position, node in enumerate(parameters):
            old = f"{pointer}/{position}"
            target = self._target(node)
            if is_body(target) or is_form(target):
                payload.append((node, old))
                continue
            new = f"{pointer}/{len(plain)}"
            if new != old:
                self._moved(new, old)
            self._moved(f"{new}/schema", old)
            self._moved(f"{new}/style", f"{old}/collectionFormat")
            plain.append(parameter(node))
        return plain, payload

    def _target(self, node: Any) -> Any:
        if isinstance(node, dict) and isinstance(node.get("$ref"), str):
            return self._parameters.get(node["$ref"].removeprefix("#/parameters/"), node)
        return node

    def _operation(self, operation: Any, shared: list[tuple[Any, str]], pointer: str) -> Any:
        if not isinstance(operation, dict):
            return operation
        new = {
            k: v
            for k, v in operation.items()
            if k not in ("consumes", "produces", "schemes", "parameters", "responses")
        }
        if "schemes" in operation and self._schemes(operation) != self._schemes(self._old):
            # Where the host is not said, the scheme is that of whatever client is used.
            own = self._servers(operation)
            new |= {"servers": own} if own != self._servers() else {}
        parameters = operation.get("parameters")
        payload: list[tuple[Any, str]] = []
        if isinstance(parameters, list):
            new["parameters"], payload = self._split(parameters, f"{pointer}/parameters")
        elif "parameters" in operation:
            new["parameters"] = parameters
        payload = payload or shared
        if payload:
            new["requestBody"] = self._body(payload, operation.get("consumes"), f"{pointer}/requestBody")
        if "responses" in operation:
            media = _media(operation.get("produces"), self._old.get("produces"))
            new["responses"] = self._responses(operation["responses"], media, f"{pointer}/responses")
        return new

    def _body(self, payload: list[tuple[Any, str]], consumes: Any, pointer: str) -> dict[str, Any]:
        node, old = payload[0]
        self._moved(pointer, old)
        if is_form(self._target(node)):
            fields = [self._target(n) for n, _ in payload if is_form(self._target(n))]
            new = form(fields, _media(consumes, self._old.get("consumes")))
            for media in new["content"]:
                for field, (_, place) in zip(fields, payload, strict=False):
                    name = str(field.get("name"))
                    self._moved(join(pointer, "content", media, "schema", "properties", name), place)
                    self._moved(join(pointer, "content", media, "encoding", name, "style"), f"{place}/collectionFormat")
            return new
        own = consumes if consumes is not None else None
        if "$ref" in node and own is None:
            return {"$ref": "#/components/requestBodies/" + str(node["$ref"]).removeprefix("#/parameters/")}
        new = body(self._target(node), _media(consumes, self._old.get("consumes")))
        for media in new["content"]:
            self._moved(join(pointer, "content", media, "schema"), f"{old}/schema")
        return new

    def _responses(self, responses: Any, media: list[str], pointer: str) -> Any:
        if not isinstance(responses, dict):
            return responses
        new: dict[str, Any] = {}
        for status, node in responses.items():
            place = join(pointer, status)
            new[status] = node if is_extension(status) else self._response(node, media, place, place)
        return new

    def _response(self, node: Any, media: list[str], pointer: str, old: str) -> Any:
        if not isinstance(node, dict):
            return node
        if isinstance(node.get("$ref"), str):
            return {**node, "$ref": reference(node["$ref"])}
        new = {k: v for k, v in node.items() if k not in ("schema", "examples", "headers")}
        if isinstance(node.get("headers"), dict):
            new["headers"] = {name: header(value) for name, value in node["headers"].items()}
        examples = _dict(node.get("examples"))
        if "schema" in node or examples:
            content: dict[str, Any] = {}
            for name in [*media, *(m for m in examples if m not in media)] if "schema" in node else list(examples):
                content[name] = {"schema": schema(node["schema"])} if "schema" in node else {}
                self._moved(join(pointer, "content", name, "schema"), f"{old}/schema")
                if name in examples:
                    content[name]["example"] = examples[name]
            new["content"] = content
        return new


def _security_scheme(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    if node.get("type") == "basic":
        return {**node, "type": "http", "scheme": "basic"}
    if node.get("type") == "oauth2":
        flow = str(node.get("flow"))
        facts = {k: node[k] for k in ("authorizationUrl", "tokenUrl") if k in node}
        kept = {k: v for k, v in node.items() if k not in ("flow", "authorizationUrl", "tokenUrl", "scopes")}
        return {**kept, "flows": {_FLOWS.get(flow, flow): {**facts, "scopes": _dict(node.get("scopes"))}}}
    return node


def _media(own: Any, everywhere: Any) -> list[str]:
    """The content types of an operation: its own list, the document's, or JSON."""
    for types in (own, everywhere):
        if isinstance(types, list) and types:
            return [name for name in types if isinstance(name, str)]
    return ["application/json"]


def _dict(node: Any) -> dict[str, Any]:
    return node if isinstance(node, dict) else {}
