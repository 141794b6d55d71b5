"""Finds the user name and password for an index where users keep them; never on the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from requests.utils import get_netrc_auth

from vcsdk.release.refusal import refusal

_VARIABLES = (("VCSDK_INDEX_USERNAME", "VCSDK_INDEX_PASSWORD"), ("TWINE_USERNAME", "TWINE_PASSWORD"))
_TOKEN_USER = "__token__"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user name and a password; `source` says where they were found ("netrc"), so that a refusal can name it."""

    username: str
    password: str = field(repr=False)
    source: str

    @property
    def on_the_wire(self) -> tuple[str, str]:
        """User name and password as `requests` takes them, which sends each character as a byte."""
        return _bytewise(self.username), _bytewise(self.password)


def find(urls: Iterable[str]) -> Credentials | None:
    """The credentials for an index: from the environment, else the netrc file, else the keyring; None without any.

    Args:
        urls: The addresses it has; the keyring may know either, or the host.
    """
    for user, password in _VARIABLES:
        if os.environ.get(password):
            return Credentials(os.environ.get(user) or _TOKEN_USER, os.environ[password], f"the variable {password}")
    addresses = list(urls)
    for url in addresses:
        found = get_netrc_auth(url)
        if found is not None and found[1]:
            return Credentials(*found, "netrc")
    return _from_keyring([*addresses, *(urlsplit(url).hostname or "" for url in addresses)])


def refuse_in(url: str, option: str) -> None:
    """Stop if an address carries a password: process lists and shell histories would show it.

    Raises:
        InputError: `password-in-url`; the message does not repeat it.
    """
    if "@" in urlsplit(url).netloc:
        hint = "use the variables VCSDK_INDEX_USERNAME and VCSDK_INDEX_PASSWORD, a netrc file, or the keyring"
        raise refusal("password-in-url", "an address must not carry a user name or password", option, hint)


def _bytewise(text: str) -> str:
    """A text of whose characters each is a byte: what ISO 8859-1 cannot say is UTF-8 (RFC 7617)."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape").decode("latin-1")
    return text


def _from_keyring(services: Iterable[str]) -> Credentials | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        for service in services:
            kept = keyring.get_credential(service, None) if service else None
            if kept is not None and kept.password:
                return Credentials(kept.username or _TOKEN_USER, kept.password, "the keyring")
    except KeyringError:
        # A keyring that is locked, or that a server without a desktop lacks, is none.
        return None
    return None
