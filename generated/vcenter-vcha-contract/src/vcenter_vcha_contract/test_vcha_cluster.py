"""vcha.cluster: each operation on its own."""

from __future__ import annotations

import pytest

from ._suite import ABSENT, Target
from ._suite.checks import (
    authentication,
    constants_significant,
    foreign_method,
    json_only,
    media_type,
    repeats_agree,
    time_limit,
)


@pytest.mark.operation("vcha.cluster.get")
class TestGet:
    """Show the cluster's configuration, mode, health and nodes.

    `POST /vcenter/vcha/cluster?action=get`
    """

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(ABSENT, id="no body"),
            pytest.param({"partial": True}, id='{"partial": true}'),
            pytest.param({}, id="{}"),
            pytest.param({"partial": False}, id='{"partial": false}'),
        ],
    )
    def test_it_answers_as_documented(self, target: Target, body: object) -> None:
        target.post("/vcenter/vcha/cluster?action=get", body, expect=200)

    def test_it_answers_the_same_way_again(self, target: Target) -> None:
        repeats_agree.hold(target, "POST", "/vcenter/vcha/cluster?action=get", ABSENT)

    def test_it_answers_in_time(self, target: Target) -> None:
        time_limit.hold(target, "vcha.cluster.get", "POST", "/vcenter/vcha/cluster?action=get", ABSENT)

    def test_it_answers_json_whatever_is_accepted(self, target: Target) -> None:
        json_only.hold(target, "POST", "/vcenter/vcha/cluster?action=get", ABSENT)

    def test_a_media_type_may_be_spelt_otherwise(self, target: Target) -> None:
        media_type.hold(target, "POST", "/vcenter/vcha/cluster?action=get", {})

    def test_an_account_without_privileges_is_answered_as_documented(self, powerless: Target) -> None:
        powerless.post("/vcenter/vcha/cluster?action=get", expect=(200, 403))

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(None, id="null"),
            pytest.param([], id="[]"),
            pytest.param("text", id='"text"'),
            pytest.param({"vc_spec": None}, id="vc_spec = null"),
            pytest.param({"vc_spec": []}, id="vc_spec = []"),
            pytest.param({"vc_spec": "text"}, id='vc_spec = "text"'),
            pytest.param({"vc_spec": {}}, id="vc_spec.active_location missing"),
            pytest.param({"vc_spec": {"active_location": None}}, id="vc_spec.active_location = null"),
            pytest.param({"vc_spec": {"active_location": []}}, id="vc_spec.active_location = []"),
            pytest.param({"vc_spec": {"active_location": "text"}}, id='vc_spec.active_location = "text"'),
            pytest.param({"vc_spec": {"active_location": {}}}, id="vc_spec.active_location.hostname missing"),
            pytest.param(
                {"vc_spec": {"active_location": {"hostname": None}}}, id="vc_spec.active_location.hostname = null"
            ),
            pytest.param({"vc_spec": {"active_location": {"hostname": 1}}}, id="vc_spec.active_location.hostname = 1"),
            pytest.param(
                {"vc_spec": {"active_location": {"hostname": []}}}, id="vc_spec.active_location.hostname = []"
            ),
            pytest.param(
                {"vc_spec": {"active_location": {"hostname": "text", "port": None}}},
                id="vc_spec.active_location.port = null",
            ),
            pytest.param(
                {"vc_spec": {"active_location": {"hostname": "text", "port": "1"}}},
                id='vc_spec.active_location.port = "1"',
            ),
            pytest.param(
                {"vc_spec": {"active_location": {"hostname": "text", "port": 1.5}}},
                id="vc_spec.active_location.port = 1.5",
            ),
            pytest.param(
                {"vc_spec": {"active_location": {"hostname": "text", "ssl_thumbprint": None}}},
                id="vc_spec.active_location.ssl_thumbprint = null",
            ),
            pytest.param(
                {"vc_spec": {"active_location": {"hostname": "text", "ssl_thumbprint": 1}}},
                id="vc_spec.active_location.ssl_thumbprint = 1",
            ),
            pytest.param(
                {"vc_spec": {"active_location": {"hostname": "text", "ssl_thumbprint": []}}},
                id="vc_spec.active_location.ssl_thumbprint = []",
            ),
            pytest.param(
                {"vc_spec": {"active_location": {"hostname": "text", "ssl_certificate": None}}},
                id="vc_spec.active_location.ssl_certificate = null",
            ),
            pytest.param(
                {"vc_spec": {"active_location": {"hostname": "text", "ssl_certificate": 1}}},
                id="vc_spec.active_location.ssl_certificate = 1",
            ),
            pytest.param(
                {"vc_spec": {"active_location": {"hostname": "text", "ssl_certificate": []}}},
                id="vc_spec.active_location.ssl_certificate = []",
            ),
            pytest.param(
                {"vc_spec": {"active_location": {"hostname": "text", "username": None}}},
                id="vc_spec.active_location.username = null",
            ),
            pytest.param(
                {"vc_spec": {"active_location": {"hostname": "text", "username": 1}}},
                id="vc_spec.active_location.username = 1",
            ),
            pytest.param(
                {"vc_spec": {"active_location": {"hostname": "text", "username": []}}},
                id="vc_spec.active_location.username = []",
            ),
            pytest.param(
                {"vc_spec": {"active_location": {"hostname": "text", "password": None}}},
                id="vc_spec.active_location.password = null",
            ),
            pytest.param(
                {"vc_spec": {"active_location": {"hostname": "text", "password": 1}}},
                id="vc_spec.active_location.password = 1",
            ),
            pytest.param(
                {"vc_spec": {"active_location": {"hostname": "text", "password": []}}},
                id="vc_spec.active_location.password = []",
            ),
            pytest.param({"partial": None}, id="partial = null"),
            pytest.param({"partial": "true"}, id='partial = "true"'),
            pytest.param({"partial": 1}, id="partial = 1"),
        ],
    )
    def test_a_malformed_body_is_refused(self, target: Target, body: object) -> None:
        target.post("/vcenter/vcha/cluster?action=get", body, expect=400)

    @pytest.mark.parametrize(
        "content",
        [b"{", b'{"a": 1', b"[1,]", b"\xff\xfe", b'{"partial": true, "partial": true}', b'{"partial": NaN}'],
        ids=repr,
    )
    def test_a_body_that_is_not_json_is_refused(self, target: Target, content: bytes) -> None:
        target.request("POST", "/vcenter/vcha/cluster?action=get", content=content, expect=400)

    @pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
    def test_another_content_type_is_refused(self, target: Target, content_type: str) -> None:
        headers = {"Content-Type": content_type}
        body: object = {}
        target.request("POST", "/vcenter/vcha/cluster?action=get", body, headers=headers, expect=(400, 415))

    def test_without_a_valid_session_it_is_refused(self, unauthenticated: Target) -> None:
        unauthenticated.post("/vcenter/vcha/cluster?action=get", expect=authentication.hold)

    @pytest.mark.parametrize(
        "path",
        [
            pytest.param(
                "/vcenter/vcha/cluster", id="without action", marks=[pytest.mark.destructive("vcha.cluster.failover")]
            ),
            pytest.param(
                "/vcenter/vcha/cluster?action=no-such-action",
                id="action=no-such-action",
                marks=[pytest.mark.destructive("vcha.cluster.failover")],
            ),
        ],
    )
    def test_its_constants_are_significant(self, target: Target, path: str) -> None:
        target.post(path, expect=constants_significant.hold)


