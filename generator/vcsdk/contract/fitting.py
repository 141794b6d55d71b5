"""Whether results are as `results.schema.json` has them."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import jsonschema_rs

SCHEMA = Path(__file__).with_name("results.schema.json")


def misfit(content: Any) -> str:
    """The first place where something is not as `results.schema.json` has it; "" where it is."""
    departure = next(iter(_validator().iter_errors(content)), None)
    if departure is None:
        return ""
    where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in departure.instance_path)
    return f"at ${where}, {_short(departure.message)}"


@functools.cache
def _validator() -> jsonschema_rs.Validator:
    return jsonschema_rs.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _short(text: str) -> str:
    return text if len(text) <= 200 else f"…{text[-200:]}"
