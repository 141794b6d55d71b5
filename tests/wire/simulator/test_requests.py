"""What is refused, and how: every answer over a real connection, every error valid against the description."""

from __future__ import annotations

import json

import httpx2
import pytest
from vcsdk.instances.schemas import Schemas
from vcsdk.simulator import SimulatorOptions
from vcsdk.simulator.options import ORDERS

from tests.wire.simulator.conftest import CLUSTER, FAILOVER, HEADER, PASSWORD, SET_MODE, Caller


@pytest.fixture(scope="module")
def administrator(url):
    return Caller(url)


@pytest.fixture(scope="module")
def reader(url):
    return Caller(url, "reader@vsphere.local")


@pytest.fixture(scope="module")
def is_error(described):
    schemas = Schemas(described.document.data)

    def check(answer, error_type):
        assert answer.headers["content-type"] == "application/json"
        body = answer.json()
        assert schemas.complaints({"$ref": "#/components/schemas/Std_Errors_Error"}, body) == []
        assert body["messages"]
        assert body.get("error_type") == error_type
        return body

    return check


BODIES = [{}, {"planned": None}, {"planned": "true"}, {"planned": 1}, [], None, "x", 0]


@pytest.mark.parametrize("body", BODIES, ids=repr)
def test_a_malformed_body_is_refused_before_the_privilege(reader, is_error, body):
    answer = reader.call("POST", FAILOVER, content=json.dumps(body), headers={"content-type": "application/json"})
    assert answer.status_code == 400
    is_error(answer, "INVALID_ARGUMENT")


def test_the_privilege_may_be_looked_at_first(serve, is_error):
    url = serve(order="privilege-first").url
    for user, malformed, ordinary in (("reader@vsphere.local", 403, 403), ("administrator@vsphere.local", 400, 202)):
        caller = Caller(url, user)
        headers = {"content-type": "application/json"}
        for content in (b'{"planned": 1}', b"{", b""):
            assert caller.call("POST", FAILOVER, content=content, headers=headers).status_code == malformed
        assert caller.call("POST", FAILOVER, {"planned": True}).status_code == ordinary


@pytest.mark.parametrize("order", ORDERS)
def test_the_privilege_may_depend_on_what_the_body_says(serve, monkeypatch, order):
    caller = Caller(serve(order=order).url)
    monkeypatch.setattr(
        "vcsdk.simulator.application.privilege_needed", lambda call: None if call.body_field("partial") else "no"
    )
    assert caller.call("POST", f"{CLUSTER}?action=get", {"partial": True}).status_code == 200
    assert caller.call("POST", f"{CLUSTER}?action=get", {}).status_code == 403


def test_there_are_two_orders():
    with pytest.raises(ValueError, match="body-last"):
        SimulatorOptions(order="body-last")


