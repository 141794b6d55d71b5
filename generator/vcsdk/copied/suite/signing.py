"""How an account of an API without sessions comes by its keys: given to the run, or asked for (OAuth 2.0)."""

from __future__ import annotations

from urllib.parse import quote_plus, urlsplit

from .credentials import Scheme, basic_value
from .line import Line
from .masking import MASK
from .reading import read_json
from .tokens import CLIENT, PASSWORD, token_address


def keys_of(line: Line, username: str, password: str) -> dict[str, str]:
    """The credentials of an account by the key of their scheme; a scheme that it has none for is left out.

    Without a name there is no account: the keys are the run's own.

    Raises:
        AssertionError: The server did not give a token.
        httpx2.TransportError: No answer came.
    """
    found = {}
    for scheme in line.catalogue.schemes:
        value = _key(line, scheme, username, password)
        if value:
            found[scheme.key] = value
    return found


def _key(line: Line, scheme: Scheme, username: str, password: str) -> str:
    settings = line.settings
    if scheme.kind == "basic":
        return basic_value(username, password) if username else ""
    if scheme.kind in ("certificate", "other"):
        return ""
    is_main = (username, password) == settings.login
    if is_main and scheme.key in settings.tokens:
        return settings.tokens[scheme.key]
    grants = dict(scheme.grants)
    if CLIENT in grants and settings.client[0] and is_main:
        scope = {"scope": " ".join(scheme.scopes)} if scheme.scopes else {}
        return _token(line, grants[CLIENT], {"grant_type": CLIENT, **scope}, settings.client)
    if PASSWORD in grants and username and not _is_elsewhere(line, scheme):
        form = {"grant_type": PASSWORD, "username": username, "password": password}
        return _token(line, grants[PASSWORD], form, settings.client if settings.client[0] else None)
    return settings.tokens.get(scheme.key) or settings.tokens.get("", "")


def _is_elsewhere(line: Line, scheme: Scheme) -> bool:
    """Whether the token would be asked for on a host that the user has not named, and a key was given instead."""
    settings = line.settings
    if settings.tokens.keys().isdisjoint(("", scheme.key)):
        return False
    try:
        token_address(settings.url, line.catalogue.prefix, dict(scheme.grants)[PASSWORD], settings.token_url)
    except ValueError:
        return True
    return False


def _token(line: Line, written: str, form: dict[str, str], client: tuple[str, str] | None) -> str:
    settings = line.settings
    try:
        address = token_address(settings.url, line.catalogue.prefix, written, settings.token_url)
    except ValueError as reason:
        raise AssertionError(str(reason)) from None
    headers = {"Accept": "application/json"}
    if client is not None:
        # RFC 6749, 2.3.1: both are encoded as a form would before they are joined.
        headers["Authorization"] = f"Basic {basic_value(*map(quote_plus, client))}"
    line.gate.sign_in_at.add(address)
    response = line.client.post(address, data=form, headers=headers)
    assert response.is_success, f"no token was given ({response.status_code}): POST {_shown(address)}"
    try:
        value = read_json(response.content)
    except ValueError:
        value = None
    token = value.get("access_token") if isinstance(value, dict) else None
    if not isinstance(token, str) or not token:
        raise AssertionError(f"the answer has no `access_token` (RFC 6749, 5.1): POST {_shown(address)}")
    line.secrets.add(token)
    return token


def _shown(address: str) -> str:
    parts = urlsplit(address)
    return parts._replace(query=MASK if parts.query else "").geturl()
