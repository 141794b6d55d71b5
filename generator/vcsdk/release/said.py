"""What of a server's words is shown: one line, not too long, and nothing that may be a secret."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

import requests

_WORDS = 200
"""Most characters of what a server said that are shown."""
_SPEAKER = re.compile(r"^(?:<[^>]*>|\w+\(host=[^)]*\)): ")
"""What urllib3 puts before a reason: the object that gives it."""


def status(answer: requests.Response) -> str:
    """The status of an answer with its words."""
    return f"{answer.status_code} {few(answer.reason or '')}".strip()


def address(url: str) -> str:
    """An address of the server's without what may be a secret in it: user name, password and query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "what is no address"
    return few(urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="")))


def few(text: str) -> str:
    """What a server said, on one line and no longer than a reader has use for."""
    line = " ".join(text.split())
    return line if len(line) <= _WORDS else f"{line[:_WORDS]}…"


def reason(error: BaseException) -> str:
    """The innermost cause in words; what requests says around it names objects and addresses in memory."""
    if isinstance(error, ValueError) and not isinstance(error, requests.exceptions.InvalidHeader):
        # It would quote the address, which may carry a password or a signature.
        return "an address that is none of the web"
    seen: BaseException = error
    while True:
        inner = next((a for a in (getattr(seen, "reason", None), *seen.args) if isinstance(a, BaseException)), None)
        if inner is None:
            break
        seen = inner
    text = str(seen.args[-1] if seen.args else seen) or type(seen).__name__
    return few(_SPEAKER.sub("", text))
