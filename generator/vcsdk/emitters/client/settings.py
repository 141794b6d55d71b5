"""The settings that every client takes, spelled out in the constructor of a generated one and in its `from_env`."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import msgspec

from vcsdk.emitters.imports import Imports

_HIDDEN = {"headers": "concealed", "proxy": "hidden_proxy"}
"""What may hold a password, and the function of the runtime that hides it."""


class Setting(msgspec.Struct, frozen=True):
    """A keyword that the runtime's client takes, with its annotation and its default."""

    name: str
    annotation: str
    default: str

    @property
    def source(self) -> str:
        """As it stands in a signature."""
        return f"{self.name}: {self.annotation} = {self.default}"


def settings(
    imports: Imports, shadowed: Collection[str], taken: Collection[str], *, asynchronous: bool = False
) -> Iterator[Setting]:
    """Those of a client, in the runtime's order.

    Args:
        imports: Those of the module; what only annotations name is imported for type checkers alone.
        shadowed: What means something else within the class.
        taken: Names that the client itself has for something else, as it was released before they were settings.
        asynchronous: Whether it is the asynchronous client.
    """
    text, whole, number, either = (imports.builtin(name, shadowed) for name in ("str", "int", "float", "bool"))
    path = imports.use_lazily("pathlib", "Path", shadowed)
    mapping, sequence = (imports.use_lazily("collections.abc", name, shadowed) for name in ("Mapping", "Sequence"))
    retries = imports.own("_runtime", "Retries", shadowed, lazy=True)
    hooks = imports.own("hooks", "Hooks", shadowed, lazy=True)
    tls = imports.within("ssl", "SSLContext", shadowed)
    of_http = ("Timeout", "Proxy", "Limits", "AsyncClient" if asynchronous else "Client")
    phases, proxy, limits, http = (imports.within("httpx2", name, shadowed) for name in of_http)
    rows = (
        ("ca_bundle", f"{text} | {path} | None", "None"),
        ("verify", f"{either} | {tls}", "True"),
        ("timeout", f"{number} | {phases}", "60.0"),
        ("language", f"{text} | None", "None"),
        ("proxy", f"{text} | {proxy} | None", "None"),
        ("limits", f"{limits} | None", "None"),
        ("retries", f"{whole} | {retries}", "3"),
        ("headers", f"{mapping}[{text}, {text}] | None", "None"),
        ("max_answer_bytes", f"{whole} | None", "268435456"),
        ("max_stream_bytes", f"{whole} | None", "None"),
        ("max_stream_seconds", f"{number} | None", "None"),
        ("http_client", f"{http} | None", "None"),
        ("hooks", f"{hooks} | {sequence}[{hooks}] | None", "None"),
    )
    yield from (Setting(*row) for row in rows if row[0] not in taken)


def from_environment(found: Setting) -> Setting:
    """The same where a variable stands in for what is not given: the timeout has no default of its own then."""
    if found.name != "timeout":
        return found
    return Setting(found.name, f"{found.annotation} | None", "None")


def hiding_settings(imports: Imports, taken: Collection[str]) -> Iterator[str]:
    """The statements that hide what may hold a password."""
    for name, hiding in _HIDDEN.items():
        if name not in taken:
            yield f"{name} = {imports.own('_runtime', hiding, {hiding})}({name})"
