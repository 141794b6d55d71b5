"""What each security scheme of a description means for callers, as `vcsdk lint` says it."""

from __future__ import annotations

from typing import Any

import msgspec

from vcsdk.cli.failure import clean
from vcsdk.cli.style import Style, plural
from vcsdk.emitters.client.security import security
from vcsdk.ir import Api, Role, SecurityScheme

_TLS = "TLS"


class Credential(msgspec.Struct, frozen=True):
    """A scheme: what it is called, its type, how it travels, the client's arguments for it, and who asks for it.

    `operations` counts those that name it, alone, beside others or as an alternative; `alone` those that cannot be
    called without it.  `session` is true where the sessions that the description does not have are made with it.
    """

    name: str
    type: str
    sent: str
    arguments: tuple[str, ...]
    operations: int
    alone: int
    session: bool = False


def credentials(api: Api) -> list[Credential]:
    """Each scheme that the description declares, in its order."""
    asked = [operation.security for operation in api.operations]
    return [
        Credential(
            name=scheme.key,
            type=scheme.type,
            sent=_sent(scheme),
            arguments=_arguments(api, scheme),
            operations=sum(any(scheme.key in together for together in each) for each in asked),
            alone=sum(bool(each) and all(scheme.key in together for together in each) for each in asked),
            session=any((scheme.key,) in each.security for each in api.undescribed if each.role is Role.SESSION_CREATE),
        )
        for scheme in api.security_schemes.values()
    ]


def open_operations(api: Api) -> int:
    """How many operations can be called without any credential."""
    return sum(security(api, each) == "none" or () in each.security for each in api.operations)


def as_dicts(api: Api) -> list[dict[str, Any]]:
    """The same for a machine."""
    return [{**msgspec.to_builtins(each), "arguments": list(each.arguments)} for each in credentials(api)]


def render(api: Api, style: Style) -> str:
    """A paragraph with a line for each scheme; nothing where the description declares none."""
    found = credentials(api)
    if not found:
        return ""
    rows = [(clean(each.name), _how(each), _who(each, len(api.operations))) for each in found]
    widths = [max(len(row[at]) for row in rows) for at in (0, 1)]
    lines = [style("Credentials", "bold")]
    lines += [f"  {name:<{widths[0]}}  {how:<{widths[1]}}  {style(who, 'dim')}" for name, how, who in rows]
    if free := open_operations(api):
        lines.append("  " + style(f"{plural(free, 'operation')} can be called without any", "dim"))
    return "\n".join(lines) + "\n\n"


def _arguments(api: Api, scheme: SecurityScheme) -> tuple[str, ...]:
    return scheme.keywords or (("username", "password") if _is_of_a_session(api, scheme) else ())


def _is_of_a_session(api: Api, scheme: SecurityScheme) -> bool:
    named = (operation for operation in (*api.operations, *api.undescribed) if (scheme.key,) in operation.security)
    return api.profile == "vapi" and any(security(api, operation) in ("session", "basic") for operation in named)


def _sent(scheme: SecurityScheme) -> str:
    name = scheme.wire_name
    return {
        "basic": "Authorization: Basic",
        "bearer": "Authorization: Bearer",
        "http": f"Authorization: {name}",
        "header": f"header {name}",
        "query": f"query {name}",
        "cookie": f"cookie {name}",
        "certificate": _TLS,
        "other": "",
    }[scheme.kind]


def _how(found: Credential) -> str:
    if not found.sent:
        return f"{clean(found.type)}: no client can be given it"
    sent = clean(found.sent)
    if found.arguments:
        given = ", ".join(f"{name}=" for name in found.arguments)
        return f"{sent} from {given}" + (", or an OAuth2 that gets tokens" if found.type == "oauth2" else "")
    return f"{sent}, by verify= or http_client=" if found.sent == _TLS else f"{sent}, no argument"


def _who(found: Credential, operations: int) -> str:
    if found.session and not found.operations:
        return "needed where a session is made, which is not described"
    if not found.operations:
        return "no operation asks for it"
    needed = [f"needed by {found.alone:,}"] if found.alone else []
    choice = found.operations - found.alone
    ways = [f"one way for {choice:,}"] if choice else []
    return f"{', '.join(needed + ways)} of {plural(operations, 'operation')}"
