"""Generated requests that no bytes can say."""

from __future__ import annotations

import re
from typing import Any

_FORMS = ("multipart/", "application/x-www-form-urlencoded")
_BETWEEN = re.compile(r"[,.;=|\s]|%2C|%20|%7C", re.IGNORECASE)
_MADE_UP = "x-schemathesis-unknown"


def is_unwritable(case: Any, lists: frozenset[str], objects: frozenset[str] = frozenset()) -> bool:
    """Whether no bytes say what a request is to say.

    A form without a field is none in multipart, which has a part at least (RFC 2046, 5.1.1); an empty list has no field
    in a form, and as a parameter (`lists` names those), or below one (`filter[ids]`), it is one of an empty text; and
    null is no text that a parameter could have: sent, it would be the word.  Of an object of the query that has to be
    there (`objects` names those) nothing is seen without members.
    """
    media_type = str(case.media_type or "")
    if media_type and not is_json(media_type) and case.body in ("", b""):
        return True  # on the wire it is no body
    if media_type.startswith("multipart/") and case.body in ({}, []):
        return True
    if media_type.startswith(_FORMS) and isinstance(case.body, dict) and any(map(_is_nothing, case.body.values())):
        return True
    if any(not any(name.startswith(f"{wanted}[") for name in case.query or {}) for wanted in objects):
        return True
    places = (case.query, case.headers, case.cookies, case.path_parameters)
    if any(name.lower().startswith(_MADE_UP) for place in (case.headers, case.cookies) for name in place or {}):
        return True  # a header more is none of the operation's
    given = [(name, value) for place in places for name, value in (place or {}).items()]
    return any(_has_null(v) or (v in ("", [], {}) and (name in lists or "[" in name)) for name, v in given)


def _is_nothing(value: Any) -> bool:
    return value is None or value in ([], {})


def _has_null(value: Any) -> bool:
    if isinstance(value, dict | list):
        return any(map(_has_null, value.values() if isinstance(value, dict) else value))
    # schemathesis writes it down, in lists and objects too, before anybody sees it.
    return value is None or (isinstance(value, str) and "null" in _BETWEEN.split(value))


def is_json(media_type: str) -> bool:
    """Whether a media type carries JSON."""
    essence = media_type.partition(";")[0].strip().lower()
    return essence in ("application/json", "text/json") or essence.endswith("+json")
