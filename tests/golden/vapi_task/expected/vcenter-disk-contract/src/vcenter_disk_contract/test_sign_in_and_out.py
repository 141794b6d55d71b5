"""The life of a session: made with a password, used, ended.  Every session here is a throw-away one."""

from __future__ import annotations

import pytest

from ._suite import Target
from ._suite.checks import authentication, session_info, session_life, sign_in
from ._suite.target import basic

CREATE = "/session"
SESSION = "/session"


@pytest.mark.operation("session.create")
class TestSignIn:
    """`POST /session`"""

    def test_the_password_makes_a_session(self, target: Target) -> None:
        credentials = basic(*target.run.settings.login)
        answer = target.request("POST", CREATE, headers=credentials, expect=201)
        assert isinstance(answer.result, str)
        assert answer.result

    @pytest.mark.parametrize("scheme", ["basic", "BASIC"])
    def test_the_scheme_may_be_written_in_any_case(self, target: Target, scheme: str) -> None:
        value = basic(*target.run.settings.login)["Authorization"].removeprefix("Basic")
        headers = {"Authorization": scheme + value}
        target.request("POST", CREATE, headers=headers, expect=sign_in.accepted)

    def test_two_sessions_have_two_tokens(self, target: Target) -> None:
        sign_in.differ(target.sign_in(), target.sign_in())

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
        stranger.request("POST", CREATE, headers=credentials, expect=sign_in.refused)

    def test_a_wrong_password_is_refused(self, stranger: Target, target: Target) -> None:
        credentials = basic(target.username, "wrong-password")
        stranger.request("POST", CREATE, headers=credentials, expect=sign_in.refused)


@pytest.mark.operation("session.delete")
class TestSignOut:
    """`DELETE /session`"""

    @pytest.fixture
    def throwaway(self, target: Target) -> Target:
        """The target in a session of its own."""
        return Target(target.run, credentials={"vmware-api-session-id": target.sign_in()})

    def test_a_session_is_valid_until_it_is_deleted(self, throwaway: Target) -> None:
        session_life.is_valid(throwaway.send("GET", SESSION), "right after it was made")
        throwaway.delete("/session", expect=204)
        session_life.is_dead(throwaway.send("GET", SESSION), "after it was deleted")

    def test_a_session_can_be_deleted_once(self, throwaway: Target) -> None:
        throwaway.delete("/session", expect=204)
        session_life.is_dead(throwaway.send("DELETE", "/session"), "to be deleted again")

    def test_deleting_one_session_leaves_the_others(self, throwaway: Target, target: Target) -> None:
        throwaway.delete("/session", expect=204)
        session_life.is_valid(target.send("GET", SESSION), "after another one was deleted")


@pytest.mark.operation("session.get")
class TestSessionInfo:
    """`GET /session`"""

    def test_it_names_the_user_and_the_times(self, target: Target) -> None:
        first, later = (target.request("GET", SESSION).result for _ in range(2))
        session_info.hold(first, later, target.username)

    def test_another_session_does_not_show_in_it(self, target: Target) -> None:
        first = target.request("GET", SESSION).result
        another = Target(target.run, credentials={"vmware-api-session-id": target.sign_in()})
        another.request("GET", SESSION)
        session_info.hold(first, target.request("GET", SESSION).result, target.username)

    @pytest.mark.parametrize("token", authentication.ODD_TOKENS, ids=lambda token: repr(token[:12]))
    def test_a_token_of_another_form_is_refused(self, target: Target, token: str) -> None:
        odd = Target(target.run, credentials={"vmware-api-session-id": token})
        odd.request("GET", SESSION, expect=authentication.hold)
