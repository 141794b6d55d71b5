"""What an operationId says of its operation, in VMware's spellings and in everybody else's."""

from __future__ import annotations

import re

_TASK_SUFFIX = re.compile(r"\$task$", re.IGNORECASE)
_VENDOR = re.compile(r"(?:[A-Za-z0-9]+\.)+[A-Za-z0-9]+_(?P<tail>.+)|[A-Z][A-Za-z0-9]*_(?P<short>.+)")

_NO_WORD = re.compile(r"\W")
_NO_LETTER = re.compile(r"[\W_]+")
_PIECE = re.compile(r"[^/{}]+")


def verb_phrase(operation_id: str) -> str:
    """The part that names the action: `failover` of `Vcenter.Vcha.Cluster_failover$Task` and of `failover$task`."""
    bare = _TASK_SUFFIX.sub("", operation_id)
    vendor = _VENDOR.fullmatch(bare)
    return (vendor["tail"] or vendor["short"]) if vendor else bare


def function_of(operation_id: str, method: str, path: str) -> str | None:
    """The function's name in an id that FastAPI made of it, the path and the method; None for any other id.

    `list_items_items_get` is `list_items` at `/items`.
    """
    made = f"{_NO_WORD.sub('_', path)}_{method.lower()}"
    function = operation_id.removesuffix(made)
    return function if function and function != operation_id else None


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
