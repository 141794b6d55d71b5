"""What operations of an API without sessions ask for, and what they must refuse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from vcsdk.copied.suite.credentials import Scheme, attempts
from vcsdk.copied.suite.operations import Catalogue
from vcsdk.copied.suite.tokens import CLIENT, PASSWORD
from vcsdk.ir import Api, Operation, Role
from vcsdk.ir.operations import asked_for

_GRANTS = {"clientCredentials": CLIENT, "password": PASSWORD}


def schemes(api: Api, description: Mapping[str, Any]) -> tuple[Scheme, ...]:
    """The schemes that operations ask for; none where the API has sessions, which the suite signs in to."""
    if api.playing(Role.SESSION_CREATE) is not None:
        return ()
    asked = asked_for(api.operations)
    declared: Mapping[str, Any] = description.get("components", {}).get("securitySchemes", {})
    return tuple(
        Scheme(
            key=scheme.key,
            kind=scheme.kind,
            name=scheme.wire_name if scheme.kind not in ("certificate", "other") else "",
            delegated=scheme.type in ("oauth2", "openIdConnect"),
            grants=_grants(declared.get(scheme.key)),
            scopes=_scopes(declared.get(scheme.key)),
        )
        for scheme in api.security_schemes.values()
        if scheme.key in asked
    )


def alternatives(api: Api, operation: Operation) -> tuple[tuple[str, ...], ...]:
    """What an operation asks for, as far as there are schemes for it."""
    if operation.security in ((), ((),)) or api.playing(Role.SESSION_CREATE) is not None:
        return ()
    return operation.security


def refused(api: Api, operation: Operation, known: tuple[Scheme, ...]) -> list[tuple[str, str]]:
    """What is to be refused: the key of a scheme, "" for all, and what is done to its credential."""
    return attempts({scheme.key: scheme for scheme in known}, alternatives(api, operation))


def gives_tokens(catalogue: Catalogue, operation: Operation) -> bool:
    """Whether a scheme of the description names the operation as its `tokenUrl`, on whatever host."""
    base = f"http://host{catalogue.prefix}"
    addresses = [address for scheme in catalogue.schemes for _, address in scheme.grants]
    paths = {urlsplit(urljoin(f"{base}/", address)).path for address in addresses}
    return f"{catalogue.prefix}{operation.path}" in paths


def _flows(node: object) -> Mapping[str, Any]:
    flows = node.get("flows") if isinstance(node, Mapping) and node.get("type") == "oauth2" else None
    return flows if isinstance(flows, Mapping) else {}


def _grants(node: object) -> tuple[tuple[str, str], ...]:
    flows = _flows(node).items()
    found = ((_GRANTS.get(name), flow.get("tokenUrl")) for name, flow in flows if isinstance(flow, Mapping))
    return tuple((grant, address) for grant, address in found if grant is not None and isinstance(address, str))


def _scopes(node: object) -> tuple[str, ...]:
    flow = _flows(node).get("clientCredentials")
    scopes = flow.get("scopes") if isinstance(flow, Mapping) else None
    return tuple(sorted(map(str, scopes))) if isinstance(scopes, Mapping) else ()
