"""What the flavour `openapi-python-client` sends, decodes and drops."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.main import main
from vcsdk.pipeline import read_api

from tests.flavors.conftest import CLIENT, IMPORT_ALL, SPECS, Describe, Flavored, Recorder, flavored

VCENTER = SPECS / "vcenter-7.0.3" / "vcenter.json"
MODULE = "vcenter_vcha_openapi_python_client"


def operation(name: str, **more: Any) -> dict[str, Any]:
    return {"operationId": name, "tags": ["Ships"], "responses": {"200": {"description": "Done."}}, **more}


def query(name: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema or {"type": "string"}}


def test_everything_is_emitted_and_imports(vcha_client: Flavored) -> None:
    counts = vcha_client.result.completeness
    assert (counts.operations.declared, counts.responses.declared, counts.schemas.declared) == (11, 44, 37)
    assert counts.complete
    assert vcha_client.result.dropped == ()
    modules = vcha_client.run(IMPORT_ALL.format(module=MODULE))
    assert f"{MODULE}.api.vcha_cluster.failover" in modules


def test_failover_sends_the_exact_line(vcha_client: Flavored, recorder: Recorder) -> None:
    answer = vcha_client.run(
        f"""
        import asyncio, json, os
        from {MODULE} import AuthenticatedClient
        from {MODULE}.api.vcha_cluster import failover
        from {MODULE}.models import VchaClusterFailoverTaskRequestBody as Body
        header = {{"prefix": "", "auth_header_name": "vmware-api-session-id"}}
        client = AuthenticatedClient(os.environ["URL"], token="t-1", **header)
        answers = [failover.sync(client=client, body=Body(planned=True))]
        answers.append(asyncio.run(failover.asyncio(client=client, body=Body(planned=True))))
        print(json.dumps(answers))
        """,
        URL=recorder.url,
    )
    assert answer == ["task-1", "task-1"]
    assert recorder.lines == ["POST /api/vcenter/vcha/cluster?action=failover&vmw-task=true"] * 2
    assert recorder.bodies == [{"planned": True}] * 2
    assert recorder.headers[0]["vmware-api-session-id"] == "t-1"


def test_a_documented_403_decodes(vcha_client: Flavored, recorder: Recorder) -> None:
    recorder.status = 403
    recorder.answer = {"error_type": "FROM_THE_FUTURE", "messages": []}
    answer = vcha_client.run(
        f"""
        import json, os
        from {MODULE} import AuthenticatedClient
        from {MODULE}.api.vcha_cluster import failover
        from {MODULE}.models import VchaClusterFailoverTaskRequestBody as Body
        client = AuthenticatedClient(os.environ["URL"], token="t")
        error = failover.sync(client=client, body=Body(planned=False))
        print(json.dumps([type(error).__name__, error.error_type.value, error.to_dict()]))
        """,
        URL=recorder.url,
    )
    assert answer == ["StdErrorsError", "FROM_THE_FUTURE", recorder.answer]


def test_constants_and_arguments_are_merged_in_the_query(
    describe: Describe, tmp_path: Path, recorder: Recorder
) -> None:
    braces = {**query("braces", type="string", enum=["{x}%41"]), "required": True}
    path = describe(
        {
            "/ships?action=sink&how=100%25%26%3F%23%3D": {
                "post": operation("sink", parameters=[query("host"), query("port", type="integer"), braces])
            },
            "/ships?action=launch": {"post": operation("launch")},
            "/ships/{ship.id}?file": {
                "get": operation(
                    "read",
                    parameters=[
                        {"name": "ship.id", "in": "path", "required": True, "schema": {"type": "string"}},
                        query("file"),
                    ],
                )
            },
        }
    )
    made = flavored(CLIENT, path, tmp_path / "out")
    assert made.result.complete
    recorder.status = 200
    made.run(
        """
        import os
        from ships_openapi_python_client import Client
        from ships_openapi_python_client.api.ships import launch, read, sink
        client = Client(os.environ["URL"])
        sink.sync_detailed(client=client, host="h&x=1", port=443)
        sink.sync_detailed(client=client)
        launch.sync_detailed(client=client)
        read.sync_detailed("a/b", client=client, file="c d")
        print("null")
        """,
        URL=recorder.url,
    )
    constants = "braces=%7Bx%7D%2541&action=sink&how=100%25%26%3F%23%3D"
    assert recorder.lines == [
        f"POST /api/ships?{constants}&host=h%26x%3D1&port=443",
        f"POST /api/ships?{constants}",
        "POST /api/ships?action=launch",
        "GET /api/ships/a%2Fb?file=c+d",
    ]


def test_colliding_schemas_both_live(describe: Describe, tmp_path: Path) -> None:
    def thing(field: str) -> dict[str, Any]:
        data = {"type": "object", "properties": {field: {"type": "string"}}}
        return {"type": "object", "title": "A thing", "properties": {"data": data}}

    schemas = {"sea.thing": thing("a"), "SeaThing": thing("b"), "SeaThingData": thing("c"), "Client": thing("d")}
    content = {name: {"schema": {"$ref": f"#/components/schemas/{name}"}} for name in schemas}
    answers = {
        str(200 + n): {"description": "", "content": {"application/json": c}} for n, c in enumerate(content.values())
    }
    made = flavored(
        CLIENT, describe({"/a": {"get": {**operation("a"), "responses": answers}}}, schemas), tmp_path / "out"
    )
    assert made.result.complete
    fields = made.run(
        """
        import json
        from ships_openapi_python_client import models
        print(json.dumps([list(getattr(models, name).__annotations__) for name in models.__all__]))
        """
    )
    inner = [names[0] for names in fields if names[0] != "data"]
    assert sorted(inner) == ["a", "b", "c", "d"]
    assert len(fields) == 8


def test_what_the_tool_drops_is_listed_and_counted(
    describe: Describe, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = {"application/xml": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}
    answer = {"description": "", "content": text}
    path = describe(
        {
            "/a": {"post": operation("only_xml", requestBody={"content": text})},
            "/b": {"get": {**operation("xml_answer"), "responses": {"200": answer, "404": {"description": ""}}}},
        }
    )
    made = flavored(CLIENT, path, tmp_path / "out")
    counts = made.result.completeness
    assert (counts.operations.declared, counts.operations.emitted) == (2, 1)
    assert (counts.responses.declared, counts.responses.emitted) == (3, 1)
    assert [(loss.kind, loss.what) for loss in made.result.dropped] == [
        ("operation", "POST /a"),
        ("answer", "200 of GET /b"),
    ]
    assert [d.rule for d in made.diagnostics if d.rule != "raw-content"] == ["flavor-dropped"] * 2
    assert main(["generate", str(path), "-o", str(tmp_path / "again"), "--flavor", CLIENT]) == 1
    printed = capsys.readouterr()
    assert "ships.json:1:" in printed.err
    assert "the operation POST /a is dropped: Unsupported content type application/xml" in printed.err
    assert "the tool dropped 1 operation, 1 answer" in printed.out


def test_texts_of_the_description_stay_texts(describe: Describe, tmp_path: Path) -> None:
    evil = '"""\\\'");raise SystemExit(9)#{x}\n'
    schema = {"type": "string", "enum": [evil, "b"], "description": evil, "default": evil}
    parameters = [query("b", **schema), query(evil.strip())]
    path = describe(
        {'/a"b?c=d"': {"get": operation("a", summary=evil, description=evil, parameters=parameters)}},
        {"S": {"type": "object", "description": evil, "title": evil, "properties": {evil: schema}}},
        info={"title": "Ships", "version": evil, "description": evil},
    )
    for flavor, module in ((CLIENT, "ships_openapi_python_client"), ("pydantic", "ships_pydantic")):
        assert flavored(flavor, path, tmp_path / "out").run(IMPORT_ALL.format(module=module))


