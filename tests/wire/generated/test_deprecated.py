"""A deprecated method does what it did, and says so to type checkers, in its docstring and where it is called."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import client_of, operation, serving
from tests.wire.runtime.server import Reply


def described(path: str = "/rest/x", **more: Any) -> dict[str, Any]:
    """The operation and a newer form of it, beside one that has none and one that is called as the decorator is."""
    document = operation(path=path, parameters=[{"name": "n", "in": "query", "schema": {"type": "string"}}])
    node = document["paths"][path]["post"]
    document["paths"][path]["post"] = {**node, "deprecated": True, **more}
    document["paths"]["/api/x"] = {"post": {**node, "operationId": "call_newly"}}
    document["paths"]["/alone"] = {"delete": {**node, "operationId": "end", "deprecated": True}}
    # Within the class such a method hides what its neighbours are decorated with.
    document["paths"][path] = {"get": {**node, "operationId": "deprecated"}, **document["paths"][path]}
    return document


def test_a_call_warns_at_the_line_that_calls_and_sends_what_it_did(generate: Generates) -> None:
    package = generate(**described())
    with serving(lambda _: Reply(204)) as server, client_of(package)(server.origin, retries=0) as client:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            client.x.call(n="a")
            client.x.call_newly(n="a")
            client.alone.end()
            client.x.deprecated()
    told = [w for w in told if w.category is DeprecationWarning]
    assert [w.filename for w in told] == [__file__] * 2
    line = inspect.getsource(sys.modules[__name__]).splitlines()[told[0].lineno - 1]
    assert line.strip() == 'client.x.call(n="a")'
    assert [str(w.message) for w in told] == [
        "`x.call`: deprecated.  Use `x.call_newly`.",
        "`alone.end`: deprecated.",
    ]
    assert [seen.target for seen in server.seen] == ["/rest/x?n=a", "/api/x?n=a", "/alone", "/rest/x"]


@pytest.mark.parametrize("as_a_task", [False, True])
def test_an_asynchronous_call_warns_where_it_is_made_and_not_where_it_runs(
    generate: Generates, as_a_task: bool
) -> None:
    package = generate(**described())

    async def run(origin: str) -> None:
        async with client_of(package, asynchronous=True)(origin, retries=0) as client:
            if as_a_task:
                await asyncio.create_task(client.x.call(n="b"))
            else:
                await client.x.call(n="b")

    with serving(lambda _: Reply(204)) as server, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        asyncio.run(run(server.origin))
    (told_once,) = [w for w in told if w.category is DeprecationWarning]
    assert told_once.filename == __file__
    assert 'client.x.call(n="b")' in inspect.getsource(sys.modules[__name__]).splitlines()[told_once.lineno - 1]
    assert [seen.target for seen in server.seen] == ["/rest/x?n=b"]


def test_what_a_tool_reads_of_the_method_stays(generate: Generates) -> None:
    package = generate(**described())
    with client_of(package)("http://127.0.0.1:9", retries=0) as client:
        methods = [client.x.call, client.alone.end]
        newer = client.x.call_newly
    assert [method.__deprecated__ for method in methods][1] == "`alone.end`: deprecated."
    assert "**Deprecated.**  Use `x.call_newly`." in methods[0].__doc__
    assert "Use `" not in methods[1].__doc__
    assert str(inspect.signature(methods[0])) == str(inspect.signature(newer))
    assert not hasattr(newer, "__deprecated__")


def test_type_checkers_tell_it_and_a_program_needs_nothing_more(generate: Generates, tmp_path: Path) -> None:
    package = generate(**described())
    program = tmp_path / "program.py"
    program.write_text(
        f"from {package.__name__} import Thing, AsyncThing\n"
        "def use(client: Thing) -> None:\n    client.x.call(n='a')\n    client.x.call_newly(n='a')\n"
        "async def wait(client: AsyncThing) -> None:\n    await client.alone.end()\n"
    )
    (source,) = tmp_path.glob("out/*/src")
    options = ["--strict", "--enable-error-code", "deprecated", "--no-error-summary", "--no-incremental"]
    run = subprocess.run(
        [sys.executable, "-m", "mypy", *options, str(program)],
        env={"MYPYPATH": str(source), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    told = [line.split(": ", 1)[0].rpartition(":")[2] for line in run.stdout.splitlines() if "[deprecated]" in line]
    assert told == ["3", "6"], run.stdout + run.stderr
    assert "Use `x.call_newly`" in run.stdout
    assert all("[deprecated]" in line or "note:" in line for line in run.stdout.splitlines())
    # A synchronous program does not come to need asyncio for it.
    text = (
        f"import sys; sys.path.insert(0, {str(source)!r}); from {package.__name__} import Thing\n"
        "c = Thing('http://127.0.0.1:9'); c.x; print('asyncio' in sys.modules)"
    )
    alone = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert alone.stdout == "False\n"


@pytest.mark.parametrize("profile", ["vapi", ""])
def test_the_newer_one_is_the_one_that_vapi_names(generate: Generates, profile: str) -> None:
    said = {"x-vmw-deprecated": {"replacement": "api.json#/paths/~1v9~1thing/get"}}
    document = described("/old/x", **said)
    document["paths"]["/v9/thing"] = {
        "get": {"operationId": "get", "deprecated": False, "responses": {"204": {"description": "It."}}}
    }
    if profile:
        errors = {
            "type": "object",
            "properties": {"error_type": {"type": "string"}, "messages": {"type": "array", "items": {}}},
        }
        document["components"]["schemas"]["Vapi.Std.Errors.Error"] = errors
    package = generate(**document)
    with client_of(package)("http://127.0.0.1:9", retries=0) as client:
        assert client.old.x.call.__deprecated__.endswith("Use `v9.thing.get`." if profile else "deprecated.")


def with_old_arguments(**more: Any) -> dict[str, Any]:
    text = {"schema": {"type": "string"}}
    parameters = [
        {"name": "n", "in": "query", **text},
        {"name": "old", "in": "query", "deprecated": True, **text},
        {"name": "X-Old", "in": "header", "deprecated": True, **text},
    ]
    properties = {"kept": {"type": "string"}, "gone": {"type": "string", "deprecated": True}}
    content = {"application/json": {"schema": {"type": "object", "properties": properties}}}
    body = {"required": True, "content": content}
    document = operation(path="/x", parameters=parameters, body=body)
    document["paths"]["/x"]["post"] |= more
    return document


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_deprecated_argument_warns_where_it_is_given(generate: Generates, asynchronous: bool) -> None:
    package = generate(**with_old_arguments())

    async def run(origin: str) -> None:
        async with client_of(package, asynchronous=True)(origin, retries=0) as client:
            await client.x.call(n="a", kept="k", old=None)
            await client.x.call(old="o", x_old="h", gone="g")

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        with serving(lambda _: Reply(204)) as server:
            if asynchronous:
                asyncio.run(run(server.origin))
            else:
                with client_of(package)(server.origin, retries=0) as client:
                    client.x.call(n="a", kept="k", old=None)
                    client.x.call(old="o", x_old="h", gone="g")
    told = [w for w in told if w.category is DeprecationWarning]
    assert {w.filename for w in told} == {__file__}
    names = ("gone", "old", "x_old")
    assert sorted(str(w.message) for w in told) == [f"`x.call`: `{name}` is deprecated." for name in names]
    assert [seen.target for seen in server.seen] == ["/x?n=a", "/x?old=o"]
    method = client_of(package, asynchronous=asynchronous)("http://h").x.call
    assert inspect.iscoroutinefunction(method) == (asynchronous and sys.version_info >= (3, 12)) or not asynchronous
    assert not hasattr(method, "__deprecated__")


def test_of_an_operation_that_is_deprecated_its_arguments_need_not_say_so(generate: Generates) -> None:
    package = generate(**with_old_arguments(deprecated=True))
    with serving(lambda _: Reply(204)) as server, client_of(package)(server.origin, retries=0) as client:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            client.x.call(old="o")
    assert [str(w.message) for w in told if w.category is DeprecationWarning] == ["`x.call`: deprecated."]
