"""Access tokens of OAuth 2.0 that a client gets, keeps and renews by itself; and credentials that a function gives."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote_plus, urlencode, urljoin

import msgspec

from .called import called
from .errors import ArgumentError, AuthenticationError, UnexpectedAnswer, class_by_status
from .operation import Operation
from .request import Credentials, Prepared
from .secret import Concealed, Renewed, Secret, SupportsReveal, hidden, hides_text
from .unsendable import is_text

if TYPE_CHECKING:
    from .raw import RawAnswer

_FORM = "application/x-www-form-urlencoded"
_EARLY = 30.0
"""Seconds before its end at which a token is renewed, but not more than a tenth of its time."""
_LONGEST = 1e9
"""Seconds of a token that nobody says the end of."""
_CODES = frozenset(
    (
        *("invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type"),
        "invalid_scope",
    )
)
"""RFC 6749, 5.2.  Any other text of the server may repeat what was sent, and is not shown."""
TOKEN = Operation(name="oauth2.token", method="POST", path="", security="none")


class OAuth2(Renewed):
    """Gets tokens from a token address (RFC 6749), keeps them, and renews them before they expire and after a 401.

    With `username` and `password` by the password grant, else by the client's own credentials; a `refresh_token` that
    is given, or that the server sends, is used first.  One renewal serves all threads and tasks of a client.

    Args:
        client_id: The client's name at the authorization server; "" for one that asks a `username` or a
            `refresh_token` for no client, as FastAPI's do.
        client_secret: Its secret; text or `Secret`.
        token_url: Where tokens are had; None means what the description of the scheme says.
        scope: What is asked for: names with blanks between them, or several names.
        username: With `password`: whose token it is.
        password: Its password; text or `Secret`.
        refresh_token: One from an earlier authorization; text or `Secret`.
        in_body: Send the client's credentials in the body, and not as HTTP Basic.
        parameters: What else the server wants in the form, such as `audience`.

    Raises:
        ArgumentError: An argument cannot be used.
    """

    def __init__(
        self,
        client_id: str = "",
        client_secret: str | SupportsReveal | None = None,
        *,
        token_url: str | None = None,
        scope: str | Iterable[str] = "",
        username: str | None = None,
        password: str | SupportsReveal | None = None,
        refresh_token: str | SupportsReveal | None = None,
        in_body: bool = False,
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        client_secret, password, refresh_token = hidden(client_secret), hidden(password), hidden(refresh_token)
        if not isinstance(client_id, str):
            raise ArgumentError(f"{called('client_id')}: expected text")
        scope = scope if isinstance(scope, str) else " ".join(scope)
        # What cannot be written would be seen in the frames of the exception.
        for name, given in (("client_id", client_id), ("username", username or ""), ("scope", scope)):
            _check(name, given)
        for name, given in (parameters or {}).items():
            _check("parameters", name)
            _check("parameters", given)
        if (username is None) != (password is None):
            both = f"{called('username')}, {called('password')}"
            raise ArgumentError(f"{both}: one makes no sense without the other")
        if not client_id and (client_secret is not None or (username is None and refresh_token is None)):
            raise ArgumentError(f"{called('client_id')}: is needed, for it is the client that asks for a token")
        self._id, self._username, self._in_body = client_id, username, in_body
        self._secret, self._password = _text("client_secret", client_secret), _text("password", password)
        self.refresh_token: Secret | None = _text("refresh_token", refresh_token)
        self._token_url = token_url
        self._scope = scope
        self._more = dict(parameters or {})

    def address(self, described: str, base: str) -> str:
        """Where tokens are had; an address that is relative stands beside the API's.  Raises ArgumentError."""
        found = self._token_url or described
        if not found:
            raise ArgumentError(f"{called('token_url')}: is needed, for the description names none")
        return urljoin(f"{base}/", found)

    def request(self, base: str, refresh_token: Secret | None) -> tuple[Prepared, Credentials]:
        """The request for a token, and what authenticates the client."""
        form = {key: value for key, value in (("scope", self._scope), *self._more.items()) if value}
        if refresh_token is not None:
            form |= {"grant_type": "refresh_token", "refresh_token": refresh_token.reveal()}
        elif self._username is not None and self._password is not None:
            form |= {"grant_type": "password", "username": self._username, "password": self._password.reveal()}
        else:
            form["grant_type"] = "client_credentials"
        headers: dict[str, str] = {}
        if self._secret is None or self._in_body:
            form |= {"client_id": self._id} if self._id else {}
            form |= {"client_secret": self._secret.reveal()} if self._secret is not None else {}
        else:
            import base64

            # RFC 6749, 2.3.1: both are written as in a form first.
            pair = f"{quote_plus(self._id)}:{quote_plus(self._secret.reveal())}".encode()
            headers["authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        sent = {"accept": "application/json", "content-type": _FORM}
        return Prepared(TOKEN, "", sent, urlencode(form).encode(), base), Credentials(headers=headers)

    def can_do_without(self, refresh_token: Secret | None) -> bool:
        """Whether there is another way to a token than this refresh token."""
        return refresh_token is not None and (self._password is not None or self.refresh_token is None)

    def __repr__(self) -> str:
        return f"OAuth2({self._id or self._username or ''!r})"


SecretSource: TypeAlias = "Callable[[], str | SupportsReveal | Awaitable[str | SupportsReveal]]"
"""A credential that is asked for whenever it is needed: a function, in the asynchronous client also a coroutine's."""

Live: TypeAlias = "OAuth2 | SecretSource"
"""The same, or an access token that is got, kept and renewed."""


class Token(msgspec.Struct, frozen=True, eq=False):
    """A token with the `time.monotonic()` moment of its renewal, and what renews it."""

    text: Secret
    until: float
    refresh_token: Secret | None

    def __repr__(self) -> str:
        return "<Token>"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return []


def token_of(answer: RawAnswer, refresh_token: Secret | None) -> Token:
    """What a token address answered.

    Raises:
        AuthenticationError: It refuses (400, 401); the message has the error's code.
        ApiError: It answers with another error; of the class of the status.
        UnexpectedAnswer: It says nothing that can be used.
    """
    try:
        said = msgspec.json.decode(answer.content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        said = None
    said = Concealed(said if isinstance(said, dict) else {})
    if answer.status >= 400:
        code = said.get("error")
        why = code if isinstance(code, str) and code in _CODES else "without a reason that RFC 6749 knows"
        kind_of_error = AuthenticationError if answer.status == 400 else class_by_status(answer.status)
        message = f"{TOKEN.name}: the token address answered {answer.status}: {why}"
        raise kind_of_error(message, status=answer.status, operation=TOKEN.name)
    text, kind, seconds = said.get("access_token"), said.get("token_type", "Bearer"), said.get("expires_in")
    if answer.status != 200 or not isinstance(text, str) or not text or str(kind).lower() != "bearer":
        raise UnexpectedAnswer(f"{TOKEN.name}: the answer holds no usable token", operation=TOKEN.name)
    left = _LONGEST
    if isinstance(seconds, int | float) and not isinstance(seconds, bool):
        left = float(min(seconds, _LONGEST))
    again = said.get("refresh_token")
    return Token(
        Secret(text),
        time.monotonic() + left - min(_EARLY, left / 10),
        Secret(again) if isinstance(again, str) and again else refresh_token,
    )


def _text(name: str, value: Any) -> Secret | None:
    if value is None:
        return None
    if not hides_text(value):
        raise ArgumentError(f"{called(name)}: expected text")
    secret = Secret(value)
    if not is_text(secret.reveal()):
        raise ArgumentError(f"{called(name)}: holds half of a surrogate pair, which UTF-8 does not have")
    return secret


def _check(name: str, value: Any) -> None:
    if not isinstance(value, str) or not is_text(value):
        raise ArgumentError(f"{called(name)}: expected text without half of a surrogate pair")
