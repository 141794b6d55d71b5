"""Data types: client."""

from __future__ import annotations

from typing import Any, TypeAlias

ClientModel: TypeAlias = dict[str, Any]
"""A dict: a class cannot have all its properties (`class`, `None`, `__class__`, `with space`, `1st`, `"; import os`).

Named as a class of the runtime. \"\"\"

Source: `#/components/schemas/Client`
"""
