"""Which way objects of each class travel."""

from __future__ import annotations

from vcsdk.diff.scale import Direction
from vcsdk.ir import Api
from vcsdk.ir.usage import Usage


def directions(*apis: Api) -> dict[str, Direction]:
    """Whether requests, answers or both hold objects of a class in any of these APIs, by the name of the class."""
    found: dict[str, Direction] = {}
    for api in apis:
        usage = Usage(api)
        for keys, way in ((usage.requests, Direction.REQUEST), (usage.answers, Direction.RESPONSE)):
            for key in keys:
                name = api.schemas[key].name
                found[name] = found.get(name, Direction.NONE) | way
    return found