def test_a_second_run_changes_nothing(vcha_client: Flavored) -> None:
    from tests.flavors.conftest import VCHA

    again = flavored(CLIENT, VCHA, vcha_client.source.parent)
    assert again.result.written.written == ()


def test_a_missing_tool_is_named_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    from tests.flavors.conftest import VCHA

    for flavor, module in ((CLIENT, "openapi_python_client"), ("pydantic", "datamodel_code_generator")):
        monkeypatch.setitem(sys.modules, module, None)
        assert main(["generate", str(VCHA), "-o", str(tmp_path / "out"), "--flavor", flavor]) == 2
        printed = capsys.readouterr().err
        assert "[missing-flavor-tool]" in printed
        assert "pip install 'vcsdk[flavors]'" in printed
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def vcenter(tmp_path_factory: pytest.TempPathFactory) -> Flavored:
    if not VCENTER.is_file():
        pytest.skip("the published specifications are not beside the project")
    return flavored(CLIENT, VCENTER, tmp_path_factory.mktemp("vcenter"))


@pytest.mark.slow
def test_the_whole_of_vcenter_is_emitted_and_imports(vcenter: Flavored) -> None:
    counts = vcenter.result.completeness
    assert (counts.operations.emitted, counts.responses.emitted, counts.schemas.emitted) == (441, 2103, 1142)
    assert vcenter.result.complete
    assert len(vcenter.run(IMPORT_ALL.format(module="vcenter_openapi_python_client"))) > 1500


