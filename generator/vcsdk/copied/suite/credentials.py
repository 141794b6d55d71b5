"""What a request carries to say who sends it, by the security schemes of a description."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

Alternatives = tuple[tuple[str, ...], ...]
"""What an operation asks for: alternatives, each the keys of schemes that are needed together."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Scheme:
    """A way to authenticate (OpenAPI, "Security Scheme Object").

    `kind` is `basic`, `bearer`, `http` (another scheme of the header Authorization), `header`, `query`, `cookie`,
    `certificate` (of TLS) or `other`, for which nothing can be sent; `name` that of the header, parameter, cookie or
    scheme.  `delegated` is True for OAuth 2.0 and OpenID Connect.  `grants` are the ways in which a program gets a
    token, with the address where it does: `client_credentials` and `password` (RFC 6749, 4.4 and 4.3).
    """

    key: str
    kind: str
    name: str = ""
    delegated: bool = False
    grants: Pairs = ()
    scopes: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """What stands before the credential in the header Authorization; "" where that is not its place."""
        return {"basic": "Basic", "bearer": "Bearer", "http": self.name}.get(self.kind, "")


@dataclass(frozen=True)
class Sent:
    """Credentials as a request carries them."""

    headers: Pairs = ()
    query: Pairs = ()
    cookies: Pairs = ()

    def __or__(self, other: Sent) -> Sent:
        return Sent(self.headers + other.headers, self.query + other.query, self.cookies + other.cookies)

    @property
    def fields(self) -> dict[str, str]:
        """The headers, the cookies among them."""
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies)
        return {**dict(self.headers), **({"Cookie": jar} if jar else {})}

    @property
    def values(self) -> tuple[str, ...]:
        """Every secret text in them."""
        return tuple(value for pairs in (self.headers, self.query, self.cookies) for _, value in pairs)

    def address(self, path: str) -> str:
        """The path, which may have a query, with what goes into the query."""
        if not self.query:
            return path
        # A parameter can be the credential, too; it is sent once.
        names = {quote(name, safe="") for name, _ in self.query}
        bare, _, query = path.partition("?")
        kept = "&".join(pair for pair in query.split("&") if pair.partition("=")[0] not in names)
        path = f"{bare}?{kept}" if kept else bare
        own = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in self.query)
        return f"{path}{'&' if '?' in path else '?'}{own}"


NOTHING = Sent()


def sent(scheme: Scheme, value: str) -> Sent:
    """A credential in its place; `value` of Basic is `name:password` in base64 already."""
    match scheme.kind:
        case "header":
            return Sent(headers=((scheme.name, value),))
        case "query":
            return Sent(query=((scheme.name, value),))
        case "cookie":
            return Sent(cookies=((scheme.name, value),))
        case "basic" | "bearer" | "http":
            return Sent(headers=(("Authorization", f"{scheme.word} {value}"),))
    return NOTHING


def basic_value(username: str, password: str) -> str:
    """The credential of HTTP Basic authentication (RFC 7617)."""
    return base64.b64encode(f"{username}:{password}".encode()).decode()


def chosen(
    alternatives: Alternatives, schemes: Mapping[str, Scheme], keys: Mapping[str, str]
) -> tuple[str, ...] | None:
    """The first alternative that the keys (values by scheme) are enough for; None where none is.

    One that has an account goes before one without: with it the run is who it says it is.
    """
    met = [names for names in alternatives if all(_is_met(schemes.get(name), keys) for name in names)]
    return min(met, key=lambda names: not any(schemes[name].kind == "basic" for name in names), default=None)


def _is_met(scheme: Scheme | None, keys: Mapping[str, str]) -> bool:
    # What certificate the connection shows is the operating system's affair.
    return scheme is not None and (scheme.key in keys or scheme.kind == "certificate")


def lacking(alternatives: Alternatives, schemes: Mapping[str, Scheme], keys: Mapping[str, str]) -> str:
    """What the keys lack for the first alternative that could be met, and how a run is given it; "" for nothing."""
    if not alternatives or chosen(alternatives, schemes, keys) is not None:
        return ""
    first = min(alternatives, key=lambda names: any(_cannot_be_sent(schemes.get(name)) for name in names))
    missing = [name for name in first if not _is_met(schemes.get(name), keys)]
    return " and ".join(dict.fromkeys(_given_by(name, schemes.get(name)) for name in missing))


