"""The rule `missing-info`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.normalize.registry import Context, Repair, rule

_KNOWN = {"title": "API", "version": "0"}


@rule("missing-info", level="warning")
def say_that_it_is_an_api(context: Context) -> Iterator[Repair]:
    """The description does not say what it is called, or which version it is ("Info Object"): "API", version "0".

    What says so in no text says nothing.
    """
    data = context.document.data
    origin = context.document.origin("/info" if "info" in data else "")
    if not isinstance(data.get("info"), dict):
        data["info"] = {}
    info = data["info"]
    for key, value in _KNOWN.items():
        if not isinstance(info.get(key), str):
            info[key] = value
            context.document.added(f"/info/{key}", origin)
            yield Repair(origin, f"`info` has no `{key}`; took `{value}`")
