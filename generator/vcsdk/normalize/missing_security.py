"""The rule `missing-security`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.ir.vapi import SESSION_HEADER, SESSION_PATHS
from vcsdk.normalize.registry import Context, Repair, rule


@rule("missing-security", level="note")
def authenticate_by_session(context: Context) -> Iterator[Repair]:
    """VMware's 7.0.3 files declare no security: the session header everywhere, Basic where a session is made.

    In the profile `vapi` only.  The scheme has the name that VMware's 9.1 file gives it.
    """
    data = context.document.data
    components = data.get("components")
    if context.profile != "vapi" or "security" in data or not isinstance(components, dict | None):
        return
    if components and components.get("securitySchemes"):
        return
    origin = context.document.origin("")
    components = data.setdefault("components", {})
    components["securitySchemes"] = {
        "api_key_auth": {"type": "apiKey", "in": "header", "name": SESSION_HEADER},
        "basic_auth": {"type": "http", "scheme": "basic"},
    }
    data["security"] = [{"api_key_auth": []}]
    context.document.added("/components/securitySchemes", origin)
    context.document.added("/security", origin)
    yield Repair(origin, f"no security is declared; took the header `{SESSION_HEADER}`")
    paths = data.get("paths")
    for path in SESSION_PATHS:
        item = paths.get(path) if isinstance(paths, dict) else None
        create = item.get("post") if isinstance(item, dict) else None
        if isinstance(create, dict) and "security" not in create:
            create["security"] = [{"basic_auth": []}]
