"""From what a server answers to the exception that a caller meets."""

from __future__ import annotations

import pickle
from typing import Any

import httpx2
import msgspec
import pytest
from vcsdk.copied.runtime import (
    Answer,
    ApiError,
    ApiFacts,
    ArgumentError,
    ForbiddenError,
    Model,
    NotFoundError,
    OpenModel,
    Operation,
    OutcomeUnknown,
    RawAnswer,
    SdkError,
    ServerError,
    TaskFailed,
    TaskTimeout,
    UnavailableError,
    UnexpectedAnswer,
    VapiError,
    errors,
    one_of,
)
from vcsdk.copied.runtime.answers import error_of, value_of
from vcsdk.copied.runtime.vapi import errors as vapi

from tests.wire.runtime.vcenter import FACTS, FAILOVER, NotAllowedInCurrentState, NotFound, Unauthorized


def answer(status: int, body: Any, **headers: str) -> RawAnswer:
    content = body if isinstance(body, bytes) else msgspec.json.encode(body)
    return RawAnswer(status, httpx2.Headers({k.replace("_", "-"): v for k, v in headers.items()}), content)


def raised(status: int, body: Any, **headers: str) -> ApiError:
    return error_of(FACTS, FAILOVER, answer(status, body, **headers))


def test_the_text_reads_as_the_house_wants_it() -> None:
    error = raised(
        400,
        {
            "error_type": "NOT_ALLOWED_IN_CURRENT_STATE",
            "messages": [
                {"id": "a", "default_message": "Failover is not allowed while the mode is {0}.", "args": ["DISABLED"]},
                {"id": "b", "default_message": "Failover needs mode ENABLED.", "args": []},
            ],
            "data": {"mode": "DISABLED"},
        },
        x_request_id="7f3c",
    )
    assert type(error) is NotAllowedInCurrentState
    assert str(error) == (
        "Failover is not allowed while the mode is DISABLED.\n"
        "  caused by: Failover needs mode ENABLED.\n"
        "  POST /vcenter/vcha/cluster?action=failover&vmw-task=true → 400 NOT_ALLOWED_IN_CURRENT_STATE   (request 7f3c)"
    )
    assert error.data == {"mode": "DISABLED"}
    assert (error.status, error.operation, error.request_id) == (400, "vcha.cluster.failover", "7f3c")


MESSAGE = {"id": "m", "default_message": "No {p}.", "args": []}


@pytest.mark.parametrize(
    "body",
    [
        {"error_type": "UNAUTHORIZED", "messages": [{**MESSAGE, "params": {"p": {"s": "way"}}}]},
        {"error_type": "UNAUTHORIZED", "messages": [{**MESSAGE, "params": [{"key": "p", "value": {"s": "way"}}]}]},
        {
            "type": "com.vmware.vapi.std.errors.unauthorized",
            "value": {"messages": [{**MESSAGE, "params": [{"key": "p", "value": {"s": "way"}}]}]},
        },
        {"value": {"error_type": "UNAUTHORIZED", "messages": [{**MESSAGE, "params": {"p": {"s": "way"}}}]}},
    ],
    ids=["map", "pairs", "envelope", "value"],
)
def test_every_wire_form_gives_the_typed_error(body: Any) -> None:
    error = raised(403, body)
    assert type(error) is Unauthorized
    assert isinstance(error, ForbiddenError)
    assert error.message == "No way."
    assert error.messages[0].params["p"].s == "way"


@pytest.mark.parametrize(
    ("status", "body", "kind", "also"),
    [
        (403, {"error_type": "BRAND_NEW", "messages": []}, Unauthorized, VapiError),
        (404, b"<html>not here</html>", NotFound, NotFoundError),
        (418, {"error_type": "TEAPOT", "messages": []}, VapiError, ApiError),
        (500, b"", vapi.VapiServerError, ServerError),
        (502, b"bad gateway", vapi.VapiServerError, ServerError),
        (503, b"\xff\xfe", vapi.VapiUnavailable, UnavailableError),
        (403, {"error_type": "NOT_FOUND", "messages": []}, NotFound, NotFoundError),
        (400, [1, 2], vapi.VapiBadRequest, errors.BadRequestError),
        (422, {}, vapi.VapiUnprocessable, errors.UnprocessableEntityError),
        (429, {}, vapi.VapiRateLimited, errors.RateLimitError),
        (500, b"[" * 5000, vapi.VapiServerError, ServerError),
    ],
)
def test_whatever_comes_is_typed_by_error_type_then_by_status(
    status: int, body: Any, kind: type[ApiError], also: type
) -> None:
    error = raised(status, body)
    assert type(error) is kind
    assert isinstance(error, also)
    assert isinstance(error, VapiError)
    assert error.status == status
    assert error.response is not None
    assert error.response.content == (body if isinstance(body, bytes) else msgspec.json.encode(body))
    assert error.message


def test_an_error_type_that_the_server_did_not_name_is_not_made_up() -> None:
    assert raised(404, b"<html>").error_type is None
    assert NotFound("by hand").error_type == "NOT_FOUND"


def test_an_unknown_error_type_is_kept() -> None:
    assert raised(400, {"error_type": "BRAND_NEW", "messages": []}).error_type == "BRAND_NEW"


def test_a_plain_api_gives_the_documented_error() -> None:
    class Problem(Model):
        detail: str

    facts = ApiFacts()
    operation = Operation(name="x", method="GET", path="/x", answers={"4XX": Answer(Problem)})
    error = error_of(facts, operation, answer(404, {"detail": "gone"}))
    assert type(error) is NotFoundError
    assert error.data == Problem(detail="gone")
    assert error.message == "gone"


