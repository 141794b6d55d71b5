"""The life of a session: made with a password, used, ended.  Every session here is a throw-away one."""

from __future__ import annotations

import pytest

from ._suite import Target
from ._suite.target import basic

CREATE = "/session"
SESSION = "/session"


@pytest.mark.operation("session.create")
class TestSignIn:
    """`POST /session`"""

    def test_the_password_makes_a_session(self, target: Target) -> None:
        credentials = basic(*target.run.settings.login)
        answer = target.request("POST", CREATE, headers=credentials, expect=201)
        assert isinstance(answer.value, str)
        assert answer.value

    def test_two_sessions_have_two_tokens(self, target: Target) -> None:
        assert target.sign_in() != target.sign_in()

    @pytest.mark.parametrize(
        "credentials",
        [
            pytest.param({}, id="no credentials"),
            pytest.param(basic("nobody@example.com", "wrong-password"), id="unknown user"),
            pytest.param({"Authorization": "Basic !!!"}, id="not base64"),
            pytest.param({"Authorization": "Basic " + "bm9jb2xvbg=="}, id="no colon"),
            pytest.param({"Authorization": "Bearer some-token"}, id="another scheme"),
        ],
    )
    def test_wrong_credentials_are_refused(self, stranger: Target, credentials: dict[str, str]) -> None:
        answer = stranger.request("POST", CREATE, headers=credentials, expect=401)
        assert answer.value.get("challenge") or answer.headers.get("www-authenticate"), (
            f"a refused sign-in must say how to authenticate\n{answer}"
        )

    def test_a_wrong_password_is_refused(self, stranger: Target, target: Target) -> None:
        credentials = basic(target.username, "wrong-password")
        stranger.request("POST", CREATE, headers=credentials, expect=401)


@pytest.mark.operation("session.delete")
class TestSignOut:
    """`DELETE /session`"""

    @pytest.fixture
    def throwaway(self, target: Target) -> Target:
        """The target in a session of its own."""
        return Target(target.run, credentials={"vmware-api-session-id": target.sign_in()})

    def test_a_session_is_valid_until_it_is_deleted(self, throwaway: Target) -> None:
        throwaway.get(SESSION)
        throwaway.delete("/session", expect=204)
        throwaway.get(SESSION, expect=401)

    def test_a_session_can_be_deleted_once(self, throwaway: Target) -> None:
        throwaway.delete("/session", expect=204)
        throwaway.delete("/session", expect=401)

    def test_deleting_one_session_leaves_the_others(self, throwaway: Target, target: Target) -> None:
        throwaway.delete("/session", expect=204)
        target.get(SESSION)


@pytest.mark.operation("session.get")
class TestSessionInfo:
    """`GET /session`"""

    def test_it_names_the_user(self, target: Target) -> None:
        assert target.get(SESSION).value["user"].lower() == target.username.lower()
