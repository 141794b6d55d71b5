"""disk: each operation on its own."""

from __future__ import annotations

from typing import Final

import pytest

from ._suite import ABSENT, MISSING, Target, with_broken_json, with_malformed_bodies
from ._suite.checks import authentication, constants_significant, foreign_method, unknown_id


@pytest.mark.operation("disk.shrink")
class TestShrink:
    """Give unused blocks back.

    `POST /vcenter/disk/{disk}?action=shrink&vmw-task=true`
    """

    PATH = "/vcenter/disk/no-such-disk?action=shrink&vmw-task=true"
    BODY: Final[dict[str, object]] = {"copy": True}

    @pytest.mark.destructive("disk.shrink")
    @with_malformed_bodies(
        BODY,
        whole=[ABSENT, None, [], "text"],
        changed={
            "copy": [MISSING, None, "true", 1],
            "keep_percent": [None, "1", 1.5],
        },
    )
    def test_a_malformed_body_is_refused(self, careful: Target, body: object) -> None:
        careful.post(self.PATH, body, expect=400)

    @pytest.mark.destructive("disk.shrink")
    @with_broken_json({"keep_percent": 1})
    def test_a_body_that_is_not_json_is_refused(self, careful: Target, content: bytes) -> None:
        careful.request("POST", self.PATH, content=content, expect=400)

    @pytest.mark.destructive("disk.shrink")
    @pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
    def test_another_content_type_is_refused(self, careful: Target, content_type: str) -> None:
        headers = {"Content-Type": content_type}
        careful.request("POST", self.PATH, self.BODY, headers=headers, expect=(400, 415))

    @pytest.mark.destructive("disk.shrink")
    def test_an_unknown_disk_is_not_found(self, target: Target) -> None:
        target.post(self.PATH, self.BODY, expect=unknown_id.hold)

    @pytest.mark.destructive("disk.shrink")
    @pytest.mark.parametrize("odd", unknown_id.ODD, ids=lambda odd: odd[:12])
    def test_an_odd_disk_is_not_found(self, target: Target, odd: str) -> None:
        answer = target.send("POST", self.PATH.replace("no-such-disk", odd), self.BODY)
        unknown_id.hold(answer, well_formed=False)
        target.fits(answer)

    @pytest.mark.destructive("disk.shrink")
    def test_without_a_valid_session_it_is_refused(self, unauthenticated: Target) -> None:
        # A body that is wrong too: a server that forgets to ask for the session still has a reason to refuse.
        unauthenticated.post(self.PATH, {}, expect=authentication.hold)

    @pytest.mark.destructive("disk.shrink")
    @pytest.mark.parametrize(
        "path",
        [
            pytest.param("/vcenter/disk/no-such-disk?vmw-task=true", id="without action"),
            pytest.param("/vcenter/disk/no-such-disk?vmw-task=true&action=no-such-action", id="action=no-such-action"),
            pytest.param("/vcenter/disk/no-such-disk?vmw-task=true&action=SHRINK", id="action=SHRINK"),
            pytest.param("/vcenter/disk/no-such-disk?vmw-task=true&action=", id="action="),
            pytest.param("/vcenter/disk/no-such-disk?action=shrink", id="without vmw-task"),
            pytest.param("/vcenter/disk/no-such-disk?action=shrink&vmw-task=false", id="vmw-task=false"),
            pytest.param("/vcenter/disk/no-such-disk?action=shrink&vmw-task=", id="vmw-task="),
        ],
    )
    def test_its_constants_are_significant(self, careful: Target, path: str) -> None:
        careful.post(path, self.BODY, expect=constants_significant.hold)


class TestOtherMethods:
    """A method that a path does not have is refused, and an answer 405 says which ones it has (RFC 9110, 15.5.6)."""

    @pytest.mark.parametrize(
        ("method", "path", "other"),
        [
            pytest.param("GET", "/vcenter/disk/no-such-disk", "", id="GET /vcenter/disk/{disk}"),
            pytest.param(
                "PATCH",
                "/vcenter/disk/no-such-disk",
                "PUT",
                id="PATCH /vcenter/disk/{disk}",
                marks=[pytest.mark.destructive("disk.shrink")],
            ),
        ],
    )
    def test_another_method_is_refused(self, target: Target, method: str, path: str, other: str) -> None:
        foreign_method.hold_beside(target, method, path, other)