@pytest.mark.slow
def test_a_query_in_the_key_and_declared_parameters_are_all_sent_once(vcenter: Flavored, recorder: Recorder) -> None:
    recorder.answer = "task-1"
    vcenter.run(
        """
        import importlib, os
        package = "vcenter_openapi_python_client"
        resource = "vcenter_trusted_infrastructure_trusted_clusters_attestation_services_applied_config"
        operation = importlib.import_module(f"{package}.api.{resource}.get")
        client = importlib.import_module(package).Client(os.environ["URL"])
        operation.sync_detailed("c/1", client=client, hostname="h&x=1", port=443)
        print("null")
        """,
        URL=recorder.url.removesuffix("/api"),
    )
    path = "/api/vcenter/trusted-infrastructure/trusted-clusters/c%2F1/attestation/services-applied-config"
    assert recorder.lines == [f"GET {path}?vmw-task=true&hostname=h%26x%3D1&port=443"]


@pytest.mark.slow
def test_operations_on_one_path_and_method_send_their_own_query(vcenter: Flavored, tmp_path: Path) -> None:
    """Calls `_get_kwargs` of all operations, with a value of the annotated type for each required argument."""
    operations = read_api(VCENTER).api.operations
    shared = Counter((o.method, o.path) for o in operations)
    assert sum(count for count in shared.values() if count > 1) == 84
    (tmp_path / "calls.json").write_text(json.dumps([("_".join(o.resource), o.name) for o in operations]))
    sent = vcenter.run(
        """
        import enum, importlib, inspect, json, os, typing
        from openapi_python_client.strings import PythonIdentifier

        class Anything(list):
            to_dict = to_multipart = to_tuple = dict
            value = payload = ""
            isoformat = __str__ = lambda self: ""

        def value(kind):
            if isinstance(kind, type) and issubclass(kind, enum.Enum):
                return next(iter(kind))
            return kind() if kind in (str, int, bool) else Anything()

        sent = []
        for resource, name in json.load(open(os.environ["CALLS"])):
            module = f"vcenter_openapi_python_client.api.{resource}.{PythonIdentifier(name, 'field_')}"
            build = importlib.import_module(module)._get_kwargs
            kinds = typing.get_type_hints(build)
            required = [p.name for p in inspect.signature(build).parameters.values() if p.default is p.empty]
            sent.append(list(build(**{name: value(kinds[name]) for name in required}).get("params", {}).items()))
        print(json.dumps(sent, default=str))
        """,
        CALLS=str(tmp_path / "calls.json"),
    )
    for operation, query_sent in zip(operations, sent, strict=True):
        fixed = [list(pair) for pair in operation.fixed_query]
        assert query_sent[: len(fixed)] == fixed, operation.request_line
    lines = [(o.method, o.path, str(q)) for o, q in zip(operations, sent, strict=True)]
    assert len(set(lines)) == len(operations)
