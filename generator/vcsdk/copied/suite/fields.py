"""Header fields that come from several places."""

from __future__ import annotations

from collections.abc import Mapping


def beside(needed: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """The fields given, and those that are needed beside them; cookies go together, for there is one field of them."""
    names = {name.lower(): name for name in given}
    found = {**{name: value for name, value in needed.items() if name.lower() not in names}, **given}
    if "cookie" in names and needed.get("Cookie"):
        found[names["cookie"]] = f"{given[names['cookie']]}; {needed['Cookie']}"
    return found
