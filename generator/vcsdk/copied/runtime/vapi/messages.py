"""Localised messages of VMware APIs: parsing both wire forms and rendering to text for people.

Facts from VMware's reference of `Std_LocalizableMessage`, `Std_LocalizationParam` and
`Std_NestedLocalizableMessage`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

import msgspec

DEPTH = 16
"""Messages nested deeper than this are cut: they refer to each other and may nest without end."""

LENGTH = 8192
"""Characters after which a filled-in text is cut; nesting can make it grow with every level."""

_SLOT = re.compile(r"\{([A-Za-z0-9_][A-Za-z0-9_.\-]*)\}|%(?:(\d+)\$)?([sdif%])")


class LocalizationParam(msgspec.Struct, frozen=True, kw_only=True):
    """A named value of a message; the first of `s` text, `dt` date-time, `i` int, `d` float, `l` message that is set.

    `format` says how to show `dt` (SHORT_DATE … FULL_DATE_TIME), `precision` how many decimals of `d`.
    """

    s: str | None = None
    dt: str | None = None
    i: int | None = None
    d: float | None = None
    l: LocalizableMessage | None = None  # noqa: E741 - the wire's name
    format: str | None = None
    precision: int | None = None

    def __str__(self) -> str:
        return self.render()

    def render(self, depth: int = DEPTH) -> str:
        """The value as text; nested messages are followed `depth` levels deep."""
        if self.s is not None:
            return self.s
        if self.dt is not None:
            return _moment(self.dt, self.format)
        if self.i is not None:
            return str(self.i)
        if self.d is not None:
            return str(self.d) if self.precision is None else f"{self.d:.{min(max(self.precision, 0), 17)}f}"
        if self.l is not None:
            return self.l.render(depth - 1)
        return ""


class LocalizableMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message for people; `str()` gives its text.

    `localized` is the text in the language asked for, where the server gives it; `default_message` the English text
    with places for `args` ({0}, %s) or `params` ({name}).
    """

    id: str = ""
    default_message: str | None = None
    args: tuple[str, ...] = ()
    params: Mapping[str, LocalizationParam] = {}
    localized: str | None = None

    def __str__(self) -> str:
        return self.render()

    def render(self, depth: int = DEPTH) -> str:
        """The text, values filled in; "…" where nesting goes deeper than `depth`."""
        if self.localized:
            return self.localized
        if depth <= 0:
            return "…"
        if self.default_message:
            return _fill(self.default_message, self.args, self.params, depth)
        # Nested messages carry no text, only the identifier that a catalogue would translate.
        values = ", ".join(f"{name}={value.render(depth)}" for name, value in self.params.items())
        return f"{self.id} ({values})" if values else self.id


def parse_messages(raw: Any) -> tuple[LocalizableMessage, ...]:
    """The messages of an error's JSON; whatever is not a message is left out (the answer itself still has it)."""
    items = raw if isinstance(raw, list) else []
    return tuple(message for item in items if (message := parse_message(item)) is not None)


def parse_message(raw: Any, depth: int = DEPTH) -> LocalizableMessage | None:
    """One message, in the form with `params` as a map or as `[{key, value}]`; None if it is not one."""
    if not isinstance(raw, dict):
        return None
    args = raw.get("args")
    return LocalizableMessage(
        id=_text(raw.get("id")) or "",
        default_message=_text(raw.get("default_message")),
        args=tuple(arg if isinstance(arg, str) else str(arg) for arg in args) if isinstance(args, list) else (),
        params=_params(raw.get("params"), depth),
        localized=_text(raw.get("localized")),
    )


def _params(raw: Any, depth: int) -> dict[str, LocalizationParam]:
    if isinstance(raw, list):
        pairs = [(item.get("key"), item.get("value")) for item in raw if isinstance(item, dict)]
    elif isinstance(raw, dict):
        pairs = list(raw.items())
    else:
        return {}
    return {key: _param(value, depth) for key, value in pairs if isinstance(key, str) and isinstance(value, dict)}


def _param(raw: dict[str, Any], depth: int) -> LocalizationParam:
    precision, whole, number = raw.get("precision"), raw.get("i"), raw.get("d")
    nested = raw.get("l")
    if nested is not None and depth <= 1:
        message: LocalizableMessage | None = LocalizableMessage(localized="…")
    else:
        message = parse_message(nested, depth - 1)
    return LocalizationParam(
        s=_text(raw.get("s")),
        dt=_text(raw.get("dt")),
        i=whole if isinstance(whole, int) else None,
        d=_number(number),
        l=message,
        format=_text(raw.get("format")),
        precision=precision if isinstance(precision, int) else None,
    )


def _number(raw: Any) -> float | None:
    try:
        return float(raw) if isinstance(raw, int | float | str) and not isinstance(raw, bool) else None
    except (ValueError, OverflowError):
        return None


def _text(raw: Any) -> str | None:
    return raw if isinstance(raw, str) else None


def _fill(template: str, args: tuple[str, ...], params: Mapping[str, LocalizationParam], depth: int) -> str:
    upcoming = iter(args)
    rendered: dict[str, str] = {}  # a text that names a nested message twice at each level must not double the work

    def value(slot: re.Match[str]) -> str:
        name, position, kind = slot.groups()
        whole = slot.group()
        if name is not None:
            if name in params:
                if name not in rendered:
                    rendered[name] = params[name].render(depth)
                return rendered[name]
            return args[int(name)] if name.isdecimal() and int(name) < len(args) else whole
        if not args:
            return whole
        if kind == "%":
            return "%"
        if position is not None:
            return args[int(position) - 1] if 0 < int(position) <= len(args) else whole
        return next(upcoming, whole)

    text = _SLOT.sub(value, template)
    return text if len(text) <= LENGTH else f"{text[:LENGTH]}…"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def _moment(raw: str, form: str | None) -> str:
    """A date-time in one of the twelve formats, in English and 24 hours; as it came where it is not one."""
    try:
        moment = datetime.datetime.fromisoformat(raw)
    except ValueError:
        return raw
    length, _, what = (form or "").partition("_")
    if length not in _DATES or what not in ("DATE", "TIME", "DATE_TIME"):
        return raw
    parts = []
    if what != "TIME":
        parts.append(_DATES[length](moment))
    if what != "DATE":
        zone = moment.strftime("%Z") or moment.strftime("%z")
        parts.append(moment.strftime(_TIMES[length]) + (f" {zone}" if length in ("LONG", "FULL") and zone else ""))
    return " ".join(parts)


_DATES = {
    "SHORT": lambda d: f"{d:%Y-%m-%d}",
    "MED": lambda d: f"{d.day} {_MONTHS[d.month - 1][:3]} {d.year}",
    "LONG": lambda d: f"{d.day} {_MONTHS[d.month - 1]} {d.year}",
    "FULL": lambda d: f"{_DAYS[d.weekday()]}, {d.day} {_MONTHS[d.month - 1]} {d.year}",
}
_TIMES = {"SHORT": "%H:%M", "MED": "%H:%M:%S", "LONG": "%H:%M:%S", "FULL": "%H:%M:%S.%f"}
