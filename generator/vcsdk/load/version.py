"""Which format a description is written in."""

from __future__ import annotations

import re
from typing import Any

from vcsdk.diagnostics import Diagnostics
from vcsdk.load.source import Source

_KNOWN = re.compile(r"3\.[012](\.\d+)?(-\S+)?")


def detect(source: Source, data: Any, diagnostics: Diagnostics) -> str | None:
    """The declared version ("3.0.3", "3.1.0", "2.0"), or None with an error in `diagnostics`."""
    if not isinstance(data, dict) or not ("openapi" in data or "swagger" in data):
        message = "this is not an OpenAPI description: neither `openapi` nor `swagger` is given"
        diagnostics.add(
            source.error("not-openapi", message, hint="an OpenAPI description starts with `openapi: 3.0.3`")
        )
        return None
    key = "openapi" if "openapi" in data else "swagger"
    version = data[key]
    text = f"{version:.1f}" if isinstance(version, float | int) else str(version)
    if text == "2.0" and key == "swagger":
        return text
    if key == "openapi" and _KNOWN.fullmatch(text):
        data[key] = text
        return text
    message = f"unknown version `{text}` of {'OpenAPI' if key == 'openapi' else 'Swagger'}"
    hint = "known are OpenAPI 3.0, 3.1 and 3.2 and Swagger 2.0"
    diagnostics.add(source.error("unknown-version", message, source.locate("/" + key), hint))
    return None
