"""The documents that values are validated with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vcsdk.copied.suite.validating import Validating


def with_components(
    schema: Any, document: Mapping[str, Any], *, closed: bool, draft4: bool, request: bool = False
) -> dict[str, Any]:
    """That of one schema, made alone."""
    return Validating(document, closed=closed, draft4=draft4, request=request).whole(schema)
