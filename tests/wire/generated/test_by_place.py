"""Parameters of the path can be given by their places, which are those that they have in the path."""

from __future__ import annotations

import copy
import inspect
import warnings
from typing import Any

import pytest

from tests.unit.emitters.conftest import Generates, Reads
from tests.wire.generated.calling import both, client_of, operation, serving
from tests.wire.runtime.server import Reply

PATH = "/shelves/{shelf}/books/{book-id}"
TEXT = {"type": "string"}


def parameter(name: str, where: str = "path", **more: Any) -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "schema": TEXT, **more}


def described(*declared: dict[str, Any], path: str = PATH, method: str = "get", **more: Any) -> dict[str, Any]:
    return operation(path=path, method=method, parameters=list(declared), **more)


BOTH_WAYS = [
    (parameter("shelf"), parameter("book-id")),
    (parameter("book-id"), parameter("shelf")),
    (parameter("q", "query"), parameter("book-id"), parameter("shelf")),
]


@pytest.mark.parametrize("declared", BOTH_WAYS)
def test_places_are_those_of_the_path_whatever_the_order_of_the_declarations(
    generate: Generates, declared: tuple[dict[str, Any], ...]
) -> None:
    package = generate(**described(*declared))
    calls = (
        lambda client: client.shelves.books.call("s 1", "b/2"),
        lambda client: client.shelves.books.call("s 1", book_id="b/2"),
        lambda client: client.shelves.books.call(book_id="b/2", shelf="s 1"),
    )
    for call in calls:
        seen, _ = both(package, call)
        assert [each.target for each in seen] == ["/shelves/s%201/books/b%2F2"] * 2


def test_what_the_path_item_declares_stands_where_the_path_has_it(generate: Generates) -> None:
    document = described(parameter("shelf"))
    document["paths"][PATH]["parameters"] = [parameter("book-id")]
    seen, _ = both(generate(**document), lambda client: client.shelves.books.call("s", "b"))
    assert [each.target for each in seen] == ["/shelves/s/books/b"] * 2


def test_everything_else_is_given_by_keyword(generate: Generates) -> None:
    body = {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object", "properties": {"a": TEXT}}}},
    }
    document = described(*BOTH_WAYS[2], parameter("X-Y", "header"), method="post", body=body)
    method = client_of(generate(**document))("http://h").shelves.books.call
    kinds = {name: each.kind for name, each in inspect.signature(method).parameters.items()}
    assert list(kinds) == ["shelf", "book_id", "q", "x_y", "a", "timeout"]
    assert [name for name, kind in kinds.items() if kind is inspect.Parameter.KEYWORD_ONLY] == list(kinds)[2:]
    with pytest.raises(TypeError, match="positional"):
        method("s", "b", "q")


def test_without_a_path_parameter_nothing_is_given_by_place(generate: Generates) -> None:
    package = generate(**described(parameter("q", "query", required=True), path="/books"))
    with pytest.raises(TypeError, match="positional"):
        client_of(package)("http://h").books.call("q")


@pytest.mark.parametrize("name", ["self", "class", "timeout", "list", "_transport", "2nd"])
def test_odd_names_have_places_too(generate: Generates, name: str) -> None:
    document = described(parameter("b"), parameter(name), path=f"/a/{{{name}}}/c/{{b}}")
    seen, _ = both(generate(**document), lambda client: client.a.c.call("1", "2"))
    assert [each.target for each in seen] == ["/a/1/c/2"] * 2


def test_a_deprecated_one_warns_however_it_is_given(generate: Generates) -> None:
    package = generate(**described(parameter("shelf"), parameter("book-id", deprecated=True)))
    with serving(lambda _: Reply(204)) as server, client_of(package)(server.origin, retries=0) as client:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            client.shelves.books.call("s", "b")
            client.shelves.books.call("s", book_id="b")
    assert [w.filename for w in told if w.category is DeprecationWarning] == [__file__] * 2


def test_the_raw_answer_too(generate: Generates) -> None:
    package = generate(**described(*BOTH_WAYS[1]))
    seen, given = both(package, lambda client: client.with_raw_response(client.shelves.books.call)("s", "b"))
    assert [each.target for each in seen] == ["/shelves/s/books/b"] * 2
    assert [answer.status for answer in given] == [204, 204]


def test_another_order_of_declarations_is_no_change(read: Reads) -> None:
    document = described(*BOTH_WAYS[0])
    other = copy.deepcopy(document)
    other["paths"][PATH]["get"]["parameters"].reverse()
    assert [a.name for o in read(**document).api.operations for a in o.arguments] == ["shelf", "book_id"]
    assert read(**document).api.operations[0].arguments == read(**other).api.operations[0].arguments
