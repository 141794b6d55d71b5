"""The check `security-scheme`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.checks.registry import Finding, Subject, check, nearest
from vcsdk.load.pointer import escape


@check("security-scheme")
def schemes_are_declared(subject: Subject) -> Iterator[Finding]:
    """What `security` asks for is declared in `components/securitySchemes`; each name is told once."""
    components = subject.document.data.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, dict) else None
    known = schemes if isinstance(schemes, dict) else {}
    told: set[str] = set()
    for pointer, requirement in subject.index.nodes["requirement"]:
        for name in requirement:
            if name not in known and name not in told:
                told.add(name)
                hint = nearest(name, known)
                yield Finding(f"the security scheme `{name}` is not declared", f"{pointer}/{escape(name)}", hint)