def _cannot_be_sent(scheme: Scheme | None) -> bool:
    return scheme is None or scheme.kind == "other"


def _given_by(name: str, scheme: Scheme | None) -> str:
    if scheme is None or _cannot_be_sent(scheme):
        return f"`{name}` is none that the suite can send"
    return "pass --username and --password-env" if scheme.kind == "basic" else f"pass --token-env {name}=VARIABLE"


def together(names: Iterable[str], schemes: Mapping[str, Scheme], keys: Mapping[str, str]) -> Sent:
    """The credentials of these schemes, each in its place."""
    whole = NOTHING
    for name in names:
        if name in keys:
            whole |= sent(schemes[name], keys[name])
    return whole


def _is_shown(scheme: Scheme | None) -> bool:
    """Whether the connection itself brings what a scheme asks for."""
    return scheme is not None and scheme.kind == "certificate"


MISSING, WRONG = "missing", "wrong"
_PLACES = {"header": "in a header", "query": "in the query", "cookie": "in a cookie"}
_OTHER_WORD = "under another scheme"
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def attempts(schemes: Mapping[str, Scheme], alternatives: Alternatives) -> list[tuple[str, str]]:
    """What an operation must refuse, as the key of a scheme ("" for all) and what is done to its credential.

    Nothing where the operation needs none.
    """
    if any(all(_is_shown(schemes.get(name)) for name in names) for names in alternatives or ((),)):
        return []
    found = [("", MISSING)]
    needed = [set(names) for names in alternatives]
    for names in alternatives:
        for name in names:
            scheme = schemes.get(name)
            if scheme is None or scheme.kind in ("certificate", "other"):
                continue
            # What is left of it must not be another alternative.
            if len(names) > 1 and not any(other <= set(names) - {name} for other in needed):
                found.append((name, MISSING))
            found += [(name, how) for how in (WRONG, *_misplacements(scheme))]
    return list(dict.fromkeys(found))


def _misplacements(scheme: Scheme) -> list[str]:
    if scheme.kind in _PLACES:
        # What is no token cannot be the name of a header or of a cookie (RFC 9110, 5.6.2).
        named = _TOKEN.fullmatch(scheme.name) is not None
        return [told for kind, told in _PLACES.items() if kind != scheme.kind and (named or kind == "query")]
    return [_OTHER_WORD]


def spoilt(scheme: Scheme, how: str, value: str, taken: Collection[str] = ()) -> Sent:
    """The credential as an attempt sends it; `taken` are headers that the rest of the request has already."""
    if how == MISSING:
        return NOTHING
    if how == WRONG:
        return sent(scheme, wrong(scheme, value))
    if how == _OTHER_WORD:
        if "authorization" in taken:
            return NOTHING
        return sent(replace(scheme, kind="http", name="Bearer" if scheme.kind == "basic" else "Basic"), value)
    kind = next(kind for kind, told in _PLACES.items() if told == how)
    # Of a key that only a query can carry elsewhere a part would be sent.
    return NOTHING if kind != "query" and unsendable(kind, value) else sent(replace(scheme, kind=kind), value)


def unsendable(kind: str, value: str) -> str:
    """What keeps a value from being sent by a scheme of this kind; "" for nothing."""
    if kind in ("query", "basic"):
        return ""
    if not value.isascii() or not value.isprintable():
        return "has characters that no header can carry"
    return "has a semicolon, at which a cookie ends" if kind == "cookie" and ";" in value else ""


def wrong(scheme: Scheme, value: str) -> str:
    """A credential of the same form that nobody was given.

    Of Basic it is that of an account that nobody has, for wrong passwords lock accounts; of a signed token the
    signature alone is another one.
    """
    if scheme.kind == "basic":
        return basic_value("nobody-of-this-name", "wrong-password")
    head, dot, signature = value.rpartition(".")
    return f"{head}.{_turned(signature)}" if dot and head.count(".") == 1 else _turned(value)


def _turned(text: str) -> str:
    """Every letter and digit replaced by another one of its kind."""
    return "".join(_turn(char) for char in text) or "wrong"


def _turn(char: str) -> str:
    for first, count in (("0", 10), ("a", 26), ("A", 26)):
        place = ord(char) - ord(first)
        if 0 <= place < count:
            return chr(ord(first) + (place + count // 2) % count)
    return char
