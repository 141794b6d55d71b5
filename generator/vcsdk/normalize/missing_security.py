"""The rule `missing-security`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.ir.vapi import SESSION_HEADER, SESSION_PATHS
from vcsdk.load.extensions import entries
from vcsdk.normalize.registry import Context, Repair, rule

_SESSION: dict[str, Any] = {"type": "apiKey", "in": "header", "name": SESSION_HEADER}
_ACCOUNT: dict[str, Any] = {"type": "http", "scheme": "basic"}


@rule("missing-security", level="note")
def authenticate_by_session(context: Context) -> Iterator[Repair]:
    """Where VMware's files ask for no credentials: the session header everywhere, Basic where a session is made.

    In the profile `vapi` only.  Those of 7.0.3 declare no schemes, those before it some or all, and few of them say
    where they are needed.  A file that describes no session is used with the one that every vCenter has, so that both
    schemes are needed there, too.  What some operations of 7.0.2 ask for, the session alone, the others need as well.
    What is added has the name that VMware's 9.1 file gives it, or that of 7.0.2 where an account is declared.
    """
    data = context.document.data
    components, paths = data.get("components"), data.get("paths")
    if context.profile != "vapi" or not isinstance(components, dict | None):
        return
    schemes = (components or {}).get("securitySchemes", {})
    asks = _asks(data)
    described = isinstance(paths, dict) and any(path in paths for path in SESSION_PATHS)
    if not isinstance(schemes, dict) or (asks and (described or not schemes)):
        return
    origin = context.document.origin("")
    if not schemes:
        components = data.setdefault("components", {})
        schemes = components["securitySchemes"] = {}
        context.document.added("/components/securitySchemes", origin)
    before = len(schemes)
    session = _named(context, schemes, "session_id" if before else "api_key_auth", _SESSION)
    account = _named(context, schemes, "basic_auth", _ACCOUNT)
    if asks and ("security" in data or _asked(data) != {session}):
        if len(schemes) > before:
            yield Repair(origin, f"a session needs the header `{SESSION_HEADER}` and an account: took both")
        return
    data["security"] = [{session: []}]
    context.document.added("/security", origin)
    said = "some operations say nothing of security" if asks else "no security is declared"
    yield Repair(origin, f"{said}; took the header `{SESSION_HEADER}`")
    for path in SESSION_PATHS:
        item = paths.get(path) if isinstance(paths, dict) else None
        create = item.get("post") if isinstance(item, dict) else None
        if isinstance(create, dict) and "security" not in create:
            create["security"] = [{account: []}]


def _asks(data: dict[str, Any]) -> bool:
    """Whether the description says for any request what it needs, be it nothing."""
    return "security" in data or any("security" in operation for operation in _operations(data))


def _asked(data: dict[str, Any]) -> set[str]:
    """The schemes that operations ask for; "" where one asks for nothing."""
    listed = [operation["security"] for operation in _operations(data) if isinstance(operation.get("security"), list)]
    names = {str(name) for each in listed for needs in each if isinstance(needs, dict) for name in needs}
    return names | ({""} if any(not each or {} in each for each in listed) else set())


def _operations(data: dict[str, Any]) -> list[dict[str, Any]]:
    items = [item for _, item in entries(data.get("paths")) if isinstance(item, dict)]
    return [operation for item in items for operation in item.values() if isinstance(operation, dict)]


def _named(context: Context, schemes: dict[str, Any], name: str, wanted: dict[str, Any]) -> str:
    """The name of the scheme that is as wanted; added where there is none."""
    for key, scheme in schemes.items():
        if isinstance(scheme, dict) and all(_same(scheme.get(part), value) for part, value in wanted.items()):
            return str(key)
    while name in schemes:
        name += "_"
    schemes[name] = dict(wanted)
    context.document.added(f"/components/securitySchemes/{name}", context.document.origin(""))
    return name


def _same(written: object, value: str) -> bool:
    # Names of headers and of schemes of HTTP are the same in any case (RFC 9110, 5.1 and 11.1).
    return isinstance(written, str) and written.lower() == value.lower()
