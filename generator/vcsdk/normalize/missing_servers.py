"""The rule `missing-servers`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.normalize.registry import Context, Repair, rule


@rule("missing-servers", level="note")
def serve_from_the_host(context: Context) -> Iterator[Repair]:
    """VMware's 7.0.3 files name no server, and have `/api` or `/rest` in each path: the server is the host itself.

    In the profile `vapi` only; elsewhere no server means "/", as the specification says.
    """
    data = context.document.data
    if context.profile != "vapi" or data.get("servers"):
        return
    data["servers"] = [{"url": "https://{host}", "variables": {"host": {"default": "localhost"}}}]
    origin = context.document.origin("")
    context.document.added("/servers", origin)
    yield Repair(origin, "no server is named; took `https://{host}`")
