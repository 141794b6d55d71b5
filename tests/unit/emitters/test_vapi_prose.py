"""What VMware says in set phrases, as a person would write it: in docstrings, the README, and what `--since` lists."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from vcsdk.emitters.packaging import emit as packaging
from vcsdk.ir.since import Part, as_of, newer_than

from tests.unit.emitters.conftest import Generates, Reads, ref

ADDED = "was added in __vSphere API {}__."
HOST = "be an identifier for the resource type: `HostSystem`"
WHOSE = (
    f"When clients pass a value of this schema as a parameter, the property must {HOST}. "
    f"When operations return a value of this schema as a response, the property will {HOST}."
)
ERRORS = "Vapi.Std.Errors."


def answer(text: str, error: str = "Error") -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"schema": ref(ERRORS + error)}}}


def described(**more: Any) -> dict[str, Any]:
    """Two operations on lamps, and the models they need."""
    lamp = {
        "type": "object",
        "description": f"The `Lamp.Info` class tells of a lamp.\nThis schema {ADDED.format('7.0.0.0')}",
        "properties": {
            "host": {"type": "string", "description": f"Where it hangs. {WHOSE} If missing, nowhere."},
            "state": {
                "type": "string",
                "description": "Possible values: - `ON` For more information see: *Lamp.State*.",
            },
            "watts": {"type": "integer", "description": f"Its power This property {ADDED.format('8.0.3.0')}"},
            "volts": {"type": "integer", "description": f"Its voltage. This property {ADDED.format('7.0.0.0')}"},
        },
    }
    state = {
        "type": "string",
        "enum": ["ON", "DIM"],
        "description": f"How it shines.\n\nPossible values:\n - `ON`: Bright.\n - `DIM`: A bit.\n"
        f"   This constant {ADDED.format('9.0.0.0')}\n\nThis enumeration {ADDED.format('7.0.0.0')}",
    }
    errors = {ERRORS + name: {"type": "object", "properties": {}} for name in ("Error", "NotFound", "InvalidArgument")}
    listing = {
        "operationId": "Vcenter.Lamp_list",
        "description": "Lamps whose *Lamp.Info.state* is *Lamp.State.ON*, see *Lamp.delete*.\n"
        f"This operation {ADDED.format('7.0.0.0')}",
        "parameters": [
            {
                "name": "hosts",
                "in": "query",
                "schema": {"type": "string"},
                "description": f"Where to look. {WHOSE} This property {ADDED.format('8.0.2.00100')}",
            }
        ],
        "responses": {
            "200": {"description": "Lamps.", "content": {"application/json": {"schema": ref("Vcenter.Lamp.Info")}}},
            "400": answer(
                f"***{ERRORS}InvalidArgument*** if the *Lamp.FilterSpec.hosts* are wrong. "
                f"***{ERRORS}UnverifiedPeer*** if a host is not known."
            ),
            "404": answer("if nothing hangs.\nif all is dark.", "NotFound"),
        },
    }
    deleting = {
        "operationId": "Vcenter.Lamp_delete",
        "description": f"Break it. This operation {ADDED.format('9.0.0.0')}\n\n\n    This operation is deprecated as of"
        " __vSphere API 9.1.0.0__ and removed\n    in __vSphere API 9.2.0.0__.",
        "responses": {"204": {"description": "Done."}, "500": answer(f"***{ERRORS}Error*** Generic error")},
    }
    spec = {
        "type": "object",
        "properties": {"volts": {"type": "integer", "description": "As *Lamp.SetSpec.volts*, not *Lamp.Info.volts*."}},
    }
    setting = {
        "operationId": "Vcenter.Lamp_set",
        "description": "Set it.",
        "requestBody": {"required": True, "content": {"application/json": {"schema": ref("Vcenter.Lamp.SetSpec")}}},
        "responses": {"204": {"description": "Done."}},
    }
    schemas = {"Vcenter.Lamp.SetSpec": spec, "Vcenter.Lamp.Info": lamp, "Lamp.State": state, **errors}
    paths = {"/vcenter/lamps": {"delete": deleting, "get": listing, "put": setting}}
    return {"paths": paths, "components": {"schemas": schemas}, **more}


@pytest.fixture
def package(generate: Generates) -> Any:
    return generate(**described())


def doc(method: Any) -> str:
    return inspect.cleandoc(method.__doc__)


def test_a_method_says_each_thing_once_and_by_our_names(package: Any) -> None:
    with package.Thing("a.example.com", username="u", password="p") as client:
        assert doc(client.vcenter.lamps.list) == (
            "Lamps whose `VcenterLampInfo.state` is `LampState.ON`, see `vcenter.lamps.delete()`.\n\n"
            "Args:\n"
            "    hosts: Where to look. Identifier of a `HostSystem`. Since version 8.0.2.00100.\n"
            "    timeout: Seconds to wait for the answer; the client's default if None.\n\n"
            "Returns:\n"
            "    Lamps.\n\n"
            "Raises:\n"
            "    InvalidArgument: If the `hosts` are wrong (400).\n"
            "    UnverifiedPeer: If a host is not known (400).\n"
            "    NotFound: If nothing hangs. If all is dark (404).\n"
            "    VapiError: Any other error the server reports.\n\n"
            "Source: `GET /vcenter/lamps`, since version 7.0.0.0"
        )


def test_what_ended_says_when(package: Any) -> None:
    with package.Thing("a.example.com", username="u", password="p") as client:
        text = doc(client.vcenter.lamps.delete)
    assert text.startswith("Break it.  **Destructive.**  **Deprecated since version 9.1.0.0, removed in 9.2.0.0.**\n")
    assert "    Error: Generic error (500).\n" in text


def test_a_field_of_the_body_is_an_argument_there_and_a_field_elsewhere(package: Any) -> None:
    with package.Thing("a.example.com", username="u", password="p") as client:
        assert "    volts: As `volts`, not `VcenterLampInfo.volts`.\n" in doc(client.vcenter.lamps.set)
    source = inspect.getsource(package.models.VcenterLampSetSpec)
    assert '"""As `VcenterLampSetSpec.volts`, not `VcenterLampInfo.volts`."""' in source


def test_a_class_and_its_fields(package: Any) -> None:
    source = inspect.getsource(package.models.VcenterLampInfo)
    assert source == (
        "class VcenterLampInfo(Model):\n"
        '    """The `VcenterLampInfo` class tells of a lamp.\n\n'
        "    Source: `#/components/schemas/Vcenter.Lamp.Info`, since version 7.0.0.0\n"
        '    """\n\n'
        "    host: str | None = None\n"
        '    """Where it hangs. If missing, nowhere. Identifier of a `HostSystem`."""\n\n'
        "    state: LampState | None = None\n\n"
        "    watts: int | None = None\n"
        '    """Its power. Since version 8.0.3.0."""\n\n'
        "    volts: int | None = None\n"
        '    """Its voltage."""\n'
    )


