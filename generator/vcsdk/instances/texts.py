"""A text that keeps the format, the pattern and the bounds of a schema."""

from __future__ import annotations

import base64
import math
import random
import uuid
from collections.abc import Mapping
from typing import Any

from vcsdk.ir.patterns import is_pattern, sample

_TEXTS = {
    "date-time": "2026-01-15T12:00:00.000Z",
    "date": "2026-01-15",
    "time": "12:00:00Z",
    "duration": "PT1H",
    "email": "someone@example.com",
    "idn-email": "someone@example.com",
    "hostname": "vc.example.com",
    "idn-hostname": "vc.example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://vc.example.com/",
    "url": "https://vc.example.com/",
    "iri": "https://vc.example.com/",
    "uri-reference": "/path",
    "iri-reference": "/path",
    "uri-template": "/path/{id}",
    "json-pointer": "/path",
    "relative-json-pointer": "0",
    "regex": "^a$",
    "byte": base64.b64encode(b"example").decode(),
}


def text(flat: Mapping[str, Any], seed: int) -> str | None:
    """A text for a flat schema, in which `seed` draws a UUID; None where its pattern gives none of that length."""
    shortest, longest = flat.get("minLength", 0), flat.get("maxLength")
    if isinstance(pattern := flat.get("pattern"), str) and is_pattern(pattern):
        return sample(pattern, shortest=shortest, longest=longest)
    # What 3.1 calls an encoding was a format.
    kind = "byte" if flat.get("contentEncoding") == "base64" else flat.get("format")
    if kind == "uuid":
        return str(uuid.UUID(int=random.Random(seed).getrandbits(128), version=4))  # noqa: S311
    made = _TEXTS.get(kind, "example") if isinstance(kind, str) else "example"
    if kind not in _TEXTS:
        made = (made * math.ceil(shortest / len(made)))[:shortest] if len(made) < shortest else made
        made = made if longest is None else made[:longest]
    return made
