"""The check `duplicate-parameter`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.checks.registry import Finding, Subject, check


@check("duplicate-parameter")
def parameters_differ(subject: Subject) -> Iterator[Finding]:
    """No list of parameters names one twice in the same place ("Operation Object")."""
    for kind in ("path_item", "operation"):
        for pointer, node in subject.index.nodes[kind]:
            parameters = node.get("parameters")
            met: set[tuple[str, str]] = set()
            for position, entry in enumerate(parameters if isinstance(parameters, list) else []):
                parameter = subject.target(entry)
                identity = (str(parameter.get("in")), str(parameter.get("name")))
                if "name" in parameter and identity in met:
                    message = f"the {identity[0]} parameter `{identity[1]}` is already declared in this list"
                    yield Finding(message, f"{pointer}/parameters/{position}")
                met.add(identity)