def test_an_error_holds_no_credentials() -> None:
    error = raised(403, {}, set_cookie="vmware-api-session-id=t0k", vmware_api_session_id="t0k", x="y")
    assert error.response is not None
    assert dict(error.response.headers) == {"x": "y"}


EVERY = [
    raised(400, {"error_type": "NOT_ALLOWED_IN_CURRENT_STATE", "messages": [MESSAGE], "data": {"a": [1]}}),
    ArgumentError("planned: expected bool, got str"),
    errors.ConnectionFailed("x", operation="o", reason="refused"),
    OutcomeUnknown("x", operation="o", reason="reset", hint="look"),
    UnexpectedAnswer("x", operation="o", response=answer(200, {})),
    TaskFailed("x", task="t", error=raised(500, {})),
    TaskTimeout("x", task="t", note="n"),
    errors.ClientClosed("x"),
]


@pytest.mark.parametrize("error", EVERY, ids=lambda e: type(e).__name__)
def test_every_error_survives_pickling(error: SdkError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert copy.__dict__.keys() == error.__dict__.keys()


def test_the_docstring_draws_the_whole_family() -> None:
    assert errors.__doc__ is not None
    for name, kind in vars(errors).items():
        if isinstance(kind, type) and issubclass(kind, SdkError) and not name.startswith("_"):
            assert f"{name} " in errors.__doc__ or f"{name}\n" in errors.__doc__, name


class Info(Model):
    mode: str | None = None
    labels: dict[str, int] | None = None


class Labels(OpenModel):
    mode: str | None = None
    additional_properties: dict[str, int] = msgspec.field(default_factory=dict)


class Lamp(Model, tag_field="kind", tag="lamp"):
    mode: str | None = None


Family = one_of("Family", lambda: (Lamp,), "kind", lambda: {"lamp": Lamp})

GET = Operation(name="x", method="GET", path="/x", answers={"200": Answer(Info), "default": Answer(dict)})


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        (Info, {"mode": "A", "labels": {"a": 1}}, Info(mode="A", labels={"a": 1})),
        (Info, {"value": {"mode": "A"}}, Info(mode="A")),
        (Info, {"value": {"labels": [{"key": "a", "value": 1}]}}, Info(labels={"a": 1})),
        (Info, {"labels": [{"key": "a", "value": 1}]}, Info(labels={"a": 1})),
        (list[Info], {"value": [{"mode": "A"}]}, [Info(mode="A")]),
        (str, {"value": "t"}, "t"),
        (dict[str, Info], [{"key": "a", "value": {"mode": "A"}}], {"a": Info(mode="A")}),
        (dict[str, int], {"value": 3}, {"value": 3}),
        (dict[str, int], {"value": [{"key": "a", "value": 1}]}, {"a": 1}),
        (Info | None, {"value": None}, None),
        (Labels, {"value": {"mode": "A", "x": 1}}, Labels(mode="A", additional_properties={"x": 1})),
        (Labels, {"mode": "A", "value": 1}, Labels(mode="A", additional_properties={"value": 1})),
        (Family, {"value": {"kind": "lamp", "mode": "A"}}, Lamp(mode="A")),
        (Family, {"kind": "lamp", "mode": "A"}, Lamp(mode="A")),
    ],
)
def test_both_shapes_decode(kind: Any, body: Any, expected: Any) -> None:
    operation = Operation(name="x", method="GET", path="/x", answers={"200": Answer(kind)})
    assert value_of(FACTS, operation, answer(200, body)) == expected


def test_a_plain_api_knows_one_shape_only() -> None:
    assert value_of(ApiFacts(), GET, answer(200, {"value": {"mode": "A"}})) == Info()


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (200, b"<html>", "does not fit"),
        (200, {"mode": 1}, r"answer\.mode: expected str"),
        (200, b"", "does not fit"),
        (200, b"[" * 5000, "does not fit"),
        (302, b"", "is the target right"),
    ],
)
def test_a_success_that_cannot_be_read_is_unexpected(status: int, body: Any, said: str) -> None:
    with pytest.raises(UnexpectedAnswer, match=said) as caught:
        value_of(FACTS, GET, answer(status, body))
    assert caught.value.status == status
    assert caught.value.response is not None


def test_an_undocumented_success_is_read_as_the_documented_one() -> None:
    assert value_of(FACTS, GET, answer(201, {"mode": "A"})) == Info(mode="A")
    nothing = Operation(name="x", method="GET", path="/x", answers={"204": Answer(None)})
    assert value_of(FACTS, nothing, answer(200, b"")) is None


def test_text_bytes_and_several_content_types() -> None:
    several = Operation(
        name="x",
        method="GET",
        path="/x",
        answers={"200": (Answer(Info), Answer(str, "text/plain"), Answer(bytes, "application/octet-stream"))},
    )
    assert several.accept == "application/json, text/plain;q=0.5, application/octet-stream;q=0.5"
    assert (
        value_of(FACTS, several, answer(200, "ü".encode("latin-1"), content_type="text/plain; charset=latin-1")) == "ü"
    )
    assert value_of(FACTS, several, answer(200, b"\x00", content_type="application/octet-stream")) == b"\x00"
    assert value_of(FACTS, several, answer(200, {}, content_type="application/json")) == Info()
