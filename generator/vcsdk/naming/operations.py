"""Python paths of operations: where in the call tree each stands and what its method is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from vcsdk.config.model import Config
from vcsdk.ir import Operation
from vcsdk.ir.ids import function_of, repeats_path, uncounted, verb_phrase
from vcsdk.ir.vapi import action_of
from vcsdk.naming.settle import Settled, Wish, settle
from vcsdk.naming.words import snake, words

_VERSION = re.compile(r"v\d+(?:\.\d+)*(?:(?:alpha|beta)\d*)?")


def place(operations: Iterable[Operation], config: Config, original_id: Callable[[Operation], str]) -> list[Operation]:
    """Each operation with `resource` and `name` set as wished; what collides is told apart by `tell_apart`."""
    operations = list(operations)
    common = _common_version(operations)
    ids = {original_id(operation) for operation in operations}
    placed = []
    for operation in operations:
        settings = config.operations.get(operation.operation_id)
        resource = resource_path(operation, config.strip, common)
        said = uncounted(original_id(operation), ids)
        name = settings.name if settings and settings.name else method_name(said, operation, resource)
        if len(resource) > 1 and resource[-1] == name and not (settings and settings.name):
            # `POST …/power/start` with the operationId `start` is `power.start`, not `power.start.start`.
            resource = resource[:-1]
        placed.append(replace(operation, resource=resource, name=name))
    return placed


def resource_path(operation: Operation, strip: Iterable[str], version: str) -> tuple[str, ...]:
    """The fixed segments of the path as words of the call tree: `/vcenter/vm/{vm}/power` gives vcenter, vm, power."""
    segments = [s for s in operation.path.split("/") if s and "{" not in s]
    if len(segments) > 1 and segments[0] in ("api", "rest"):
        segments = segments[1:]
    if len(segments) > 1 and segments[0] == version:
        segments = segments[1:]
    if len(segments) > 2 and segments[:2] == ["com", "vmware"]:
        segments = segments[2:]
    dropped = set(strip)
    while len(segments) > 1 and segments[0] in dropped:
        segments = segments[1:]
    if not segments:
        segments = [operation.tags[0]] if operation.tags else ["root"]
    return tuple(snake(segment, "resource") for segment in segments)


def method_name(operation_id: str, operation: Operation, resource: tuple[str, ...]) -> str:
    """What a person would call the method: what the operationId says besides the path, else the action or verb.

    Of VMware's ids that is the last part without `$task`.
    """
    if operation_id.startswith(f"{operation.method.lower()} /"):
        action = action_of(operation.fixed_query)
        return snake(action or _verb(operation), "call")
    if repeats_path(operation_id, operation.method, operation.path):
        verb = _verb(operation)
        return "get" if verb == "list" and not _names_many(resource[-1]) else verb
    function = function_of(operation_id, operation.method, operation.path)
    if function is not None:
        return snake("_".join(_besides(words(function), resource)), "call")
    return snake(verb_phrase(operation_id), "call")


def _besides(said: Sequence[str], resource: tuple[str, ...]) -> Sequence[str]:
    """The words without those at the end that the call tree says already: `items.list` says all of `list_items`."""
    tree = [word for segment in resource for word in words(segment)]
    left = list(said)
    while len(left) > 1 and tree and _singular(left[-1]) == _singular(tree[-1]):
        left.pop()
        tree.pop()
    return left


def _names_many(word: str) -> bool:
    return _singular(word) != word.lower()


def _singular(word: str) -> str:
    lower = word.lower()
    for plural, one in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("s", "")):
        if lower.endswith(plural) and not lower.endswith("ss"):
            return lower.removesuffix(plural) + one
    return lower


def _verb(operation: Operation) -> str:
    ends_in_parameter = operation.path.rstrip("/").endswith("}")
    verbs = {"GET": "get" if ends_in_parameter else "list", "POST": "create", "PUT": "set", "PATCH": "update"}
    return verbs.get(operation.method, operation.method.lower())


def _common_version(operations: list[Operation]) -> str:
    """The version segment that every path starts with (`/v1/…`), or "" if they differ."""
    found = set()
    for operation in operations:
        segments = [s for s in operation.path.split("/") if s and s not in ("api", "rest")]
        found.add(segments[0] if segments and _VERSION.fullmatch(segments[0]) else "")
    return found.pop() if len(found) == 1 else ""


def tell_apart(
    operations: list[Operation], fixed: Collection[str] = (), held: Mapping[str, str] = MappingProxyType({})
) -> tuple[list[Operation], Settled]:
    """Give each operation a path of its own.

    Of the old `/rest` and the new `/api` form of one operation the old one moves under `rest`; of an operation
    and its task twin the task is called `…_task`; else the parameters in the path tell them apart.  Where the old form
    was released first, the new one moves under `api`.

    Args:
        operations: Placed.
        fixed: Keys of those that keep what they are called.
        held: Other paths that nothing new may have, with the key of an operation that has each, "" if none has.
    """

    def applied(
        applies: Callable[[Operation], bool], change: Callable[[Operation], Operation], among: list[Operation]
    ) -> list[Operation]:
        return _apply(among, applies, change, fixed, held)

    operations = applied(_is_legacy, lambda o: replace(o, resource=("rest", *o.resource)), operations)
    if fixed or held:
        operations = applied(_is_current, lambda o: replace(o, resource=("api", *o.resource)), operations)
    operations = applied(lambda o: o.task, lambda o: replace(o, name=f"{o.name}_task"), operations)
    operations = applied(lambda o: "{" in o.path, lambda o: replace(o, name=_by_parameters(o)), operations)
    settled = settle(
        (Wish(o.key, o.python_path, o.request_line) for o in operations if o.key not in fixed),
        alternative=lambda name, count: f"{name}_{count}",
        held={**held, **{o.python_path: o.key for o in operations if o.key in fixed}},
    )
    return [o if o.key in fixed else replace(o, name=settled[o.key].rsplit(".", 1)[1]) for o in operations], settled


def _apply(
    operations: list[Operation],
    applies: Callable[[Operation], bool],
    change: Callable[[Operation], Operation],
    fixed: Collection[str],
    held: Collection[str],
) -> list[Operation]:
    """Change those, but for the fixed ones, that share their path with one to which the rule does not apply."""
    groups: dict[str, list[Operation]] = {}
    for operation in operations:
        groups.setdefault(operation.python_path, []).append(operation)
    changed = {
        o.key: change(o)
        for path, group in groups.items()
        if path in held or (len(group) > 1 and not all(applies(o) for o in group))
        for o in group
        if applies(o) and o.key not in fixed
    }
    return [changed.get(o.key, o) for o in operations]


def _is_legacy(operation: Operation) -> bool:
    return operation.path.startswith("/rest/")


def _is_current(operation: Operation) -> bool:
    return operation.path.startswith("/api/")


def _by_parameters(operation: Operation) -> str:
    names = re.findall(r"\{([^}]*)\}", operation.path)
    return f"{operation.name}_by_" + "_and_".join(snake("_".join(words(name))) for name in names)
