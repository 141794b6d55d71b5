"""Something that is there, for requests that are to be refused for what they say and not for whom they name."""

from __future__ import annotations

import pytest

from . import making
from .operations import Effect, Operation
from .target import Target


class Existing:
    """Makes one thing of each life when it is first needed, and another once it was deleted.

    What the run makes it removes.
    Nothing else is named in a request that a faulty server may carry out: it is nobody's but the run's.
    """

    def __init__(self) -> None:
        self._paths: dict[str, str | None] = {}

    def __call__(self, target: Target, operation: Operation | None, path: str) -> str | None:
        """The path with the identifier of a thing in it; None where there is none that may be named.

        Args:
            target: Who makes it.
            operation: The operation that the path is one of.
            path: With an identifier that nobody knows, below the prefix; with its query.
        """
        if operation is None or target.run.settings.level.rank < Effect.WRITE.rank:
            return None
        catalogue = target.run.catalogue
        for life in catalogue.lives:
            reader = catalogue.named(life.read)
            template = reader.path.rstrip("/") if reader is not None else ""
            if not template or not f"{operation.path}/".startswith(f"{template}/"):
                continue
            own = self._paths.get(life.name)
            if life.name not in self._paths or (own is not None and _is_gone(target, own)):
                own = self._paths[life.name] = _made(target, life.name)
            if own is None:
                continue
            place, question, query = path.partition("?")
            rest = place.split("/")[len(template.split("/")) :]
            return "/".join((own.rstrip("/"), *rest)) + question + query
        return None


def _is_gone(target: Target, path: str) -> bool:
    return target.run.gate.made.at(target.run.catalogue.prefix + path) is None


def _made(target: Target, name: str) -> str | None:
    try:
        return making.make(target, target.run.catalogue.life(name)).path
    except (AssertionError, pytest.skip.Exception, pytest.fail.Exception):
        # What is wrong with making things, the tests of their lives say.
        return None
