"""Keywords of the client: what takes the credentials of each security scheme, and the variables of servers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from vcsdk.ir import Api, Operation, SecurityScheme, Server
from vcsdk.ir.operations import asked_for
from vcsdk.naming.reserved import CLIENT_KEYWORDS
from vcsdk.naming.settle import Wish, settle
from vcsdk.naming.words import snake

_FAMILIES = {"bearer": "token", "http": "token", "header": "api_key", "query": "api_key", "cookie": "api_key"}
"""What the only scheme of its family is called; of several each has the name that the description gives it."""


def with_keywords(
    api: Api, operations: Collection[Operation], released: Mapping[tuple[str, ...], str] = MappingProxyType({})
) -> Api:
    """The API with a keyword for each variable, and with those of each scheme that an operation asks for.

    What was `released` keeps its keyword.

    In the profile `vapi` a session is made or given, whatever the schemes are called: `username`, `password`, `token`.
    """
    if api.profile == "vapi":
        return api
    used = asked_for(operations)
    wishes = dict(_wished([scheme for key, scheme in api.security_schemes.items() if key in used]))
    variables = dict.fromkeys(v.name for server in api.servers.values() for v in server.variables)
    kept = {f"variable {name}": released["variable", name] for name in variables if ("variable", name) in released}
    kept |= _kept([scheme for scheme in api.security_schemes.values() if scheme.key in wishes], wishes, released)
    settled = settle(
        [
            wish
            for wish in (
                *(Wish(f"scheme {key} {name}", name, name) for key, names in wishes.items() for name in names),
                *(Wish(f"variable {name}", snake(name, "variable"), name) for name in variables),
            )
            if wish.key not in kept
        ],
        CLIENT_KEYWORDS,
        lambda name, count: f"{name}_{count}",
        {name: key for key, name in kept.items()},
    )
    settled.names.update(kept)
    schemes = {
        key: replace(scheme, keywords=tuple(settled[f"scheme {key} {name}"] for name in wishes.get(key, ())))
        for key, scheme in api.security_schemes.items()
    }
    keywords = {name: settled[f"variable {name}"] for name in variables}
    servers = {key: _with_keywords(server, keywords) for key, server in api.servers.items()}
    return replace(api, security_schemes=schemes, servers=servers)


def _kept(
    schemes: Collection[SecurityScheme],
    wishes: Mapping[str, Sequence[str]],
    released: Mapping[tuple[str, ...], str],
) -> dict[str, str]:
    """The released keywords of schemes, found by key, or by what travels where one scheme alone has it."""
    found: dict[str, str] = {}
    known = [key for key in released if key[0] == "scheme"]
    for scheme in schemes:
        on_the_wire = (scheme.kind, scheme.wire_name)
        mine = [key for key in known if key[1] == scheme.key and key[2] == scheme.kind]
        if not mine and sum((other.kind, other.wire_name) == on_the_wire for other in schemes) == 1:
            mine = [key for key in known if key[2:4] == on_the_wire]
            mine = mine if len({key[1] for key in mine}) == 1 else []
        for key in mine:
            number = int(key[4]) - 1
            if number < len(wishes[scheme.key]):
                found[f"scheme {scheme.key} {wishes[scheme.key][number]}"] = released[key]
    return found


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
