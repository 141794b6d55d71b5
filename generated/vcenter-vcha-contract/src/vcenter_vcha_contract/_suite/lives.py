"""What an API makes, shows, changes and removes: the operations on one collection, and which values are plain."""

from __future__ import annotations

import hashlib
import re
import string
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

_BASE = 100_000
_NUMBERS = 900_000
_CHARACTERS = (string.digits, string.ascii_lowercase, string.ascii_uppercase)


@dataclass(frozen=True)
class Plain:
    """A property that a server shows as it was written, or one that a client chooses to name a thing.

    `kind` is `text` (of `least` to `most` characters, 0 for any), `email`, `uuid`, `integer` (any), or two values,
    `first` and `second` for a change: any (`values`), or of those that an enumeration lists (`listed`).  A `matching`
    one is of the form that `first` has, which the pattern `second` asks for.
    """

    name: str
    kind: str
    least: int = 0
    most: int = 0
    first: Any = None
    second: Any = None

    def value(self, mark: str, *, changed: bool = False) -> Any:
        """A value that fits; of texts and identifiers one that goes with the mark alone."""
        digest = hashlib.sha256(f"{mark} {changed}".encode()).hexdigest()
        match self.kind:
            case "text":
                text = f"text-{digest[:12]}" if not self.most or self.most >= 17 else digest[: self.most]
                return text.ljust(self.least, "x")
            case "email":
                return f"{digest[:12]}@example.com"
            case "uuid":
                return str(uuid.UUID(hex=digest[:32], version=4))
            case "matching":
                return _of_its_form(self.first, re.compile(self.second), int(digest, 16))
            case "integer":
                return _BASE + int(digest[:12], 16) % _NUMBERS
        return self.second if changed else self.first

    @property
    def is_number(self) -> bool:
        """True for a number, which a server may count by itself."""
        return self.kind == "integer" or (isinstance(self.first, int | float) and not isinstance(self.first, bool))

    @property
    def is_listed(self) -> bool:
        """True for a value of an enumeration, which may be a state that does not follow from every other one."""
        return self.kind == "listed"


@dataclass(frozen=True)
class Life:
    """The operations on one collection, by name; "" where the description has none.

    `name` is the collection's path. `identifier` is where the answer to `create` has the new one: names of properties
    from outside, () for the answer itself, None where only `Location` tells. `needed` is the smallest body that is
    accepted, `plain` what is put into it and shown again, `optional` what may be put into it; `chosen` names what a
    client has to choose as identifier, which stands in the object `chosen_in` of a body where that is not ().
    `change_needed`, `changeable` and `change_named` are the same for `change`. `listed` is where an answer to `list`
    has its items (None: nobody knows), `key` the identifier in each ("" for itself), `page` how many it shows at most
    (0 for all, -1 if nobody knows). `parent` is the name of the life whose members such things belong to. `placed` is
    the last part of the path where a client chooses it, by a PUT, and `above` are those before it that belong to
    nothing else. `varied` are values of properties that lists are asked by, so that things differ in them; `left_alone`
    names what a change that does not name it leaves as it is.

    In envelopes, all that is said and shown is objects inside others: `sent_in` and `change_in` are where the bodies
    have what they say, `holder` where a reading has the thing with its identifier, and `inside` where the thing has
    what was said of it, in lists as well.

    Of what an API has one of, `create` is "", `holder` is where a reading has its values, and `carried` names those
    that a PUT has to say again.
    """

    name: str
    create: str
    read: str
    identifier: tuple[str, ...] | None = None
    needed: Any = None
    plain: tuple[Plain, ...] = ()
    optional: tuple[Plain, ...] = ()
    chosen: Plain | None = None
    chosen_in: tuple[str, ...] = ()
    create_type: str = "application/json"
    change: str = ""
    change_needed: Any = None
    changeable: tuple[Plain, ...] = ()
    change_named: tuple[str, ...] = ()
    change_type: str = "application/json"
    delete: str = ""
    list: str = ""
    listed: tuple[str, ...] | None = None
    key: str = ""
    page: int = 0
    parent: str = ""
    placed: Plain | None = None
    varied: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    left_alone: tuple[str, ...] = ()
    sent_in: tuple[str, ...] = ()
    change_in: tuple[str, ...] = ()
    holder: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    above: tuple[Plain, ...] = ()

    def home(self, mark: str) -> str:
        """The path of a collection that belongs to nothing else; `mark` is what the parts of it go with."""
        path = self.name
        for each in self.above:
            path = path.replace(f"{{{each.name}}}", quote(str(each.value(mark)), safe=""))
        return path

    @property
    def said_first(self) -> frozenset[str]:
        """The names of what a create may say."""
        return frozenset(each.name for each in (*self.plain, *self.optional))

    def said(self, body: Any) -> Any:
        """What the body of a create says of the thing."""
        return at(body, self.sent_in)

    def values(self, answer: Any) -> Any:
        """What the answer to a reading shows of the thing."""
        return at(answer, (*self.holder, *self.inside))

    def difference(self, sent: Any, shown: Any, also: Collection[str] = ()) -> str:
        """The first property of what was said that is not among the values that are shown; "" for none.

        Of optional ones, which a server may have for itself, only those in `also` count.
        """
        if not isinstance(sent, dict):
            return ""
        names = [name for name in sent if name in also or any(name == each.name for each in self.plain)]
        if not isinstance(shown, dict):
            return names[0] if names else ""
        return next((name for name in names if not is_alike(shown.get(name), sent[name])), "")

    def echoed(self, sent: Any, shown: Any) -> tuple[str, ...]:
        """The properties that are shown as they were sent."""
        if not isinstance(sent, dict) or not isinstance(shown, dict):
            return ()
        names = (each.name for each in (*self.plain, *self.optional))
        return tuple(name for name in names if name in sent and is_alike(shown.get(name), sent[name]))


