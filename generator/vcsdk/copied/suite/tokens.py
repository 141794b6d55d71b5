"""What is right and wrong with keys that a run is given, and where it may ask for tokens."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

from .credentials import unsendable
from .operations import Catalogue

_KEYLESS = ("basic", "certificate", "other")
CLIENT, PASSWORD = "client_credentials", "password"
"""Grants by which a program gets a token (RFC 6749, 4.4 and 4.3)."""


def wrong_keys(tokens: Mapping[str, str], catalogue: Catalogue) -> str:
    """What is wrong with the keys of schemes; "" for nothing."""
    kinds = {scheme.key: scheme.kind for scheme in catalogue.schemes if scheme.kind not in _KEYLESS}
    if tokens and not kinds:
        return "--token-env: the API has no key to send; use --username and --password-env"
    for name, value in tokens.items():
        flag = f"--token-env {name}=…" if name else "--token-env"
        if name and name not in kinds:
            return f"{flag}: no such security scheme; there are {', '.join(sorted(kinds))}"
        for kind in [kinds[name]] if name else kinds.values():
            if reason := unsendable(kind, value):
                return f"{flag}: the key {reason}"
    return ""


def wrong_client(client: str, token_url: str, url: str, catalogue: Catalogue) -> str:
    """What is wrong with how a program is to get its token; "" for nothing."""
    if not client:
        return ""
    addresses = [dict(scheme.grants)[CLIENT] for scheme in catalogue.schemes if CLIENT in dict(scheme.grants)]
    if not addresses:
        return "--client-id: the description has no scheme with the flow `clientCredentials`; use --token-env"
    for address in addresses:
        try:
            token_address(url, catalogue.prefix, address, token_url)
        except ValueError as reason:
            return f"--client-id: {reason}"
    return ""


def token_address(url: str, prefix: str, written: str, chosen: str = "") -> str:
    """Where a token is asked for: `chosen`, else what the description has `written`, on the target itself.

    Raises:
        ValueError: It is on another host, which only the user can name; the text says how.
    """
    address = chosen or urljoin(f"{url}{prefix}/", written)
    parts, own = urlsplit(address), urlsplit(url)
    if not chosen and (parts.scheme, parts.netloc) != (own.scheme, own.netloc):
        raise ValueError(
            f"the description asks for tokens at {parts.scheme}://{parts.netloc}, which is not the target: "
            f"pass --token-url {address} if credentials may be sent there"
        )
    return address
