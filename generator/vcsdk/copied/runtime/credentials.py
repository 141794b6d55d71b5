"""What a client was given to authenticate with, and which of it an operation gets."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from .called import called
from .errors import ArgumentError
from .facts import SecurityFacts
from .request import Credentials, Prepared
from .secret import Renewed, Secret, hides_text
from .serialize import escape
from .unsendable import is_text

_COOKIE = re.compile(r"[!#-+\--:<-\[\]-~]*")
"""RFC 6265, 4.1.1: what stands in a cookie as it is; most servers decode nothing there."""

_SESSION = SecurityFacts("header")


class Given:
    """Credentials by the client's argument that took them, checked and hidden.  Never changes.

    `headers` are names of headers that the caller has set for every request, `certificate` tells that the caller made
    the TLS context.  Raises ArgumentError for a value that cannot be sent.
    """

    def __init__(
        self,
        schemes: Mapping[str, SecurityFacts],
        given: Mapping[str, Any],
        headers: Collection[str] = (),
        *,
        certificate: bool = False,
    ) -> None:
        self._schemes = schemes
        self._headers = frozenset(name.lower() for name in headers)
        self._certificate = certificate
        self._secrets: dict[str, Secret] = {}
        self.live: dict[str, Any] = {}
        # A user's name is no secret; all else can be asked for when it is needed.
        kinds = {name: scheme.kind for scheme in schemes.values() for name in scheme.given_by[-1:]}
        users = {"username", *(scheme.given_by[0] for scheme in schemes.values() if len(scheme.given_by) == 2)}
        for name, value in given.items():
            if value is None:
                continue
            if name not in users and _is_live(value):
                self.live[name] = _accepted(name, value, kinds.get(name, ""))
                continue
            if not (isinstance(value, str) or hides_text(value)):
                raise ArgumentError(f"{called(name)}: expected text")
            secret = Secret(value)
            if not is_text(secret.reveal()):
                raise ArgumentError(f"{called(name)}: holds half of a surrogate pair, which UTF-8 does not have")
            self._secrets[name] = secret
        for scheme in schemes.values():
            self._check(scheme)

    def check(self, name: str, secret: Secret) -> None:
        """Raises ArgumentError if what a live credential is now cannot be sent."""
        if not is_text(secret.reveal()):
            raise ArgumentError(f"{called(name)}: holds half of a surrogate pair, which UTF-8 does not have")
        asking = [scheme for scheme in self._schemes.values() if scheme.given_by == (name,)]
        for scheme in asking:
            _check_one(scheme, name, secret)
        if not asking and name == "token":
            # Of a session, whatever the description says of it.
            _check_one(_SESSION, name, secret)

    def _check(self, scheme: SecurityFacts) -> None:
        names = scheme.given_by
        if scheme.kind == "basic":
            self.check_basic(*names)
        elif names and (secret := self._secrets.get(names[0])) is not None:
            _check_one(scheme, names[0], secret)

    def check_basic(self, username: str, password: str) -> None:
        """Raises ArgumentError for what these arguments took if HTTP Basic cannot carry it."""
        user = self._secrets.get(username)
        if (user is None) is self.has(password):
            raise ArgumentError(f"{called(username)}, {called(password)}: one makes no sense without the other")
        if user is not None and ":" in user.reveal():
            raise ArgumentError(f"{called(username)}: holds a colon, which HTTP Basic cannot carry")

    def check_header(self, name: str) -> None:
        """Raises ArgumentError for what an argument took if no header can carry it."""
        secret = self._secrets.get(name)
        if secret is not None:
            _check_header(name, secret)

    def secret(self, name: str) -> Secret | None:
        """What an argument took, or None."""
        return self._secrets.get(name)

    def has(self, name: str) -> bool:
        """Whether an argument took anything."""
        return name in self._secrets or name in self.live

    def of(self, prepared: Prepared, texts: Mapping[str, Secret] = MappingProxyType({})) -> Credentials:
        """Credentials for a request: those of the first alternative that is at hand as a whole, none if it needs none.

        Without any at hand an operation that needs none is called without.  What the request carries already is at
        hand.  `texts` are what the live ones are now.  Raises ArgumentError where nothing will do.
        """
        alternatives = prepared.operation.security
        if isinstance(alternatives, str):
            return Credentials()
        schemes = self._chosen(prepared)
        if schemes is not None:
            return _joined([self._of_scheme(s, texts) for s in schemes if not self._carried(s, prepared)])
        if not alternatives or () in alternatives:
            return Credentials()
        needed = "; or ".join(dict.fromkeys(self._words(alternative) for alternative in alternatives))
        raise ArgumentError(f"{prepared.operation.name}: needs credentials, nothing was sent; pass the client {needed}")

    def living(self, prepared: Prepared) -> Iterator[tuple[str, str]]:
        """The live credentials that a request needs: their arguments, and where OAuth 2.0 has its tokens."""
        if not self.live or isinstance(prepared.operation.security, str):
            return
        for scheme in self._chosen(prepared) or ():
            if not self._carried(scheme, prepared):
                yield from ((name, scheme.token_url) for name in scheme.given_by if name in self.live)

    def _chosen(self, prepared: Prepared) -> list[SecurityFacts] | None:
        for alternative in prepared.operation.security:
            schemes = [self._schemes[name] for name in alternative]
            if schemes and all(self._at_hand(scheme, prepared) for scheme in schemes):
                return schemes
        return None

    def everything(self) -> tuple[tuple[str, ...], ...]:
        """As alternatives: the schemes that something was given for, of those that share a header the first."""
        by_place: dict[tuple[str, str], str] = {}
        for name, scheme in self._schemes.items():
            if scheme.given_by and all(map(self.has, scheme.given_by)):
                by_place.setdefault(_place(scheme), name)
        return (tuple(by_place.values()), ())

    def _words(self, alternative: tuple[str, ...]) -> str:
        return " and ".join(dict.fromkeys(word for name in alternative for word in _words(self._schemes[name])))

    def _at_hand(self, scheme: SecurityFacts, prepared: Prepared) -> bool:
        names = scheme.given_by
        if scheme.kind == "certificate":
            return self._certificate
        return (bool(names) and all(map(self.has, names))) or self._carried(scheme, prepared)

    def _carried(self, scheme: SecurityFacts, prepared: Prepared) -> bool:
        """Whether the request has it without us: an argument of the call, or a header that the caller set for all."""
        if scheme.kind == "certificate":
            return True
        if scheme.kind == "query":
            query = prepared.path.partition("?")[2]
            return f"&{escape(scheme.wire_name)}=" in f"&{query}"
        if scheme.kind == "cookie":
            return f"; {scheme.wire_name}=" in f"; {prepared.headers.get('cookie', '')}"
        header = scheme.wire_name.lower() if scheme.kind == "header" else "authorization"
        if header in prepared.headers:
            return True
        # What was given for the scheme itself says more than a header for every request.
        return header in self._headers and not all(map(self.has, scheme.given_by or ("",)))

    def _of_scheme(self, scheme: SecurityFacts, texts: Mapping[str, Secret]) -> Credentials:
        if scheme.kind == "basic":
            return self.basic(*scheme.given_by, texts=texts)
        name = scheme.given_by[0]
        text = (texts[name] if name in texts else self._secrets[name]).reveal()
        if scheme.kind == "query":
            return Credentials(query=((escape(scheme.wire_name), escape(text)),))
        if scheme.kind == "cookie":
            return Credentials(cookies=((scheme.wire_name, text),))
        if scheme.kind == "header":
            return Credentials(headers={scheme.wire_name.lower(): text})
        word = "Bearer" if scheme.kind == "bearer" else scheme.wire_name
        return Credentials(headers={"authorization": f"{word} {text}"})

    def basic(
        self,
        username: str = "username",
        password: str = "password",  # noqa: S107  a name
        *,
        texts: Mapping[str, Secret] = MappingProxyType({}),
    ) -> Credentials:
        """HTTP Basic of what these arguments took (RFC 7617, UTF-8), or now is; nothing without them."""
        user, secret = self._secrets.get(username), texts.get(password) or self._secrets.get(password)
        if user is None or secret is None:
            return Credentials()
        pair = f"{user.reveal()}:{secret.reveal()}".encode()
        return Credentials(headers={"authorization": f"Basic {base64.b64encode(pair).decode()}"})

    def __repr__(self) -> str:
        return "<Given>"


def _is_live(value: Any) -> bool:
    """Whether a credential is asked for when it is needed."""
    return isinstance(value, Renewed) or (callable(value) and not hides_text(value))


def _accepted(name: str, value: Any, kind: str) -> Any:
    if isinstance(value, Renewed) and kind != "bearer":
        raise ArgumentError(f"{called(name)}: is no bearer token, which OAuth2 gets")
    return value


def _check_one(scheme: SecurityFacts, name: str, secret: Secret) -> None:
    if not secret:
        raise ArgumentError(f"{called(name)}: is empty")
    if scheme.kind == "cookie" and not _COOKIE.fullmatch(secret.reveal()):
        raise ArgumentError(f"{called(name)}: a cookie takes ASCII without blanks, quotes, commas, `;`, `\\`")
    if scheme.kind in ("bearer", "header", "http"):
        _check_header(name, secret)


def _check_header(name: str, secret: Secret) -> None:
    if not sendable(secret):
        raise ArgumentError(f"{called(name)}: a header takes printable ASCII only")


def _place(scheme: SecurityFacts) -> tuple[str, str]:
    """Where on the wire a scheme stands."""
    if scheme.kind in ("query", "cookie"):
        return scheme.kind, scheme.wire_name
    return "header", scheme.wire_name.lower() if scheme.kind == "header" else "authorization"


def sendable(secret: Secret) -> bool:
    """Whether a header can carry it; checked early because the error of an encoding would carry the text itself."""
    return secret.reveal().isascii() and secret.reveal().isprintable()


def _words(scheme: SecurityFacts) -> Iterator[str]:
    """What a caller can do about a scheme."""
    if scheme.kind == "certificate":
        yield "`verify` (an ssl.SSLContext with a client certificate)"
    elif not scheme.given_by:
        yield f"`headers` with Authorization ({scheme.wire_name})"
    yield from (f"`{name}`" for name in scheme.given_by)


def _joined(parts: list[Credentials]) -> Credentials:
    headers: dict[str, str] = {}
    for part in parts:
        headers.update(part.headers)
    return Credentials(
        headers=headers,
        query=tuple(pair for part in parts for pair in part.query),
        cookies=tuple(pair for part in parts for pair in part.cookies),
    )
