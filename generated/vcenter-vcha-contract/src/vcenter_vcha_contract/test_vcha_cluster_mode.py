"""vcha.cluster.mode: each operation on its own."""

from __future__ import annotations

import pytest

from ._suite import ABSENT, Target
from ._suite.checks import (
    authentication,
    body_on_get,
    constants_significant,
    foreign_method,
    json_only,
    repeats_agree,
    time_limit,
)


@pytest.mark.operation("vcha.cluster.mode.get")
class TestGet:
    """Show the cluster's mode.

    `GET /vcenter/vcha/cluster/mode`
    """

    def test_it_answers_as_documented(self, target: Target) -> None:
        target.get("/vcenter/vcha/cluster/mode", expect=200)

    def test_it_answers_the_same_way_again(self, target: Target) -> None:
        repeats_agree.hold(target, "GET", "/vcenter/vcha/cluster/mode", ABSENT)

    def test_it_answers_in_time(self, target: Target) -> None:
        time_limit.hold(target, "vcha.cluster.mode.get", "GET", "/vcenter/vcha/cluster/mode", ABSENT)

    def test_it_answers_json_whatever_is_accepted(self, target: Target) -> None:
        json_only.hold(target, "GET", "/vcenter/vcha/cluster/mode", ABSENT)

    def test_a_body_breaks_nothing(self, target: Target) -> None:
        body_on_get.hold(target, "/vcenter/vcha/cluster/mode")

    def test_an_account_without_privileges_is_answered_as_documented(self, powerless: Target) -> None:
        powerless.get("/vcenter/vcha/cluster/mode", expect=(200, 403))

    def test_without_a_valid_session_it_is_refused(self, unauthenticated: Target) -> None:
        unauthenticated.get("/vcenter/vcha/cluster/mode", expect=authentication.hold)


@pytest.mark.operation("vcha.cluster.mode.set")
class TestSet:
    """Change the cluster's mode.

    `PUT /vcenter/vcha/cluster/mode?vmw-task=true`
    """

    @pytest.mark.write("vcha.cluster.mode.set")
    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(ABSENT, id="no body"),
            pytest.param(None, id="null"),
            pytest.param([], id="[]"),
            pytest.param("text", id='"text"'),
            pytest.param({}, id="mode missing"),
            pytest.param({"mode": None}, id="mode = null"),
            pytest.param({"mode": "NO_SUCH_VALUE"}, id='mode = "NO_SUCH_VALUE"'),
            pytest.param({"mode": 1}, id="mode = 1"),
        ],
    )
    def test_a_malformed_body_is_refused(self, target: Target, body: object) -> None:
        target.put("/vcenter/vcha/cluster/mode?vmw-task=true", body, expect=400)

    @pytest.mark.write("vcha.cluster.mode.set")
    @pytest.mark.parametrize(
        "content",
        [b"{", b'{"a": 1', b"[1,]", b"\xff\xfe", b'{"mode": "ENABLED", "mode": "ENABLED"}', b'{"mode": NaN}'],
        ids=repr,
    )
    def test_a_body_that_is_not_json_is_refused(self, target: Target, content: bytes) -> None:
        target.request("PUT", "/vcenter/vcha/cluster/mode?vmw-task=true", content=content, expect=400)

    @pytest.mark.write("vcha.cluster.mode.set")
    @pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
    def test_another_content_type_is_refused(self, target: Target, content_type: str) -> None:
        headers = {"Content-Type": content_type}
        body: object = {"mode": "ENABLED"}
        target.request("PUT", "/vcenter/vcha/cluster/mode?vmw-task=true", body, headers=headers, expect=(400, 415))

    @pytest.mark.write("vcha.cluster.mode.set")
    def test_without_a_valid_session_it_is_refused(self, unauthenticated: Target) -> None:
        unauthenticated.put("/vcenter/vcha/cluster/mode?vmw-task=true", {"mode": "ENABLED"}, expect=authentication.hold)

    @pytest.mark.parametrize(
        "path",
        [
            pytest.param(
                "/vcenter/vcha/cluster/mode", id="without vmw-task", marks=[pytest.mark.write("vcha.cluster.mode.set")]
            ),
            pytest.param(
                "/vcenter/vcha/cluster/mode?vmw-task=false",
                id="vmw-task=false",
                marks=[pytest.mark.write("vcha.cluster.mode.set")],
            ),
        ],
    )
    def test_its_constants_are_significant(self, target: Target, path: str) -> None:
        target.put(path, {"mode": "ENABLED"}, expect=constants_significant.hold)


class TestOtherMethods:
    """A method that a path does not have is refused, and an answer 405 says which ones it has (RFC 9110, 15.5.6)."""

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            pytest.param(
                "PATCH",
                "/vcenter/vcha/cluster/mode",
                id="PATCH /vcenter/vcha/cluster/mode",
                marks=[pytest.mark.write("vcha.cluster.mode.set")],
            ),
            pytest.param(
                "DELETE",
                "/vcenter/vcha/cluster/mode",
                id="DELETE /vcenter/vcha/cluster/mode",
                marks=[pytest.mark.write("vcha.cluster.mode.set")],
            ),
        ],
    )
    def test_another_method_is_refused(self, target: Target, method: str, path: str) -> None:
        target.request(method, path, expect=foreign_method.hold)
