"""Docstrings of methods: what the call does, takes, gives and raises, and where that is written."""

from __future__ import annotations

from vcsdk.emitters.client.errors import raised
from vcsdk.emitters.filters import python_literal
from vcsdk.emitters.prose import (
    closed,
    deprecated,
    identifies,
    one_line,
    section,
    sentence,
    since,
    source,
    split_sentence,
    with_facts,
)
from vcsdk.ir import MISSING, Api, Argument, Operation, Safety, Type
from vcsdk.ir.media import BYTES

_TIMEOUT = "timeout: Seconds to wait for the answer; the client's default if None."


def method_doc(api: Api, operation: Operation, result: Type | None, *, paged: bool = False) -> str:
    """The docstring of a method that gives `result`, or starts a task that does; `paged`: as a page of a list."""
    summary, rest = _summary(operation)
    if operation.safety is Safety.DESTRUCTIVE:
        summary += "  **Destructive.**"
    if operation.deprecated:
        summary += f"  **{deprecated(operation.lifespan)}.**"
        summary += f"  Use `{operation.successor}`." if operation.successor else ""
    entries = [f"{a.name}: {argument_doc(a, operation)}" for a in operation.arguments]
    errors = [f"{r.class_name}: {r.when}" for r in raised(api, operation)]
    parts = [
        summary,
        rest,
        section("Args", [*entries, _TIMEOUT]),
        section("Returns", _returns(operation, result, paged=paged)),
        section("Raises", errors),
        source(operation.request_line, operation.lifespan) + _server(api, operation),
    ]
    return "\n\n".join(part for part in parts if part)


def deprecation(operation: Operation) -> str:
    """What a deprecated method says of itself when it is called."""
    newer = f"  Use `{operation.successor}`." if operation.successor else ""
    return f"`{operation.python_path}`: {deprecated(operation.lifespan).lower()}.{newer}"


def argument_deprecations(operation: Operation) -> dict[str, str]:
    """What is said where a deprecated argument is given, by its name."""
    return {
        argument.name: f"`{operation.python_path}`: `{argument.name}` is {deprecated(argument.lifespan).lower()}."
        for argument in operation.arguments
        if argument.deprecated
    }


def _server(api: Api, operation: Operation) -> str:
    if not operation.server:
        return ""
    return f"\n\nServer: `{one_line(api.servers[operation.server].url) or '/'}`, unless the client has a target."


def _summary(operation: Operation) -> tuple[str, str]:
    """The first line of the docstring and what the description says beyond it."""
    first, rest = split_sentence(operation.description)
    if not operation.summary:
        return first or f"Call `{one_line(operation.request_line)}`.", rest
    summary = closed(operation.summary)
    if first == summary:
        return summary, rest
    return summary, "\n".join(part for part in (first, rest) if part)


def argument_doc(argument: Argument, operation: Operation) -> str:
    """What an argument means, with all that its annotation cannot say."""
    where = "Body" if argument.source in ("body", "field") else argument.source.capitalize()
    text = with_facts(closed(argument.description), identifies(argument.identifies))
    if not text:
        text = (
            "Body of the request."
            if argument.source == "body"
            else f"{where} of the request (`{one_line(argument.wire_name)}`)."
        )
    if argument.default is not MISSING and not argument.required and argument.source != "content-type":
        text += f" The server takes {one_line(python_literal(argument.default))} where this is absent."
    ended = f"{deprecated(argument.lifespan)}." if argument.deprecated else ""
    return with_facts(text, since(argument.lifespan, operation.lifespan), ended)


def _returns(operation: Operation, result: Type | None, *, paged: bool) -> list[str]:
    if operation.task:
        return [
            "The running task; `wait()` outlives the outage." if operation.disrupts_connection else "The running task."
        ]
    if result is None:
        return []
    said = sentence(operation.success.description if operation.success else "") or "The decoded answer."
    if result == BYTES:
        said += " All of it in memory; `with_streaming_response` of the client reads it piece by piece."
    if paged:
        said += " A page of a list: `pages()` goes through its items and those of all pages behind it."
    return [said]
