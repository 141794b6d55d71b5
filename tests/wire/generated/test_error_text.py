"""What an error says to people, by the forms of bodies that servers share."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from fastapi import Body, FastAPI

from tests.suites import served
from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import Reply, client_of, operation, sync


def test_what_fastapi_refuses(generate: Generates) -> None:
    app = FastAPI()

    @app.post("/x")
    def x(a: Annotated[int, Body()], b: Annotated[list[int], Body()]) -> None: ...

    package = generate(**operation("/x", "get"))
    with served(app) as url, client_of(package)(url) as client:
        with pytest.raises(package.UnprocessableEntityError) as caught:
            client.request("POST", "/x", body={"a": "secret-1", "b": [1, "x"]})
    error = caught.value
    assert error.status == 422
    assert error.message.startswith("body.a: Input should be a valid integer")
    assert "; body.b.1: Input should be" in error.message
    assert "secret-1" not in str(error)
    assert [entry["loc"] for entry in error.data["detail"]] == [["body", "a"], ["body", "b", 1]]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"type": "about:blank", "title": "Out of credit", "detail": "It costs 50."}, "Out of credit: It costs 50."),
        ({"title": "Not there.", "detail": "No disk 7"}, "Not there: No disk 7"),
        ({"title": "Busy", "detail": "Busy until noon"}, "Busy until noon"),
        ({"title": "Busy", "detail": ""}, "Busy"),
        ({"message": "m", "title": "t", "detail": "d"}, "m"),
        ({"detail": "d"}, "d"),
        ({"error": "invalid_grant", "error_description": "It is over"}, "It is over"),
        ({"error": {"code": 7, "message": "deep"}}, "deep"),
        ({"errors": [{"title": "One", "detail": "first"}, {"detail": "second"}]}, "One: first; second"),
        ({"errors": ["one", "two", "three", "four", "five"]}, "one; two; three; and 2 more"),
        ({"detail": [{"msg": "bad", "loc": []}]}, "bad"),
        ({"detail": [{"msg": "bad", "loc": ["query", "n"]}, 7]}, "query.n: bad; and 1 more"),
        ({"detail": []}, "The server answered status 422 without a message."),
        ({"detail": [None, {}], "error": {"error": {"error": {"message": "too deep"}}}}, "The server answered status"),
        ({"message": {"de": "x"}, "detail": 7}, "The server answered status 422 without a message."),
        ([{"msg": "x"}], "The server answered status 422 without a message."),
    ],
)
def test_the_text_of(said: Any, message: str, generate: Generates) -> None:
    package = generate(**operation("/x", "get"))
    with sync(package, lambda _: Reply(422, json=said)) as (client, _):
        with pytest.raises(package.UnprocessableEntityError) as caught:
            client.x.call()
    assert caught.value.message.startswith(message)
    assert caught.value.data == said
