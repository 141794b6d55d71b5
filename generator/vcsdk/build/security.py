"""Security schemes, by how their credentials travel (OpenAPI 3.0.3 and 3.1, "Security Scheme Object")."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from msgspec.structs import replace

from vcsdk.build.markup import described
from vcsdk.diagnostics import Diagnostics, Level
from vcsdk.ir import Operation, SecurityScheme
from vcsdk.ir.operations import asked_for
from vcsdk.load import Document
from vcsdk.load.pointer import join

_COMPUTED = frozenset(
    (
        *("concealed", "digest", "dpop", "gnap", "hoba", "mutual", "negotiate", "oauth", "privatetoken"),
        *("scram-sha-1", "scram-sha-256", "vapid"),
    )
)
"""What IANA lists ("HTTP Authentication Schemes") besides Basic and Bearer: an answer to each challenge or request."""


def security_schemes(nodes: Mapping[str, Any]) -> dict[str, SecurityScheme]:
    """The declared schemes; what is none that the specification knows is of the kind `other`."""
    return {key: _scheme(key, node) for key, node in nodes.items()}


def _scheme(key: str, node: Mapping[str, Any]) -> SecurityScheme:
    type_, description = str(node.get("type", "")), described(node)
    kind, wire_name = "other", type_
    if type_ in ("oauth2", "openIdConnect"):
        # RFC 6750; OpenID Connect Core 1.0, section 5.3.1: both send an access token so.
        kind, wire_name = "bearer", ""
    elif type_ == "http":
        written = str(node.get("scheme", "")).strip()
        if written.lower() in ("basic", "bearer"):
            kind, wire_name = written.lower(), ""
        else:
            kind, wire_name = "other" if written.lower() in _COMPUTED or not is_token(written) else "http", written
    elif type_ == "apiKey" and node.get("in") in ("header", "query", "cookie"):
        kind, wire_name = str(node["in"]), str(node.get("name", ""))
        if kind != "query" and not is_token(wire_name):
            kind = "other"
    elif type_ == "mutualTLS":
        kind, wire_name = "certificate", ""
    return SecurityScheme(key, kind, wire_name, description, type_, token_url=_token_url(node))


def _token_url(node: Mapping[str, Any]) -> str:
    """That of the first flow in which a program needs nobody ("OAuth Flows Object"), else of any."""
    flows = node.get("flows")
    flows = flows if isinstance(flows, dict) else {}
    named = [flows.get(name) for name in ("clientCredentials", "password", "authorizationCode")]
    found = (flow.get("tokenUrl") for flow in named if isinstance(flow, dict))
    return next((url for url in found if isinstance(url, str) and url), "")


def is_token(text: str) -> bool:
    """RFC 9110, 5.6.2."""
    return bool(text) and all(c.isascii() and (c.isalnum() or c in "!#$%&'*+-.^_`|~") for c in text)


def slot(scheme: SecurityScheme) -> tuple[str, str] | None:
    """Where on the wire a credential of this scheme goes; two cannot go to one place.  None for the connection."""
    if scheme.kind in ("basic", "bearer", "http", "other"):
        return "header", "authorization"
    if scheme.kind == "certificate":
        return None
    return scheme.kind, scheme.wire_name.lower() if scheme.kind == "header" else scheme.wire_name


def with_alternatives(
    operations: Collection[Operation],
    schemes: Mapping[str, SecurityScheme],
    document: Document,
    diagnostics: Diagnostics,
) -> tuple[Operation, ...]:
    """The operations with requirements that can be met: of schemes needed together, but sent in one place, either does.

    Each pair is told once, as are schemes that no client can be given, and those that nothing asks for.
    """
    told: set[tuple[str, str]] = set()
    found = []
    for operation in operations:
        alternatives: dict[tuple[str, ...], None] = {}
        for names in operation.security:
            pair = _clash(names, schemes)
            alternatives |= dict.fromkeys(_apart(names, schemes))
            if pair is not None and pair not in told:
                told.add(pair)
                one, other = pair
                message = f"`{one}` and `{other}` are asked for together, and are sent in one place: either is taken"
                place = operation.key.removeprefix("#")
                diagnostics.add(document.diagnose(Level.WARNING, "same-credential", message, place))
        found.append(replace(operation, security=tuple(alternatives)))
    _tell(found, schemes, document, diagnostics)
    return tuple(found)


def _clash(names: tuple[str, ...], schemes: Mapping[str, SecurityScheme]) -> tuple[str, str] | None:
    met: dict[tuple[str, str], str] = {}
    for name in names:
        place = slot(schemes[name]) if name in schemes else None
        if place is not None and (other := met.setdefault(place, name)) is not name:
            return other, name
    return None


def _apart(names: tuple[str, ...], schemes: Mapping[str, SecurityScheme]) -> list[tuple[str, ...]]:
    """Requirements none of which asks for two credentials in one place, in the order in which they are named."""
    if _clash(names, schemes) is None:
        return [names]
    places = [slot(schemes[name]) if name in schemes else None for name in names]
    first = next(place for n, place in enumerate(places) if place is not None and place in places[:n])
    found = []
    for rival in [name for name, place in zip(names, places, strict=True) if place == first]:
        kept = tuple(n for n, place in zip(names, places, strict=True) if place != first or n == rival)
        found += _apart(kept, schemes)
    return found


def _tell(
    operations: Collection[Operation],
    schemes: Mapping[str, SecurityScheme],
    document: Document,
    diagnostics: Diagnostics,
) -> None:
    used = asked_for(operations)
    for key, scheme in schemes.items():
        place = join("/components/securitySchemes", key)
        if key not in used:
            message = f"the security scheme `{key}` is declared, and no operation asks for it: nothing is sent for it"
            hint = "an overlay can say `security`; callers can pass a header in `headers`"
            diagnostics.add(document.diagnose(Level.NOTE, "unused-security", message, place, hint))
        elif scheme.kind == "other":
            message = f"clients know nothing to send for the security scheme `{key}` (`{scheme.wire_name}`)"
            hint = "callers can pass the header Authorization in `headers`"
            diagnostics.add(document.diagnose(Level.WARNING, "unsupported-security", message, place, hint))
