"""Which conventions a description follows, told before anything is mended."""

from __future__ import annotations

import re
from typing import Any

from vcsdk.config.model import Config

_ERROR_MODEL = re.compile(r"(?:vapi[._]?)?std[._]?errors[._]?\w+", re.IGNORECASE)


def profile_of(data: dict[str, Any], config: Config) -> str:
    """The profile that the configuration names; left to us, `vapi` where components have VMware's error model."""
    if config.profile != "auto":
        return config.profile
    components = data.get("components")
    schemas = components.get("schemas") if isinstance(components, dict) else None
    names = schemas if isinstance(schemas, dict) else ()
    return "vapi" if any(_ERROR_MODEL.fullmatch(str(name)) for name in names) else "plain"
