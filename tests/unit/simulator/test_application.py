"""Whatever is asked, the answer is one of the API's: never a defect of the simulator, never a secret."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vcsdk.simulator.application import Application, encode
from vcsdk.simulator.options import SimulatorOptions
from vcsdk.simulator.routing import Target

PATHS = [
    "/api/session", "/api/cis/tasks/x", "/api/cis/tasks/%zz", "/api/vcenter/vcha/cluster",
    "/api/vcenter/vcha/cluster/mode", "/api/vcenter/vcha/operations", "/", "",
]  # fmt: skip
QUERIES = [
    "",
    "action=get",
    "action=failover&vmw-task=true",
    "vmw-task=true",
    "action=cancel",
    "return_all=%ff",
    "=&&=",
]
HEADERS = {
    "content-type": st.sampled_from(["application/json", "application/json;charset=x", "", ";", "*/*"]),
    "authorization": st.sampled_from(["Basic", "Basic ====", "Basic Og==", "Bearer x"]),
    "accept-language": st.sampled_from(["de", "*", ";;q=,", "de;q=9"]),
    "cookie": st.sampled_from(["=", ";;", "a=b; c"]),
}


@pytest.mark.slow
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD", "TRACE"]),
    path=st.sampled_from(PATHS) | st.text(st.characters(min_codepoint=33, max_codepoint=126)).map(lambda t: "/" + t),
    query=st.sampled_from(QUERIES) | st.text(st.characters(min_codepoint=33, max_codepoint=126)),
    headers=st.fixed_dictionaries({}, optional=HEADERS),
    body=st.binary(max_size=20) | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=4),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["planned", "mode", "x"]), inner),
    ).map(lambda value: json.dumps(value).encode()),
    logged_in=st.booleans(),
)  # fmt: skip
@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_request_gets_an_answer_of_the_api(described, method, path, query, headers, body, logged_in):
    application = Application(described, SimulatorOptions(password="the password", failover_seconds=1e6))
    token = application.sessions.create("administrator@vsphere.local")
    if logged_in:
        headers = {**headers, "vmware-api-session-id": token}
    reply, _ = application.serve(Target.parse(method, path, query), headers, body)
    content, _ = encode(reply)
    assert reply.status in (200, 202, 204, 400, 401, 404, 405, 415)
    assert token not in content.decode()
    assert "the password" not in content.decode()
    if reply.status >= 400:
        assert json.loads(content)["messages"]


def test_generated_answers_and_validators_do_not_pile_up(described):
    application = Application(described, SimulatorOptions())
    token = application.sessions.create("administrator@vsphere.local")
    target = Target.parse("POST", "/api/vcenter/vcha/cluster", "action=get")
    counts = []
    for _ in range(3):
        application.serve(target, {"vmware-api-session-id": token}, b"")
        counts.append(len(application.schemas._validators))
    assert counts[0] == counts[2] < 4096
