"""From a request to an operation."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from vcsdk.ir import Role
from vcsdk.simulator.errors import Refusal
from vcsdk.simulator.routing import Router, Target


@pytest.fixture(scope="module")
def router(described) -> Router:
    return Router(described.api.operations, described.api.prefix)


CLUSTER = "/api/vcenter/vcha/cluster"


@pytest.mark.parametrize(
    ("method", "path", "query", "name"),
    [
        ("POST", CLUSTER, "action=get", "vcha.cluster.get"),
        ("POST", CLUSTER, "action=failover&vmw-task=true", "vcha.cluster.failover"),
        ("POST", CLUSTER, "vmw-task=true&action=failover", "vcha.cluster.failover"),
        ("POST", CLUSTER, "action=failover&vmw-task=true&other=1", "vcha.cluster.failover"),
        ("POST", CLUSTER, "%61ction=get", "vcha.cluster.get"),
        ("GET", f"{CLUSTER}/mode", "", "vcha.cluster.mode.get"),
        ("PUT", f"{CLUSTER}/mode", "vmw-task=true", "vcha.cluster.mode.set"),
        ("GET", "/api/cis/tasks/a%2Fb:c", "exclude_result=true", "tasks.get"),
    ],
)
def test_found(router, method, path, query, name):
    assert router.find(Target.parse(method, path, query)).operation.python_path == name


@pytest.mark.parametrize(
    ("method", "path", "query", "status"),
    [
        ("POST", CLUSTER, "", 404),
        ("POST", CLUSTER, "action=", 404),
        ("POST", CLUSTER, "action=Failover&vmw-task=true", 404),
        ("POST", CLUSTER, "action=failover", 404),
        ("POST", CLUSTER, "action=failover&vmw-task=false", 404),
        ("POST", CLUSTER, "action=get&vmw-task=true", 404),
        ("POST", CLUSTER, "action=get&action=get", 404),
        ("POST", CLUSTER, "action=get&action=failover&vmw-task=true", 404),
        ("PUT", f"{CLUSTER}/mode", "", 404),
        ("GET", CLUSTER, "action=get", 405),
        ("GET", f"{CLUSTER}/mode", "vmw-task=true", 405),
        ("GET", f"{CLUSTER}/mode", "vmw-task=false", 404),
        ("POST", "/api/cis/tasks/x", "", 404),
        ("GET", "/api/cis/tasks/x", "action=cancel", 405),
        ("HEAD", "/api/session", "", 405),
        ("GET", f"{CLUSTER}/", "", 404),
        ("GET", "/api/cis/tasks/", "", 404),
        ("GET", "/api/cis/tasks/a/b", "", 404),
        ("GET", "/session", "", 404),
        ("GET", "/api", "", 404),
    ],
)
def test_refused(router, method, path, query, status):
    with pytest.raises(Refusal) as refused:
        router.find(Target.parse(method, path, query))
    assert refused.value.status == status


def test_the_wrong_method_says_which_are_right(router):
    for path, query, allowed in (
        ("/api/cis/tasks/x", "action=cancel", "POST"),
        ("/api/session", "", "DELETE, GET, POST"),
        (f"{CLUSTER}/mode", "vmw-task=true", "PUT"),
        (f"{CLUSTER}/mode", "", "GET"),
        (CLUSTER, "action=nothing", "POST"),
    ):
        with pytest.raises(Refusal) as refused:
            router.find(Target.parse("PATCH", path, query))
        assert refused.value.headers == {"Allow": allowed}


def test_a_literal_path_wins_over_a_template(described):
    task = described.api.with_role(Role.TASK_GET)
    literal = replace(task, path="/cis/tasks/all", operation_id="all", parameters=())
    for order in ((task, literal), (literal, task)):
        router = Router(order, described.api.prefix)
        assert router.find(Target.parse("GET", "/api/cis/tasks/all", "")).operation.operation_id == "all"
        assert router.find(Target.parse("GET", "/api/cis/tasks/al", "")).operation.operation_id == task.operation_id


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("/über/straße", "/%C3%BCber/stra%C3%9Fe"),
        ("/日本/{a}", "/%E6%97%A5%E6%9C%AC/x"),
        ("/日本/{a}", "/%e6%97%a5%e6%9c%ac/x"),
        ("/a b", "/a%20b"),
        ("/é", "/é"),
        ("/%20c", "/%2520c"),
        ("/%20c", "/%20c"),
        ("/tag%41/{a}", "/tagA/x"),
        ("/tag%41/{a}", "/tag%41/x"),
        ("/a%2fb", "/a%2Fb"),
        ("/%c3%bcber", "/%C3%BCber"),
    ],
)
def test_letters_that_are_no_ascii_are_percent_encoded(described, template, path):
    operation = replace(described.api.operations[0], path=template, method="GET", parameters=())
    router = Router([operation], "")
    assert router.find(Target.parse("GET", path, "")).operation is operation


@pytest.mark.parametrize(("template", "path"), [("/a%2Fb", "/a/b"), ("/tag%41", "/tagB"), ("/tag%41", "/tag%2542")])
def test_what_is_encoded_is_no_other_letter(described, template, path):
    operation = replace(described.api.operations[0], path=template, method="GET", parameters=())
    with pytest.raises(Refusal):
        Router([operation], "").find(Target.parse("GET", path, ""))