@pytest.mark.operation("vcha.cluster.failover")
class TestFailover:
    """Move the active role to the passive node.

    `POST /vcenter/vcha/cluster?action=failover&vmw-task=true`
    """

    @pytest.mark.destructive("vcha.cluster.failover")
    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(ABSENT, id="no body"),
            pytest.param(None, id="null"),
            pytest.param([], id="[]"),
            pytest.param("text", id='"text"'),
            pytest.param({}, id="planned missing"),
            pytest.param({"planned": None}, id="planned = null"),
            pytest.param({"planned": "true"}, id='planned = "true"'),
            pytest.param({"planned": 1}, id="planned = 1"),
        ],
    )
    def test_a_malformed_body_is_refused(self, careful: Target, body: object) -> None:
        careful.post("/vcenter/vcha/cluster?action=failover&vmw-task=true", body, expect=400)

    @pytest.mark.destructive("vcha.cluster.failover")
    @pytest.mark.parametrize(
        "content",
        [b"{", b'{"a": 1', b"[1,]", b"\xff\xfe", b'{"planned": true, "planned": true}', b'{"planned": NaN}'],
        ids=repr,
    )
    def test_a_body_that_is_not_json_is_refused(self, careful: Target, content: bytes) -> None:
        careful.request("POST", "/vcenter/vcha/cluster?action=failover&vmw-task=true", content=content, expect=400)

    @pytest.mark.destructive("vcha.cluster.failover")
    @pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
    def test_another_content_type_is_refused(self, careful: Target, content_type: str) -> None:
        headers = {"Content-Type": content_type}
        body: object = {"planned": True}
        careful.request(
            "POST", "/vcenter/vcha/cluster?action=failover&vmw-task=true", body, headers=headers, expect=(400, 415)
        )

    @pytest.mark.destructive("vcha.cluster.failover")
    def test_without_a_valid_session_it_is_refused(self, unauthenticated: Target) -> None:
        # A body that is wrong too: a server that forgets to ask for the session still has a reason to refuse.
        unauthenticated.post("/vcenter/vcha/cluster?action=failover&vmw-task=true", {}, expect=authentication.hold)

    @pytest.mark.parametrize(
        "path",
        [
            pytest.param(
                "/vcenter/vcha/cluster?vmw-task=true",
                id="without action",
                marks=[pytest.mark.destructive("vcha.cluster.failover")],
            ),
            pytest.param(
                "/vcenter/vcha/cluster?vmw-task=true&action=no-such-action",
                id="action=no-such-action",
                marks=[pytest.mark.destructive("vcha.cluster.failover")],
            ),
            pytest.param(
                "/vcenter/vcha/cluster?action=failover",
                id="without vmw-task",
                marks=[pytest.mark.destructive("vcha.cluster.failover")],
            ),
            pytest.param(
                "/vcenter/vcha/cluster?action=failover&vmw-task=false",
                id="vmw-task=false",
                marks=[pytest.mark.destructive("vcha.cluster.failover")],
            ),
        ],
    )
    def test_its_constants_are_significant(self, careful: Target, path: str) -> None:
        careful.post(path, {"planned": True}, expect=constants_significant.hold)


class TestOtherMethods:
    """A method that a path does not have is refused, and an answer 405 says which ones it has (RFC 9110, 15.5.6)."""

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            pytest.param("GET", "/vcenter/vcha/cluster", id="GET /vcenter/vcha/cluster"),
            pytest.param(
                "PATCH",
                "/vcenter/vcha/cluster",
                id="PATCH /vcenter/vcha/cluster",
                marks=[pytest.mark.destructive("vcha.cluster.failover")],
            ),
        ],
    )
    def test_another_method_is_refused(self, target: Target, method: str, path: str) -> None:
        target.request(method, path, expect=foreign_method.hold)
