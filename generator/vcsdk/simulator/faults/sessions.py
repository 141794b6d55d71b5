"""Faults of sessions and of who may call."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from vcsdk.simulator.call import Call
from vcsdk.simulator.errors import Refusal, Reply
from vcsdk.simulator.faults.registry import Fault, fault
from vcsdk.simulator.faults.reshape import with_error, with_message, with_object
from vcsdk.simulator.messages import Message
from vcsdk.simulator.sessions import Caller
from vcsdk.simulator.vcha import PRIVILEGE, READ_PRIVILEGE


@fault("any-password-accepted", breaks="any password makes a session")
class AnyPasswordAccepted(Fault):
    """Only the user name is looked at."""

    def authenticate(self, call: Call, proceed: Callable[[], Caller | None]) -> Caller | None:
        try:
            return proceed()
        except Refusal:
            encoded = call.headers.get("authorization", "").removeprefix("Basic ")
            if call.behaviour != "session.create" or not encoded:
                raise
            try:
                user = base64.b64decode(encoded, validate=True).decode().partition(":")[0]
            except (binascii.Error, UnicodeDecodeError):
                raise Refusal("UNAUTHENTICATED", Message("api.credentials"), challenge="Basic") from None
            return Caller(user, frozenset())


@fault("basic-case-sensitive", breaks="the word Basic must be written like this")
class BasicCaseSensitive(Fault):
    """`basic` in lower case is refused."""

    def authenticate(self, call: Call, proceed: Callable[[], Caller | None]) -> Caller | None:
        given = call.headers.get("authorization", "").partition(" ")[0]
        if given.lower() == "basic" and given != "Basic":
            raise Refusal(
                "UNAUTHENTICATED", Message("api.credentials"), headers={"WWW-Authenticate": "Basic"}, challenge="Basic"
            )
        return proceed()


@fault("challenge-missing", breaks="a refused sign-in has no challenge")
class ChallengeMissing(Fault):
    """The body of the 401 lacks what its schema is there for."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if reply.status != 401:
            return reply
        return with_error(reply, lambda body: body.pop("challenge", None))


@fault("created-time-moves", breaks="created_time is the time of the request")
class CreatedTimeMoves(Fault):
    """Every reading makes the session younger."""

    def __init__(self) -> None:
        self._readings = 0

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "session.get":
            return reply
        self._readings += 1
        return with_object(reply, self._rejuvenate)

    def _rejuvenate(self, body: dict[str, Any]) -> None:
        body["created_time"] = f"2024-01-01T00:00:{self._readings % 60:02}.000Z"


@fault("dead-session-deleted-again", breaks="a session that is over can be deleted again")
class DeadSessionDeletedAgain(Fault):
    """Deleting asks nobody who they are."""

    def authenticate(self, call: Call, proceed: Callable[[], Caller | None]) -> Caller | None:
        try:
            return proceed()
        except Refusal:
            if call.behaviour == "session.delete" and call.headers.get("vmware-api-session-id"):
                return Caller("nobody", frozenset())
            raise


@fault("logout-answers-200", breaks="session delete answers 200 instead of 204")
class LogoutAnswers200(Fault):
    """The status of the success is not the documented one."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return replace(reply, status=200) if call.behaviour == "session.delete" and reply.status == 204 else reply


@fault("logout-ends-all-sessions", breaks="deleting one session ends every other")
class LogoutEndsAllSessions(Fault):
    """Logging out forgets all sessions."""

    def __init__(self) -> None:
        self._open: set[str] = set()
        self._dead: set[str] = set()

    def authenticate(self, call: Call, proceed: Callable[[], Caller | None]) -> Caller | None:
        if call.headers.get("vmware-api-session-id") in self._dead:
            raise Refusal(
                "UNAUTHENTICATED",
                Message("api.session"),
                headers={"WWW-Authenticate": "SessionId"},
                challenge="SessionId",
            )
        return proceed()

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        reply = proceed()
        if call.behaviour == "session.create":
            self._open.add(str(reply.body))
        if call.behaviour == "session.delete":
            self._dead |= self._open
        return reply


@fault("no-auth-check", breaks="calls without a valid session are served")
class NoAuthCheck(Fault):
    """Nobody is asked who they are: a call without credentials has every privilege."""

    def authenticate(self, call: Call, proceed: Callable[[], Caller | None]) -> Caller | None:
        try:
            return proceed()
        except Refusal:
            return Caller("nobody", frozenset({PRIVILEGE, READ_PRIVILEGE}))


@fault("no-privilege-check", breaks="a user without Global.VCServer may change the cluster", needs_powerless=True)
class NoPrivilegeCheck(Fault):
    """Whoever is logged in may do everything."""

    def authorize(self, call: Call, proceed: Callable[[], None]) -> None:
        return


@fault("odd-token-fails", breaks="a token of another form is answered 500")
class OddTokenFails(Fault):
    """Only tokens of the usual form can be looked up."""

    def authenticate(self, call: Call, proceed: Callable[[], Caller | None]) -> Caller | None:
        token = call.headers.get("vmware-api-session-id", "")
        if token and not all(char.isalnum() or char == "-" for char in token):
            raise Refusal("INTERNAL_SERVER_ERROR", Message("api.failed"))
        return proceed()


@fault("privilege-refused-with-401", breaks="a missing privilege is refused with 401", needs_powerless=True)
class PrivilegeRefusedWith401(Fault):
    """The two refusals are mixed up."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if reply.status != 403:
            return reply
        headers = {**reply.headers, "WWW-Authenticate": "SessionId"}
        return with_error(
            replace(reply, status=401, headers=headers), lambda body: body.update(error_type="UNAUTHENTICATED")
        )


