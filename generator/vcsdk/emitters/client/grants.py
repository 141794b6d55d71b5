"""What an `OAuth2` is made of outside of a program: its arguments as the environment and the command name them."""

from __future__ import annotations

from vcsdk.emitters.client.construction import own_names
from vcsdk.emitters.filters import identifier
from vcsdk.ir import Api, SecurityScheme

GRANTED = ("client_id", "client_secret", "username", "password", "refresh_token", "scope", "token_url")
SECRET_GRANTED = frozenset(("client_secret", "password", "refresh_token"))
"""The same as in the runtime's `facts`, which nothing here imports."""
_GRANTING = ("oauth2", "openIdConnect")
_OF_EVERY_CLIENT = frozenset(("base_url", "ca_bundle", "target", "timeout"))


def grants(api: Api, scheme: SecurityScheme) -> tuple[str, ...]:
    """The names, in the order of the runtime's `GRANTED`; () where the argument takes no `OAuth2`.

    They are those of `OAuth2` where the argument is called `token`, else they begin as it does; so does a name
    that an argument of the client has.
    """
    if api.profile == "vapi" or scheme.type not in _GRANTING or not scheme.keywords:
        return ()
    token = identifier(scheme.keywords[0])
    taken = {identifier(name) for name in own_names(api)} | _OF_EVERY_CLIENT
    found = []
    for part in GRANTED:
        name = part if token == "token" and part not in taken else f"{token}_{part}"
        while name in taken:
            name = f"oauth2_{name}"
        found.append(name)
    return tuple(found)
