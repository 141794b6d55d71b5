"""How what a PUT or PATCH sets is set back: by which reading, and where both have the values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .lives import at, put

JSON_PATCH = "application/json-patch+json"
_ABSENT = object()


@dataclass(frozen=True)
class Undo:
    """Of one operation that sets something; operations by name.

    `read` is the GET of the same path, "" where there is none.  `sent_in` is where the body has what it sets, and
    `shown_in` where the reading shows it: the properties `names`, or the value there as a `whole`; neither where the
    reading does not show all that the body has to say.  `media_type` is that of such a body, "" for no JSON.
    `made_up` says that the path has an identifier that the suite makes up, so that what it sets is nobody's.
    """

    change: str
    read: str = ""
    sent_in: tuple[str, ...] = ()
    shown_in: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    whole: bool = False
    media_type: str = ""
    made_up: bool = False

    @property
    def is_expressible(self) -> bool:
        """Whether a body can say what a reading shows."""
        return self.whole or bool(self.names) or self.media_type == JSON_PATCH

    def set_by(self, said: Any, *, partly: bool) -> tuple[str, ...] | None:
        """The names of what a body sets, a part or all there is; None where a reading does not show some of it."""
        if self.media_type == JSON_PATCH:
            steps = [step.get("path") for step in said if isinstance(step, dict)] if isinstance(said, list) else []
            tops = [path.split("/")[1] for path in steps if isinstance(path, str) and path.startswith("/")]
            return tuple(dict.fromkeys(top.replace("~1", "/").replace("~0", "~") for top in tops))
        inner = at(said, self.sent_in)
        named = tuple(inner) if isinstance(inner, dict) else ()
        if not self.whole and not set(named) <= set(self.names):
            return None
        return named if partly else self.names

    def differing(self, before: Any, now: Any, names: tuple[str, ...]) -> tuple[str, ...]:
        """The names whose values two readings show otherwise; ("",) for the whole value."""
        before, now = at(before, self.shown_in), at(now, self.shown_in)
        if self.whole:
            return ("",) if before != now else ()
        return tuple(name for name in names if _value(before, name) != _value(now, name))

    def body(self, before: Any, names: tuple[str, ...], said: Any) -> Any:
        """What says again what a reading showed of these; `said` is a body whose other parts are kept."""
        shown = at(before, self.shown_in)
        if self.media_type == JSON_PATCH:
            return [_step(name, _value(shown, name)) for name in names]
        if self.whole:
            return put(said, self.sent_in, shown)
        values = {name: _value(shown, name) for name in names}
        return put(said, self.sent_in, {name: value for name, value in values.items() if value is not _ABSENT})


def _value(shown: Any, name: str) -> Any:
    return shown.get(name, _ABSENT) if isinstance(shown, dict) else _ABSENT


def _step(name: str, value: Any) -> dict[str, Any]:
    path = "/" + name.replace("~", "~0").replace("/", "~1")
    # Of a member that is there, `add` replaces the value (RFC 6902, 4.1).
    return {"op": "remove", "path": path} if value is _ABSENT else {"op": "add", "path": path, "value": value}
