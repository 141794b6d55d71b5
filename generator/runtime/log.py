"""The package's logger.  Request lines carry the path template, never a value, a header, a body or a token."""

from __future__ import annotations

import logging

# In a generated package this module is `vcenter_vcha._runtime.log`, and its users know the package by its own name.
logger = logging.getLogger(__name__.split("._runtime", 1)[0].removesuffix(".log"))
