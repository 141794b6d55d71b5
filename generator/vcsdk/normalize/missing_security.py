"""The rule `missing-security`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.normalize.registry import Context, Repair, rule

SESSION_PATHS = ("/session", "/api/session", "/rest/com/vmware/cis/session")
"""Where a session is made: relative to a server with `/api`, in the 7.0.2 and later form, and in the older one."""


@rule("missing-security", level="note")
def authenticate_by_session(context: Context) -> Iterator[Repair]:
    """VMware's 7.0.3 files declare no security: the session header everywhere, Basic where a session is made.

    In the profile `vapi` only.  The scheme has the name that VMware's 9.1 file gives it.
    """
    data = context.document.data
    components = data.get("components")
    if context.config.profile != "vapi" or "security" in data or not isinstance(components, dict | None):
        return
    if components and components.get("securitySchemes"):
        return
    origin = context.document.origin("")
    components = data.setdefault("components", {})
    components["securitySchemes"] = {
        "api_key_auth": {"type": "apiKey", "in": "header", "name": "vmware-api-session-id"},
        "basic_auth": {"type": "http", "scheme": "basic"},
    }
    data["security"] = [{"api_key_auth": []}]
    context.document.added("/components/securitySchemes", origin)
    context.document.added("/security", origin)
    yield Repair(origin, "no security is declared; took the header `vmware-api-session-id`")
    paths = data.get("paths")
    for path in SESSION_PATHS:
        item = paths.get(path) if isinstance(paths, dict) else None
        create = item.get("post") if isinstance(item, dict) else None
        if isinstance(create, dict) and "security" not in create:
            create["security"] = [{"basic_auth": []}]
