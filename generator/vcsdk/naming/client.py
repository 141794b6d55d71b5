"""Keywords of the client: what takes the credentials of each security scheme, and the variables of servers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from vcsdk.ir import Api, Operation, SecurityScheme, Server
from vcsdk.ir.operations import asked_for
from vcsdk.naming.reserved import CLIENT_KEYWORDS
from vcsdk.naming.settle import Wish, settle
from vcsdk.naming.words import snake

_FAMILIES = {"bearer": "token", "http": "token", "header": "api_key", "query": "api_key", "cookie": "api_key"}
"""What the only scheme of its family is called; of several each has the name that the description gives it."""


def with_keywords(api: Api, operations: Collection[Operation]) -> Api:
    """The API with a keyword for each variable, and with those of each scheme that an operation asks for.

    In the profile `vapi` a session is made or given, whatever the schemes are called: `username`, `password`, `token`.
    """
    if api.profile == "vapi":
        return api
    used = asked_for(operations)
    wishes = dict(_wished([scheme for key, scheme in api.security_schemes.items() if key in used]))
    variables = dict.fromkeys(v.name for server in api.servers.values() for v in server.variables)
    settled = settle(
        [
            *(Wish(f"scheme {key} {name}", name, name) for key, names in wishes.items() for name in names),
            *(Wish(f"variable {name}", snake(name, "variable"), name) for name in variables),
        ],
        CLIENT_KEYWORDS,
        lambda name, count: f"{name}_{count}",
    )
    schemes = {
        key: replace(scheme, keywords=tuple(settled[f"scheme {key} {name}"] for name in wishes.get(key, ())))
        for key, scheme in api.security_schemes.items()
    }
    keywords = {name: settled[f"variable {name}"] for name in variables}
    servers = {key: _with_keywords(server, keywords) for key, server in api.servers.items()}
    return replace(api, security_schemes=schemes, servers=servers)


def _with_keywords(server: Server, keywords: Mapping[str, str]) -> Server:
    return replace(server, variables=tuple(replace(v, keyword=keywords[v.name]) for v in server.variables))


def _wished(schemes: Collection[SecurityScheme]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The keywords that each scheme would like, told apart from those of the other schemes."""
    own = _own_names(schemes)
    for scheme in schemes:
        if scheme.kind == "basic":
            alone = sum(other.kind == "basic" for other in schemes) == 1
            stem = "" if alone else f"{own[scheme.key]}_"
            yield scheme.key, (f"{stem}username", f"{stem}password")
        elif (family := _FAMILIES.get(scheme.kind)) is not None:
            alone = sum(_FAMILIES.get(other.kind) == family for other in schemes) == 1
            yield scheme.key, (family if alone else own[scheme.key],)


def _own_names(schemes: Collection[SecurityScheme]) -> dict[str, str]:
    # OAuth is one word, and not a camel's hump.
    wishes = [Wish(scheme.key, snake(scheme.key.replace("OAuth", "Oauth"), "key"), scheme.key) for scheme in schemes]
    return settle(wishes).names
