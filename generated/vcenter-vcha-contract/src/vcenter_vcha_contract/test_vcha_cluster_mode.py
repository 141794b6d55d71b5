"""vcha.cluster.mode: each operation on its own."""

from __future__ import annotations

from typing import Final

import pytest

from ._suite import ABSENT, MISSING, Target, unless_refused, with_broken_json, with_malformed_bodies
from ._suite.checks import authentication, constants_significant, foreign_method
from ._suite.probes import body_on_get, json_only, repeats_agree, time_limit


@pytest.mark.operation("vcha.cluster.mode.get")
class TestGet:
    """Show the cluster's mode.

    `GET /vcenter/vcha/cluster/mode`
    """

    PATH = "/vcenter/vcha/cluster/mode"

    def test_it_answers_as_documented(self, target: Target) -> None:
        target.get(self.PATH, expect=unless_refused(200))

    def test_it_answers_the_same_way_again(self, target: Target) -> None:
        repeats_agree.hold(target, "GET", self.PATH, ABSENT)

    def test_it_answers_in_time(self, target: Target) -> None:
        time_limit.hold(target, "vcha.cluster.mode.get", "GET", self.PATH, ABSENT)

    def test_it_answers_json_whatever_is_accepted(self, target: Target) -> None:
        json_only.hold(target, "GET", self.PATH, ABSENT)

    def test_a_body_breaks_nothing(self, target: Target) -> None:
        body_on_get.hold(target, self.PATH)

    def test_an_account_without_privileges_is_answered_as_documented(self, powerless: Target) -> None:
        powerless.get(self.PATH, expect=(200, 403))

    def test_without_a_valid_session_it_is_refused(self, unauthenticated: Target) -> None:
        unauthenticated.get(self.PATH, expect=authentication.hold)


@pytest.mark.operation("vcha.cluster.mode.set")
class TestSet:
    """Change the cluster's mode.

    `PUT /vcenter/vcha/cluster/mode?vmw-task=true`
    """

    PATH = "/vcenter/vcha/cluster/mode?vmw-task=true"
    BODY: Final[dict[str, object]] = {"mode": "ENABLED"}

    @pytest.mark.write("vcha.cluster.mode.set")
    @with_malformed_bodies(
        BODY,
        whole=[ABSENT, None, [], "text"],
        changed={
            "mode": [MISSING, None, "NO_SUCH_VALUE", 1],
        },
    )
    def test_a_malformed_body_is_refused(self, target: Target, body: object) -> None:
        target.put(self.PATH, body, expect=400)

    @pytest.mark.write("vcha.cluster.mode.set")
    @with_broken_json({"mode": "ENABLED"})
    def test_a_body_that_is_not_json_is_refused(self, target: Target, content: bytes) -> None:
        target.request("PUT", self.PATH, content=content, expect=400)

    @pytest.mark.write("vcha.cluster.mode.set")
    @pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
    def test_another_content_type_is_refused(self, target: Target, content_type: str) -> None:
        headers = {"Content-Type": content_type}
        target.request("PUT", self.PATH, self.BODY, headers=headers, expect=(400, 415))

    @pytest.mark.write("vcha.cluster.mode.set")
    def test_without_a_valid_session_it_is_refused(self, unauthenticated: Target) -> None:
        unauthenticated.put(self.PATH, self.BODY, expect=authentication.hold)

    @pytest.mark.write("vcha.cluster.mode.set")
    @pytest.mark.parametrize(
        "path",
        [
            pytest.param("/vcenter/vcha/cluster/mode", id="without vmw-task"),
            pytest.param("/vcenter/vcha/cluster/mode?vmw-task=false", id="vmw-task=false"),
            pytest.param("/vcenter/vcha/cluster/mode?vmw-task=", id="vmw-task="),
        ],
    )
    def test_its_constants_are_significant(self, target: Target, path: str) -> None:
        target.put(path, self.BODY, expect=constants_significant.hold)


class TestOtherMethods:
    """A method that a path does not have is refused, and an answer 405 says which ones it has (RFC 9110, 15.5.6)."""

    @pytest.mark.parametrize(
        ("method", "path", "other"),
        [
            pytest.param(
                "PATCH",
                "/vcenter/vcha/cluster/mode",
                "DELETE",
                id="PATCH /vcenter/vcha/cluster/mode",
                marks=[pytest.mark.write("vcha.cluster.mode.set")],
            ),
            pytest.param(
                "DELETE",
                "/vcenter/vcha/cluster/mode",
                "PATCH",
                id="DELETE /vcenter/vcha/cluster/mode",
                marks=[pytest.mark.write("vcha.cluster.mode.set")],
            ),
        ],
    )
    def test_another_method_is_refused(self, target: Target, method: str, path: str, other: str) -> None:
        foreign_method.hold_beside(target, method, path, other)
