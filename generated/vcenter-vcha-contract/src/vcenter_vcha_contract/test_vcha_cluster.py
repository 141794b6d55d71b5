"""vcha.cluster: each operation on its own."""

from __future__ import annotations

from typing import Final

import pytest

from ._suite import ABSENT, MISSING, Target, unless_refused, with_bodies, with_broken_json, with_malformed_bodies
from ._suite.checks import authentication, constants_significant, foreign_method
from ._suite.probes import json_only, media_type, repeats_agree, time_limit


@pytest.mark.operation("vcha.cluster.get")
class TestGet:
    """Show the cluster's configuration, mode, health and nodes.

    `POST /vcenter/vcha/cluster?action=get`
    """

    PATH = "/vcenter/vcha/cluster?action=get"
    BODY: Final[dict[str, object]] = {}

    @with_bodies(ABSENT, {"partial": True}, BODY, {"partial": False})
    def test_it_answers_as_documented(self, target: Target, body: object) -> None:
        target.post(self.PATH, body, expect=unless_refused(200))

    def test_it_answers_the_same_way_again(self, target: Target) -> None:
        repeats_agree.hold(target, "POST", self.PATH, ABSENT)

    def test_it_answers_in_time(self, target: Target) -> None:
        time_limit.hold(target, "vcha.cluster.get", "POST", self.PATH, ABSENT)

    def test_it_answers_json_whatever_is_accepted(self, target: Target) -> None:
        json_only.hold(target, "POST", self.PATH, ABSENT)

    def test_a_media_type_may_be_spelt_otherwise(self, target: Target) -> None:
        media_type.hold(target, "POST", self.PATH, self.BODY)

    def test_an_account_without_privileges_is_answered_as_documented(self, powerless: Target) -> None:
        powerless.post(self.PATH, expect=(200, 403))

    @with_malformed_bodies(
        BODY,
        whole=[None, [], "text"],
        parts={
            "vc_spec": {"active_location": {"hostname": "text"}},
        },
        changed={
            "vc_spec": [None, [], "text"],
            "vc_spec.active_location": [MISSING, None, [], "text"],
            "vc_spec.active_location.hostname": [MISSING, None, 1, []],
            "vc_spec.active_location.port": [None, "1", 1.5],
            "vc_spec.active_location.ssl_thumbprint": [None, 1, []],
            "vc_spec.active_location.ssl_certificate": [None, 1, []],
            "vc_spec.active_location.username": [None, 1, []],
            "vc_spec.active_location.password": [None, 1, []],
            "partial": [None, "true", 1],
        },
    )
    def test_a_malformed_body_is_refused(self, target: Target, body: object) -> None:
        target.post(self.PATH, body, expect=400)

    @with_broken_json({"partial": True})
    def test_a_body_that_is_not_json_is_refused(self, target: Target, content: bytes) -> None:
        target.request("POST", self.PATH, content=content, expect=400)

    @pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
    def test_another_content_type_is_refused(self, target: Target, content_type: str) -> None:
        headers = {"Content-Type": content_type}
        target.request("POST", self.PATH, self.BODY, headers=headers, expect=(400, 415))

    def test_without_a_valid_session_it_is_refused(self, unauthenticated: Target) -> None:
        unauthenticated.post(self.PATH, expect=authentication.hold)

    @pytest.mark.destructive("vcha.cluster.failover")
    @pytest.mark.parametrize(
        "path",
        [
            pytest.param("/vcenter/vcha/cluster", id="without action"),
            pytest.param("/vcenter/vcha/cluster?action=no-such-action", id="action=no-such-action"),
            pytest.param("/vcenter/vcha/cluster?action=GET", id="action=GET"),
            pytest.param("/vcenter/vcha/cluster?action=", id="action="),
        ],
    )
    def test_its_constants_are_significant(self, target: Target, path: str) -> None:
        target.post(path, expect=constants_significant.hold)


@pytest.mark.operation("vcha.cluster.failover")
class TestFailover:
    """Move the active role to the passive node.

    `POST /vcenter/vcha/cluster?action=failover&vmw-task=true`
    """

    PATH = "/vcenter/vcha/cluster?action=failover&vmw-task=true"
    BODY: Final[dict[str, object]] = {"planned": True}

    @pytest.mark.destructive("vcha.cluster.failover")
    @with_malformed_bodies(
        BODY,
        whole=[ABSENT, None, [], "text"],
        changed={
            "planned": [MISSING, None, "true", 1],
        },
    )
    def test_a_malformed_body_is_refused(self, careful: Target, body: object) -> None:
        careful.post(self.PATH, body, expect=400)

    @pytest.mark.destructive("vcha.cluster.failover")
    @with_broken_json({"planned": True})
    def test_a_body_that_is_not_json_is_refused(self, careful: Target, content: bytes) -> None:
        careful.request("POST", self.PATH, content=content, expect=400)

    @pytest.mark.destructive("vcha.cluster.failover")
    @pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
    def test_another_content_type_is_refused(self, careful: Target, content_type: str) -> None:
        headers = {"Content-Type": content_type}
        careful.request("POST", self.PATH, self.BODY, headers=headers, expect=(400, 415))

    @pytest.mark.destructive("vcha.cluster.failover")
    def test_without_a_valid_session_it_is_refused(self, unauthenticated: Target) -> None:
        # A body that is wrong too: a server that forgets to ask for the session still has a reason to refuse.
        unauthenticated.post(self.PATH, {}, expect=authentication.hold)

    @pytest.mark.destructive("vcha.cluster.failover")
    @pytest.mark.parametrize(
        "path",
        [
            pytest.param("/vcenter/vcha/cluster?vmw-task=true", id="without action"),
            pytest.param("/vcenter/vcha/cluster?vmw-task=true&action=no-such-action", id="action=no-such-action"),
            pytest.param("/vcenter/vcha/cluster?vmw-task=true&action=FAILOVER", id="action=FAILOVER"),
            pytest.param("/vcenter/vcha/cluster?vmw-task=true&action=", id="action="),
            pytest.param("/vcenter/vcha/cluster?action=failover", id="without vmw-task"),
            pytest.param("/vcenter/vcha/cluster?action=failover&vmw-task=false", id="vmw-task=false"),
            pytest.param("/vcenter/vcha/cluster?action=failover&vmw-task=", id="vmw-task="),
        ],
    )
    def test_its_constants_are_significant(self, careful: Target, path: str) -> None:
        careful.post(path, self.BODY, expect=constants_significant.hold)


class TestOtherMethods:
    """A method that a path does not have is refused, and an answer 405 says which ones it has (RFC 9110, 15.5.6)."""

    @pytest.mark.parametrize(
        ("method", "path", "other"),
        [
            pytest.param("GET", "/vcenter/vcha/cluster", "", id="GET /vcenter/vcha/cluster"),
            pytest.param(
                "PATCH",
                "/vcenter/vcha/cluster",
                "PUT",
                id="PATCH /vcenter/vcha/cluster",
                marks=[pytest.mark.destructive("vcha.cluster.failover")],
            ),
        ],
    )
    def test_another_method_is_refused(self, target: Target, method: str, path: str, other: str) -> None:
        foreign_method.hold_beside(target, method, path, other)
