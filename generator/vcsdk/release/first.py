"""Writes the first configuration of a description: what the toolkit inferred, for a person to read and correct."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from vcsdk import scratch
from vcsdk.access import real
from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.emitters.contract.links import links
from vcsdk.ir import Api, Operation, Safety
from vcsdk.pipeline import Described, read_api
from vcsdk.quoting.toml import remark
from vcsdk.quoting.toml import value as toml
from vcsdk.release.failover import failover_outcome

_MEANING = {
    Safety.DESTRUCTIVE: "interrupts the service or may lose data; named, and never against a production target",
    Safety.WRITE: "changes something; called only when named",
    Safety.READ: "changes nothing; contract tests and fuzzing may call it",
}
_COMPANION = "cis"
"""VMware's APIs keep what all of them share (sessions, tasks) below this word."""


def configuration_for(descriptions: Sequence[Path], file: Path, diagnostics: Diagnostics) -> str:
    """A configuration of a description, or of several of one API, as TOML with comments.

    It says what would be inferred without it; `file` is where it will stand, from where it names a set.

    Raises:
        InputError: The descriptions cannot be used.
    """
    plain = read_api(descriptions, use_config=False, diagnostics=diagnostics)
    named = [Path(os.path.relpath(path, file.parent)).as_posix() for path in descriptions]
    if len(named) == 1 and real(file) == real(descriptions[0].with_suffix(".toml")):
        named = []
    strip = strip_for(plain.api)
    try:
        described = _read_with(descriptions, _head(plain, strip, named)) if strip else plain
    except InputError:
        # Without the leading words, two names would be the same.
        strip, described = (), plain
    text = _head(plain, strip, named) + _operations(described.api)
    _read_with(descriptions, text)
    return text


def strip_for(api: Api) -> tuple[str, ...]:
    """The leading word of the call tree, where it says nothing because all operations of two words or more share it.

    VMware's APIs have another one beside it, which all of them share.
    """
    paths = {operation.resource for operation in api.operations}
    common = {path for path in paths if api.profile == "vapi" and path[0] == _COMPANION and len(path) > 1}
    own = paths - common
    leading = {path[0] for path in own}
    if len(leading) != 1 or any(len(path) < 2 for path in own):
        return ()
    return (*leading, *((_COMPANION,) if common else ()))


def _read_with(descriptions: Sequence[Path], text: str) -> Described:
    with scratch.folder("init") as folder:
        config = folder / "vcsdk.toml"
        config.write_text(text, encoding="utf-8")
        return read_api(descriptions, config)


def _head(described: Described, strip: Sequence[str], named: Sequence[str]) -> str:
    names, api = described.config.package, described.api
    found = links(described.config, described.document)
    lines = [
        f"# What vcsdk inferred from {remark(_origin(described))}; correct what is wrong.",
        "# Everything is optional: what is left out is inferred again each time.",
        "",
        "[package]",
        f"distribution = {toml(names.distribution)}  # the client; its contract tests become `…-contract`",
        f"module = {toml(names.module)}  # what programs import",
        f"client = {toml(names.client)}  # the class; the asynchronous one is `Async{names.client}`",
        f"version = {toml(names.version)}  # of the generated packages; `vcsdk release` raises it",
        "",
    ]
    if found:
        lines += ["[package.urls]  # links that a package index shows"]
        lines += [f"{toml(label)} = {toml(url)}" for label, url in found]
        lines.append("")
    reason = {
        "vapi": "VMware's error model was found: typed errors, sessions, tasks",
        "plain": "VMware's error model was not found; errors are told apart by status",
    }[api.profile]
    lines += ["[api]", f"profile = {toml(api.profile)}  # {reason}"]
    if named:
        lines += ["descriptions = [  # one client is made of them", *(f"    {toml(file)}," for file in named), "]"]
    if strip:
        lines.append(f"strip = {toml(list(strip))}  # leading words that callers need not write")
    else:
        lines.append('# strip = ["word"]  # leading words that callers need not write; none stands out')
    return "\n".join(lines) + "\n"


def _origin(described: Described) -> str:
    files = described.document.descriptions
    return f"{len(files)} descriptions" if files else Path(described.document.file).name


def _operations(api: Api) -> str:
    lines = ["", "# What each call can do to the target, and why vcsdk thinks so.", "[operations]"]
    for safety, meaning in _MEANING.items():
        found = [operation for operation in api.operations if operation.safety is safety]
        if found:
            lines += ["", f"# {safety.value}: {meaning}"]
            lines += [line for operation in found for line in _operation(api, operation)]
    return "\n".join(lines) + "\n"


def _operation(api: Api, operation: Operation) -> list[str]:
    name, safety = toml(operation.python_path), toml(operation.safety.value)
    why = remark(f"{operation.request_line}: {operation.safety_reason}")
    outcome = failover_outcome(api, operation)
    if outcome is None:
        return [f"{name} = {{ safety = {safety} }}  # {why}"]
    pairs = ((key, toml(getattr(outcome, key))) for key in ("operation", "properties", "path", "equals"))
    return [
        f"{name}.safety = {safety}  # {why}",
        f"{name}.disrupts_connection = true  # the other node takes over, and every session ends",
        f"{name}.outcome = {{ {', '.join(f'{key} = {value}' for key, value in pairs)} }}  # what shows it",
    ]