def test_an_unknown_field_is_unexpected(reader, is_error):
    answer = reader.call("POST", FAILOVER, {"planned": True, "plan": 1})
    assert answer.status_code == 400
    assert "plan" in is_error(answer, "UNEXPECTED_INPUT")["messages"][0]["args"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"planned":true', b"planned=true"])
def test_what_is_not_json_is_refused(reader, is_error, content):
    answer = reader.call("POST", FAILOVER, content=content, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    is_error(answer, "INVALID_ARGUMENT")


@pytest.mark.parametrize(
    "kind",
    [None, "text/plain", "application/xml", "application/x-www-form-urlencoded", "application/json; charset=utf-16"],
)
def test_only_json_is_taken(reader, is_error, kind):
    headers = {} if kind is None else {"content-type": kind}
    answer = reader.call("POST", FAILOVER, content=b'{"planned":true}', headers=headers)
    assert answer.status_code == 415
    is_error(answer, None)


def test_json_may_name_its_charset(reader):
    headers = {"content-type": "Application/JSON; charset=UTF-8"}
    assert reader.call("POST", FAILOVER, content=b'{"planned":true}', headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("method", "target", "body"), [("POST", FAILOVER, {"planned": True}), ("PUT", SET_MODE, {"mode": "DISABLED"})]
)
def test_the_privilege_is_needed(reader, is_error, method, target, body):
    answer = reader.call(method, target, body)
    assert answer.status_code == 403
    assert "Global.VCServer" in is_error(answer, "UNAUTHORIZED")["messages"][0]["localized"]


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/api/session"),
        ("DELETE", "/api/session"),
        ("GET", "/api/cis/tasks/x"),
        ("POST", FAILOVER),
        ("PUT", SET_MODE),
    ],
)
@pytest.mark.parametrize("token", [None, "", "nonsense"])
def test_without_a_session_nothing_is_served(url, is_error, method, target, token):
    headers = {} if token is None else {HEADER: token}
    answer = httpx2.request(method, url + target, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"]
    is_error(answer, "UNAUTHENTICATED")


def test_a_session_needs_the_password(administrator, is_error):
    answer = administrator.call("POST", "/api/session", auth=("administrator@vsphere.local", "wrong"))
    assert answer.status_code == 401
    assert is_error(answer, "UNAUTHENTICATED")["challenge"] == answer.headers["www-authenticate"]
    assert administrator.call("POST", "/api/session").status_code == 401
    assert administrator.call("POST", "/api/session", auth=("reader@vsphere.local", PASSWORD)).status_code == 201


def test_paths_methods_and_actions(administrator, is_error):
    unknown = administrator.call("GET", "/api/vcenter/nothing")
    assert unknown.status_code == 404
    is_error(unknown, "NOT_FOUND")
    action = administrator.call("POST", f"{CLUSTER}?action=explode")
    assert action.status_code == 404
    is_error(action, "OPERATION_NOT_FOUND")
    method = administrator.call("DELETE", CLUSTER)
    assert (method.status_code, method.headers["allow"]) == (405, "POST")
    is_error(method, None)
    assert administrator.call("HEAD", "/api/session").content == b""


def test_parameters_are_checked(administrator, is_error):
    answer = administrator.call("GET", "/api/cis/tasks/x?return_all=yes")
    assert answer.status_code == 400
    is_error(answer, "INVALID_ARGUMENT")
    assert administrator.call("GET", "/api/cis/tasks/x?return_all=true&other=1").status_code == 404


def test_undeclared_parameters_can_be_refused(serve):
    caller = Caller(serve(strict_query=True).url)
    answer = caller.call("GET", f"{CLUSTER}/mode?other=1")
    assert (answer.status_code, answer.json()["error_type"]) == (400, "UNEXPECTED_INPUT")
    assert caller.call("GET", f"{CLUSTER}/mode").status_code == 200


def test_answers_speak_the_language_asked_for(administrator):
    texts = {
        language: administrator.call("GET", "/api/cis/tasks/x", headers={"accept-language": language}).json()[
            "messages"
        ][0]
        for language in ("en", "de", "fr")
    }
    assert texts["de"]["localized"] == "Es gibt keine Aufgabe x."
    assert texts["en"]["localized"] == texts["fr"]["localized"] == "There is no task x."
    assert {text["default_message"] for text in texts.values()} == {"There is no task {0}."}


def test_a_huge_body_is_refused(reader, is_error):
    content = b'{"planned":' + b" " * (16 * 1024 * 1024) + b"true}"
    answer = reader.call("POST", FAILOVER, content=content, headers={"content-type": "application/json"})
    assert answer.status_code == 413
    is_error(answer, None)


def test_a_deleted_session_is_refused(url):
    caller = Caller(url)
    assert caller.call("GET", "/api/session").json()["user"] == "administrator@vsphere.local"
    assert caller.call("DELETE", "/api/session").status_code == 204
    assert caller.call("GET", "/api/session").status_code == 401


@pytest.mark.parametrize("body", [None, {}, {"partial": False}], ids=repr)
def test_reading_the_whole_cluster_needs_the_privilege(reader, administrator, is_error, body):
    answer = reader.call("POST", f"{CLUSTER}?action=get", body)
    assert answer.status_code == 403
    assert is_error(answer, "UNAUTHORIZED")["messages"][0]["args"] == ["Global.VCServer"]
    assert "placement" in administrator.call("POST", f"{CLUSTER}?action=get", body).json()["node1"]["runtime"]


def test_the_rest_of_the_cluster_can_be_read_without_it(reader):
    partial = reader.call("POST", f"{CLUSTER}?action=get", {"partial": True}).json()
    assert "placement" not in partial["node1"]["runtime"]
    assert partial["mode"] == reader.call("GET", f"{CLUSTER}/mode").json()["mode"] == "ENABLED"
    assert reader.call("GET", "/api/vcenter/vcha/operations").json()["active"] == []


def test_a_guest_reads_nothing_of_the_cluster(url, is_error):
    guest = Caller(url, "guest@vsphere.local")
    answer = guest.call("POST", f"{CLUSTER}?action=get", {"partial": True})
    assert answer.status_code == 403
    assert is_error(answer, "UNAUTHORIZED")["messages"][0]["args"] == ["System.Read"]