@fault("session-shows-another", breaks="a session is shown as the one that was asked for before it")
class SessionShowsAnother(Fault):
    """The last one is still in what keeps them."""

    def __init__(self) -> None:
        self._before: Any = None

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "session.get" or reply.status != 200:
            return reply
        before, self._before = self._before, reply.body
        return replace(reply, body=before) if before is not None else reply


@fault("session-survives-delete", breaks="a deleted session is still valid")
class SessionSurvivesDelete(Fault):
    """Logging out answers 204 and ends nothing."""

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        return Reply(204) if call.behaviour == "session.delete" else proceed()


@fault("session-survives-failover", breaks="sessions from before a failover are still valid")
class SessionSurvivesFailover(Fault):
    """Both nodes share their sessions."""

    def end_sessions(self, proceed: Callable[[], None]) -> None:
        return


@fault("session-times-reversed", breaks="a session was last used before it was made")
class SessionTimesReversed(Fault):
    """The two times are mixed up by a year."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "session.get":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        body["last_accessed_time"] = "2001" + body["last_accessed_time"][4:]


@fault("session-user-wrong", breaks="session get names another user")
class SessionUserWrong(Fault):
    """The session belongs to the one who asks, and says otherwise."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.behaviour != "session.get":
            return reply
        return with_object(reply, self._change)

    def _change(self, body: dict[str, Any]) -> None:
        body["user"] = "somebody.else@vsphere.local"


@fault("sign-in-answers-200", breaks="session create answers 200 instead of 201")
class SignInAnswers200(Fault):
    """The status of the success is not the documented one."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return replace(reply, status=200) if call.behaviour == "session.create" and reply.status == 201 else reply


@fault("token-in-error", breaks="errors repeat the session token")
class TokenInError(Fault):
    """The first message of an error names the token that was sent."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        token = call.headers.get("vmware-api-session-id")
        return with_message(reply, f"Request of session {token} failed.") if token else reply


@fault("token-in-header", breaks="answers repeat the session token in a header")
class TokenInHeader(Fault):
    """A header for debugging names the token."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        token = call.headers.get("vmware-api-session-id")
        return replace(reply, headers={**reply.headers, "X-Debug-Session": token}) if token else reply


@fault("token-reused", breaks="two logins of one user get the same token")
class TokenReused(Fault):
    """A session that exists is handed out again."""

    def __init__(self) -> None:
        self._tokens: dict[str, Any] = {}

    def authenticate(self, call: Call, proceed: Callable[[], Caller | None]) -> Caller | None:
        try:
            return proceed()
        except Refusal:
            given = call.headers.get("vmware-api-session-id")
            self._tokens = {user: token for user, token in self._tokens.items() if token != given}
            raise

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        reply = proceed()
        if call.behaviour != "session.create" or call.caller is None:
            return reply
        return replace(reply, body=self._tokens.setdefault(call.caller.user, reply.body))


@fault("trace-echoes", breaks="TRACE repeats the request, token included")
class TraceEchoes(Fault):
    """The method is served, as many servers do unless told otherwise."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.target.method != "TRACE":
            return reply
        lines = [f"TRACE {call.target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in call.headers.items())]
        return Reply(200, "\r\n".join(lines).encode(), "message/http", json=False)


@fault("unauthenticated-answers-403", breaks="a request without a session is refused with 403")
class UnauthenticatedAnswers403(Fault):
    """The two refusals are mixed up."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if reply.status != 401 or call.behaviour == "session.create":
            return reply
        return with_error(replace(reply, status=403), lambda body: body.update(error_type="UNAUTHORIZED"))


@fault("www-authenticate-missing", breaks="a 401 lacks the header WWW-Authenticate")
class WwwAuthenticateMissing(Fault):
    """The client is not told how to authenticate."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if reply.status != 401:
            return reply
        headers = {name: value for name, value in reply.headers.items() if name != "WWW-Authenticate"}
        return replace(reply, headers=headers)
