"""Whose conventions a description follows."""

from __future__ import annotations

import re

from vcsdk.config.model import Config
from vcsdk.load.document import Document

_ERROR_SCHEMAS = re.compile(r"(?:vapi[._]?)?std[._]?errors[._]?\w+", re.IGNORECASE)


def profile_of(document: Document, config: Config) -> str:
    """The configured profile; for `auto`, `vapi` where the description has VMware's error model, else `plain`."""
    if config.profile != "auto":
        return config.profile
    components = document.data.get("components")
    schemas = components.get("schemas") if isinstance(components, dict) else None
    names = schemas if isinstance(schemas, dict) else {}
    return "vapi" if any(_ERROR_SCHEMAS.fullmatch(str(name)) for name in names) else "plain"
