"""Searches what a run left behind for its secrets."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

# A token of a session that another process made shows by its surroundings.
_LOOKS_LIKE_TOKEN = re.compile(rb"(?i)vmware-api-session-id[\"']?\s*[:=,]\s*[b\[]?[\"']?[0-9a-f]{8}-[0-9a-f]{4}-")
_LOOKS_LIKE_BASIC = re.compile(rb"(?i)\bbasic +[a-z0-9+/]{16,}=*")


def search(folder: Path, passwords: dict[str, str], tokens: Iterable[str]) -> list[str]:
    """Each file below a folder that holds a secret, with what it holds; never the secret.

    Args:
        folder: Every file in it is read, binary ones too.
        passwords: By user.
        tokens: Session tokens.
    """
    needles = {spelling: what for what, secret in _secrets(passwords, tokens) for spelling in _spellings(secret)}
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = file.read_bytes()
        name = file.relative_to(folder).as_posix()
        found += sorted({f"{name} holds {what}" for needle, what in needles.items() if needle in content})
        if _LOOKS_LIKE_TOKEN.search(content):
            found.append(f"{name} holds what looks like a session token")
        if _LOOKS_LIKE_BASIC.search(content):
            found.append(f"{name} holds what looks like Basic credentials")
    return found


def count(folder: Path) -> int:
    """How many files there are to search."""
    return sum(1 for path in folder.rglob("*") if path.is_file())


def _secrets(passwords: dict[str, str], tokens: Iterable[str]) -> Iterator[tuple[str, str]]:
    for user, password in passwords.items():
        yield f"the password of {user}", password
        yield f"the credentials of {user}", base64.b64encode(f"{user}:{password}".encode()).decode()
    for token in tokens:
        yield "a session token", token


def _spellings(secret: str) -> set[bytes]:
    return {text.encode() for text in (secret, quote(secret, safe=""), json.dumps(secret)[1:-1])}