def test_members_say_what_the_text_of_the_enumeration_says_of_them(package: Any) -> None:
    source = inspect.getsource(package.models.LampState)
    assert '    ON = \'ON\'\n    """Bright."""\n' in source
    assert '    DIM = \'DIM\'\n    """A bit. Since version 9.0.0.0."""\n' in source
    assert "Possible values" not in source
    assert package.models.LampState("NEWER").value == "NEWER"


def test_the_plain_profile_reads_nothing_from_prose(read: Reads) -> None:
    document = described()
    document["components"]["schemas"] = {
        name.replace("Vapi.Std.Errors", "Own"): schema for name, schema in document["components"]["schemas"].items()
    }
    for operation in document["paths"]["/vcenter/lamps"].values():
        operation["responses"] = {"204": {"description": "Done."}}
    api = read(**document).api
    (lamp,) = (schema for schema in api.schemas.values() if schema.name == "VcenterLampInfo")
    assert api.profile == "plain"
    assert "was added in" in lamp.description
    assert newer_than(api, "6.0") == []


def test_what_an_older_server_lacks(read: Reads) -> None:
    api = read(**described()).api
    assert [(n.part, n.name, n.wire, n.since) for n in newer_than(api, "8.0.2")] == [
        (Part.OPERATION, "vcenter.lamps.delete", "DELETE /vcenter/lamps", "9.0.0.0"),
        (Part.PARAMETER, "vcenter.lamps.list(hosts=)", "GET /vcenter/lamps: hosts", "8.0.2.00100"),
        (Part.FIELD, "VcenterLampInfo.watts", "Vcenter.Lamp.Info: watts", "8.0.3.0"),
        (Part.MEMBER, "LampState.DIM", "Lamp.State: DIM", "9.0.0.0"),
    ]
    assert [n.name for n in newer_than(api, "6.7") if n.part is Part.CLASS] == ["LampState", "VcenterLampInfo"]
    assert newer_than(api, "9.0.0") == []
    assert newer_than(as_of(api, "8.0.2"), "8.0.2") == []


def readme(described: Any) -> str:
    files = packaging(described.api, described.config, described.document)
    return next(file.content for file in files if file.path.name == "README.md")


def test_the_readme_reads_first(read: Reads) -> None:
    text = readme(read(**described()))
    assert "client.vcenter.lamps.list()" in text
    assert "delete" not in text


def test_the_readme_says_what_destroys_where_nothing_reads(read: Reads) -> None:
    document = described()
    del document["paths"]["/vcenter/lamps"]["get"], document["paths"]["/vcenter/lamps"]["put"]
    text = readme(read(**document))
    assert text.index("**The following call interrupts the service") < text.index("client.vcenter.lamps.delete()")


def test_the_readme_imports_what_its_example_names(read: Reads) -> None:
    word = {"type": "string", "format": "password"}
    when = {"type": "string", "format": "date-time"}
    query = [{"name": "word", "in": "query", "required": True, "schema": word}]
    query.append({"name": "since", "in": "query", "required": True, "schema": when})
    paths = {"/lamps": {"get": {"operationId": "list", "parameters": query, "responses": {"204": {"description": ""}}}}}
    text = readme(read(paths=paths))
    assert "from datetime import UTC, datetime\nfrom thing import Thing, ApiError, Secret\n" in text
    assert 'client.lamps.list(word=Secret("..."), since=datetime.now(UTC))' in text