def _of_its_form(text: str, pattern: re.Pattern[str], number: int) -> str:
    """The text with other letters and digits, as far as the pattern allows; which, the number says."""
    for place, char in enumerate(text):
        kind = next((kind for kind in _CHARACTERS if char in kind), "")
        if not kind:
            continue
        number, turn = divmod(number, len(kind))
        other = f"{text[:place]}{kind[turn]}{text[place + 1 :]}"
        text = other if pattern.search(other) else text
    return text


def is_alike(shown: Any, sent: Any) -> bool:
    """Equal, or texts that differ in case and in spaces around them: many servers tidy up what they are sent."""
    if isinstance(shown, str) and isinstance(sent, str):
        return shown.strip().casefold() == sent.strip().casefold()
    return bool(shown == sent)


def at(value: Any, names: tuple[str, ...]) -> Any:
    """What stands there in a value; None for nothing."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def put(value: Any, names: tuple[str, ...], inner: Any) -> Any:
    """The value with this there, and the rest as it is."""
    if not names:
        return inner
    outer = value if isinstance(value, dict) else {}
    return {**outer, names[0]: put(outer.get(names[0]), names[1:], inner)}


_MEMBER = re.compile(r"(?P<home>.*?)(?P<before>/|\((?P<quote>'?))\{[^{}/]+\}(?P<behind>(?P=quote)\))?(?P<end>/?)")


def home_of(template: str) -> str:
    """The path of what a member's path is one of: `/things` for `/things/{id}`, and for `/things('{id}')` (OData).

    It is "" for a path that does not end with an identifier.
    """
    found = _MEMBER.fullmatch(template)
    is_one = found is not None and (found["before"] == "/") == (found["behind"] is None)
    return found["home"] if found is not None and is_one else ""


def member_at(home: str, template: str, identifier: str) -> str:
    """Where the member with an identifier is; `home` is where the collection is, `template` the path of its members."""
    found = _MEMBER.fullmatch(template)
    before, behind, end = (found["before"], found["behind"] or "", found["end"]) if found is not None else ("/", "", "")
    # A quote in a text is written twice (OData 4.01, Part 2, 4.3.1).
    text = identifier.replace("'", "''") if before.endswith("'") else identifier
    return f"{home.rstrip('/')}{before}{quote(text, safe='')}{behind}{end}"


def identifier_in(template: str, place: str) -> str:
    """The identifier that stands at the end of a member's place, as it is written there."""
    found = _MEMBER.fullmatch(template)
    before, behind = (found["before"], found["behind"] or "") if found is not None else ("/", "")
    return place.rstrip("/").removesuffix(behind).rpartition(before)[2]


def text_of(identifier: Any) -> str | None:
    """An identifier as it stands in a path; None for what cannot be one."""
    if isinstance(identifier, bool) or not isinstance(identifier, str | int) or identifier == "":
        return None
    return str(identifier)
