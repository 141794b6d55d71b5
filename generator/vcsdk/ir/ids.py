"""What an operationId says of its operation, in VMware's spellings and in everybody else's."""

from __future__ import annotations

import re
from collections.abc import Collection

_TASK_SUFFIX = re.compile(r"\$task$", re.IGNORECASE)
_VENDOR = re.compile(r"(?:[A-Za-z0-9]+\.)+[A-Za-z0-9]+_(?P<tail>.+)|[A-Z][A-Za-z0-9]*_(?P<short>.+)")

_NO_WORD = re.compile(r"\W")
_NO_LETTER = re.compile(r"[\W_]+")
_PIECE = re.compile(r"[^/{}]+")
_SPRINGFOX = re.compile(r"(?P<function>.+)Using(?P<method>[A-Z]+)(?:_\d+)?")
_COUNTED = re.compile(r"(?P<first>.+)_\d+")


def verb_phrase(operation_id: str) -> str:
    """The part that names the action: `failover` of `Vcenter.Vcha.Cluster_failover$Task` and of `failover$task`."""
    bare = _TASK_SUFFIX.sub("", operation_id)
    vendor = _VENDOR.fullmatch(bare)
    return (vendor["tail"] or vendor["short"]) if vendor else bare


def function_of(operation_id: str, method: str, path: str) -> str | None:
    """The function's name in an id that a framework made of it and of what the operation is; None for any other id.

    FastAPI makes `list_items_items_get` of `list_items` at `/items`, Springfox `listItemsUsingGET_1` of `listItems`.
    """
    spring = _SPRINGFOX.fullmatch(operation_id)
    if spring is not None and spring["method"] == method.upper():
        return spring["function"]
    made = f"{_NO_WORD.sub('_', path)}_{method.lower()}"
    function = operation_id.removesuffix(made)
    return function if function and function != operation_id else None


def uncounted(operation_id: str, others: Collection[str]) -> str:
    """The id without the number by which a framework tells it from others: `find_1` is the second `find` of them.

    Which of them has which number says nothing but in which order they were met.
    """
    counted = _COUNTED.fullmatch(operation_id)
    return counted["first"] if counted is not None and counted["first"] in others else operation_id


def repeats_path(operation_id: str, method: str, path: str) -> bool:
    """Whether an id says nothing but method and path: `get_users_user_id`, `usersUserIdGet`.

    What a path of one word repeats may as well be somebody's choice (`getLamp`).
    """
    if verb_phrase(operation_id) != operation_id:
        return False
    said, at = _joined(operation_id), [_joined(piece) for piece in _PIECE.findall(path)]
    where = "".join(at)
    return len(at) > 1 and said in (method.lower() + where, where + method.lower())


def _joined(text: str) -> str:
    return _NO_LETTER.sub("", text).lower()
