"""The rule `undeclared-security`."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from vcsdk.diagnostics import Level
from vcsdk.load.extensions import entries
from vcsdk.load.grammar import operations_in
from vcsdk.load.pointer import join
from vcsdk.normalize.registry import Context, Repair, folded, rule


@rule("undeclared-security", level="warning", of_the_api=True)
def send_nothing_for_it(context: Context) -> Iterator[Repair]:
    """`security` names a scheme that nothing declares ("Security Requirement Object"): nothing is sent for it.

    Where one is declared that differs in case and punctuation alone, that is meant.  An alternative that can be met
    stays as it is, without those that cannot.  One warning a name, at the first place.
    """
    document = context.document
    components = document.data.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, dict) else None
    known = [name for name in schemes if isinstance(name, str)] if isinstance(schemes, dict) else []
    places: dict[str, list[str]] = {}
    meant = {folded(name): name for name in known}
    for pointer, holder in _holders(document.data):
        requirements = holder.get("security")
        if not isinstance(requirements, list) or not all(isinstance(each, dict) for each in requirements):
            continue
        undeclared = [(n, name) for n, each in enumerate(requirements) for name in each if name not in known]
        for position, name in undeclared:
            places.setdefault(name, []).append(join(pointer, "security", position, name))
        if undeclared:
            spelled = [
                {name if name in known else meant.get(folded(name), name): scopes for name, scopes in each.items()}
                for each in requirements
            ]
            holder["security"] = _met(spelled, known)
    for name, found in places.items():
        others = f" (and in {len(found) - 1} other places)" if len(found) > 1 else ""
        other = meant.get(folded(name))
        done = f"took `{other}`" if other else "nothing is sent for it"
        message = f"the security scheme `{name}` is not declared; {done}{others}"
        near = difflib.get_close_matches(name, known, n=1) if other is None else []
        hint = f"did you mean `{near[0]}`?" if near else None
        origin = document.origin(found[0])
        context.diagnostics.add(document.diagnose(Level.WARNING, "undeclared-security", message, origin, hint))
        yield Repair(origin, message)


def _met(requirements: list[dict[str, Any]], known: list[str]) -> list[dict[str, Any]]:
    whole = [requirement for requirement in requirements if all(name in known for name in requirement)]
    if whole:
        return whole
    parts = [{name: scopes for name, scopes in each.items() if name in known} for each in requirements]
    return [part for part in parts if part]


def _holders(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The description and its operations: what can say `security`."""
    yield "", data
    for key, item in entries(data.get("paths")):
        for tokens, operation in operations_in(item):
            if isinstance(operation, dict):
                yield join("/paths", key, *tokens), operation
