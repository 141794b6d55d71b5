"""Generated methods: signatures, docstrings and what a type checker reads."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest
from vcsdk.emitters.client.emit import emit
from vcsdk.emitters.client.resources import Tree, module_view

from tests.generated import read_spec
from tests.unit.emitters.conftest import Generates, Reads, ref

OK = {"200": {"description": "Done."}}


def text(value: Any, name: str = "application/json") -> dict[str, Any]:
    return {"200": {"description": "It.", "content": {name: {"schema": value}}}}


def test_failover_reads_as_if_a_person_had_written_it(tmp_path: Path) -> None:
    described = read_spec()
    files = {str(f.path): f.content for f in emit(described.api, described.config, described.document)}
    source = files["src/vcenter_vcha/resources/vcha_cluster.py"]
    expected = '''
    def failover(self, *, planned: bool, timeout: float | None = None) -> Task[None]:
        """Move the active role to the passive node.  **Destructive.**

        Allowed while the mode is ENABLED or MAINTENANCE and all members of the cluster are present.
        The address answers nothing during the switch, and every session made before it is invalid afterwards. Needs the
        privilege Global.VCServer.

        Args:
            planned: True flushes the active node's state to the passive node first and loses nothing; false fails over
                at once and may lose what was not replicated.
            timeout: Seconds to wait for the answer; the client's default if None.

        Returns:
            The running task; `wait()` outlives the outage.

        Raises:
            Unauthorized: The privilege Global.VCServer is missing (403).
            VapiError: Any other error the server reports.
            OutcomeUnknown: The connection broke after the request may have been read.

        Source: `POST /vcenter/vcha/cluster?action=failover&vmw-task=true`
        """
'''
    assert expected in source
    # The two classes differ in `await` alone.
    start = source.index("class AsyncCluster")
    plain = source[source.index("class Cluster") : start].rstrip()
    waiting = source[start:].rstrip()
    for word, other in (("async def", "def"), ("await ", ""), ("Async", "")):
        waiting = waiting.replace(word, other)
    assert waiting == plain


def test_constants_of_the_wire_are_never_arguments(generate: Generates) -> None:
    package = generate(paths={"/vm?action=clone&vmw-task=true": {"post": {"operationId": "clone", "responses": OK}}})
    assert list(inspect.signature(resource(package, "Vm").clone).parameters) == ["self", "timeout"]


def resource(package: Any, name: str) -> Any:
    module = __import__(f"{package.__name__}.resources.{name.lower()}", fromlist=[name])
    return getattr(module, name)


def test_a_method_may_be_called_like_a_type(read: Reads) -> None:
    paths = {"/vm": {"get": {"operationId": "list", "responses": text({"type": "array", "items": {"type": "string"}})}}}
    api = read(paths=paths).api
    view = module_view(Tree.of(api), api.resources[("vm",)])
    assert view.resources[0].operations[0].returns == "builtins.list[str]"
    assert "import builtins" in view.imports


def test_a_task_has_the_result_of_its_twin(read: Reads) -> None:
    answer = {"202": {"description": "Task.", "content": {"application/json": {"schema": {"type": "string"}}}}}
    paths = {
        "/vm?action=clone": {"post": {"operationId": "clone", "responses": text({"type": "integer"})}},
        "/vm?action=clone&vmw-task=true": {"post": {"operationId": "clone$task", "responses": answer}},
        "/vm?action=move&vmw-task=true": {"post": {"operationId": "move$task", "responses": answer}},
    }
    error = {"type": "object", "properties": {"error_type": {"type": "string"}}}
    api = read(paths=paths, components={"schemas": {"Std_Errors_Error": error}}).api
    operations = module_view(Tree.of(api), api.resources[("vm",)]).resources[0].operations
    assert {o.name: (o.returns, o.async_returns) for o in operations} == {
        "clone": ("int", "int"),
        "clone_task": ("Task[int]", "AsyncTask[int]"),
        "move": ("Task[None]", "AsyncTask[None]"),
    }


@pytest.mark.parametrize(
    ("required", "fields_required", "expected"),
    [
        (True, ["a"], ["a", "b", "timeout"]),
        (True, [], ["a", "b", "timeout"]),
        (False, [], ["a", "b", "timeout"]),
        (False, ["a"], ["body", "timeout"]),
    ],
)
def test_the_body_becomes_keywords(
    required: bool, fields_required: list[str], expected: list[str], generate: Generates
) -> None:
    fields = {"a": {"type": "string"}, "b": {"type": "string", "nullable": True}}
    schema = {"type": "object", "required": fields_required, "properties": fields}
    body = {"required": required, "content": {"application/json": {"schema": schema}}}
    package = generate(paths={"/vm": {"post": {"operationId": "make", "requestBody": body, "responses": OK}}})
    parameters = inspect.signature(resource(package, "Vm").make).parameters
    assert list(parameters)[1:] == expected
    assert all(p.kind is inspect.Parameter.KEYWORD_ONLY for name, p in parameters.items() if name != "self")
    assert (parameters[expected[0]].default is inspect.Parameter.empty) is bool(required and fields_required)


def test_a_body_is_left_out_where_every_keyword_has_its_default(read: Reads) -> None:
    properties = {
        "file": {"type": "string", "format": "binary", "nullable": True},
        "note": {"type": "string", "nullable": True},
        "size": {"type": "integer"},
    }
    body = {"content": {"multipart/form-data": {"schema": {"type": "object", "properties": properties}}}}
    api = read(paths={"/vm": {"post": {"operationId": "make", "requestBody": body, "responses": OK}}}).api
    view = module_view(Tree.of(api), api.resources[("vm",)]).resources[0].operations[0]
    assert view.prepare.startswith("body = None if file is None and note is UNSET and size is None else ")
    assert view.parameters[:4] == (
        "*",
        "file: FilePart | None = None",
        "note: str | None | UnsetType = UNSET",
        "size: int | None = None",
    )


def test_children_and_classes_may_share_a_name(generate: Generates) -> None:
    get = {"get": {"operationId": "read", "responses": OK}}
    package = generate(paths={"/vm": get, "/vm/vm": get, "/vm/vm/vm": get})
    with client_of(package) as opened:
        assert opened.vm.vm.vm.read is not None
        assert type(opened.vm) is not type(opened.vm.vm)
        assert opened.vm is opened.vm


def client_of(package: Any) -> Any:
    name = next(name for name in package.__all__ if name.startswith("Async") and name != "AsyncTask")
    return getattr(package, name.removeprefix("Async"))("http://127.0.0.1:9")


def test_answers_of_several_kinds(read: Reads) -> None:
    several = {"application/json": {"schema": ref("A")}, "text/plain": {"schema": {"type": "string"}}}
    responses = {
        "200": {"description": "One.", "content": several},
        "201": {"description": "Two.", "content": {"application/json": {"schema": {"type": "integer"}}}},
        "204": {"description": "Nothing."},
        "4XX": {"description": "No."},
        "default": {"description": "Else."},
    }
    a = {"type": "object", "properties": {"a": {"type": "string"}}}
    api = read(
        paths={"/vm": {"get": {"operationId": "read", "responses": responses}}}, components={"schemas": {"A": a}}
    ).api
    view = module_view(Tree.of(api), api.resources[("vm",)]).resources[0].operations[0]
    answers = next(fact for fact in view.facts if fact.startswith("answers="))
    assert answers == (
        "answers={'200': (Answer(A), Answer(str, content_type='text/plain')), '201': Answer(int), '204': Answer(), "
        "'4XX': Answer(), 'default': Answer()}"
    )
    assert view.returns == "A | str | int | None"
