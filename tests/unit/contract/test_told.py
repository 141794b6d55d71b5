"""How findings are told: what was sent and came, how to see it again, in words that need no suite."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from xml.etree import ElementTree as ET

import httpx2
import pytest
from vcsdk.contract import junit, page, places
from vcsdk.contract.sentence import operations
from vcsdk.contract.summary import lines
from vcsdk.copied.suite import breach, evidence, options, tasks, titles
from vcsdk.copied.suite.answers import Answer
from vcsdk.copied.suite.check import Finding
from vcsdk.copied.suite.checks import expected_status
from vcsdk.copied.suite.gate import Exchange
from vcsdk.copied.suite.masking import MASK, Secrets
from vcsdk.copied.suite.operations import Effect, Operation
from vcsdk.copied.suite.recording import Recorder

from .results import finding, results, row

KEY, OTHER = "k3y-of-the-store-99", "s3cond-key-of-it-17"
READ = Operation("tasks.get", "get", "GET", "/tasks/{task}", (), "#/paths/~1tasks~1{task}/get", Effect.READ)


def recorder() -> Recorder:
    secrets = Secrets()
    secrets.add(KEY)
    secrets.add(OTHER)
    return Recorder(secrets)


def arguments(line: str, **variables: str) -> list[str]:
    """What a shell makes of a line that calls curl."""
    shown = ["bash", "-c", f"curl() {{ printf '%s\\0' \"$@\"; }}; {line}"]
    done = subprocess.run(shown, env={"PATH": "/usr/bin:/bin", **variables}, capture_output=True, text=True, check=True)
    return done.stdout.split("\0")[:-1]


@pytest.mark.parametrize(
    ("address", "name", "value"),
    [
        ("https://vc/x", "authorization", f"Bearer {KEY}"),
        ("https://vc/x", "authorization", f"Token {KEY}"),
        ("https://vc/x", "authorization", KEY),
        ("https://vc/x", "x-key", KEY),
        ("https://vc/x", "cookie", f"sid={KEY}"),
        ("https://vc/x", "cookie", f"sid={KEY}; other={OTHER}"),
        (f"https://vc/x?key={KEY}&a=it's%20there", "", ""),
        (f"https://vc/x?key={KEY}", "x-key", OTHER),
    ],
)
def test_a_key_comes_from_a_variable(address: str, name: str, value: str) -> None:
    request = httpx2.Request("GET", address, headers={name: value} if name else {})

    line = recorder().curl(request)

    assert not {KEY, OTHER, MASK} & {word for word in (KEY, OTHER, MASK) if word in line}
    sent = arguments(line, TOKEN=KEY, TOKEN_2=OTHER)
    assert sent == ["-i", str(request.url), *(["-H", f"{name}: {value}"] if name else [])]


@pytest.mark.parametrize("value", ["Bearer nobody-was-given-this", f"Bearer {KEY}x", f"a {KEY} b", "sid=wrong"])
def test_what_is_no_key_of_the_run_is_sent_as_the_mask(value: str) -> None:
    line = recorder().curl(httpx2.Request("GET", "https://vc/x", headers={"authorization": value}))

    assert arguments(line) == ["-i", "https://vc/x", "-H", f"authorization: {MASK}"]


def command(shown: dict[str, Any], **chosen: Any) -> list[str]:
    made = results(row("a", "failed", finding()), options=shown)
    made.learn(chosen)
    text = page.render(made.as_dict())
    line = text.partition('-pytest-text" tabindex="0">')[2].partition("</pre>")[0]
    return shlex.split(line.replace("&#39;", "'"))


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        ({"username": "me", "password_env": "NIGHTLY"}, ["--username", "me", "--password-env", "NIGHTLY"]),
        ({"username": "me"}, ["--username", "me", "--password-env", "VC_PASSWORD"]),
        (
            {"powerless_username": "you", "powerless_password_env": "READER"},
            ["--powerless-username", "you", "--powerless-password-env", "READER"],
        ),
        (
            {"token_env": ["key=A", "B"], "token_url": "https://x"},
            ["--token-env", "key=A", "--token-env", "B", "--token-url", "https://x"],
        ),
        ({"client_id": "it", "client_secret_env": "IT"}, ["--client-id", "it", "--client-secret-env", "IT"]),
        ({"max_accepted": 0, "seed": 0}, ["--max-accepted", "0", "--seed", "0"]),
    ],
)
def test_the_line_that_runs_a_test_again_names_what_the_run_was_given(shown: dict[str, Any], words: list[str]) -> None:
    assert command(shown)[-len(words) :] == words


def test_options_that_are_zero_are_told() -> None:
    given = {"max_accepted": 0, "seed": 0, "strict": False, "allow": [], "token_env": ["A"], "username": None}
    config = SimpleNamespace(option=SimpleNamespace(**{f"contract_{name}": value for name, value in given.items()}))

    assert options.shown(cast("pytest.Config", config)) == {"max_accepted": 0, "seed": 0, "token_env": ["A"]}


def exchange(name: str, method: str, path: str, status: int, body: bytes = b"{}") -> Exchange:
    request = httpx2.Request(method, f"https://vc{path}")
    return Exchange(name, status, 0.1, request, httpx2.Response(status, content=body, request=request))


def answer(shown: Exchange) -> Answer:
    assert shown.response is not None
    assert shown.request is not None
    return Answer(
        shown.request.method, "/x", shown.status, shown.response.headers, shown.response.content, READ, host="vc"
    )


def item(case: str = "") -> pytest.Item:
    called = {"callspec": SimpleNamespace(id=case)} if case else {}
    return cast("pytest.Item", SimpleNamespace(name="test_it", get_closest_marker=lambda _: None, **called))


def describe(
    error: BaseException, sent: list[Exchange], case: str = "", about: str = "things.change"
) -> dict[str, Any]:
    return evidence.describe(item(case), error, about, sent, recorder())


def test_the_exchange_that_showed_it_stands_beside_the_one_it_is_about() -> None:
    change = exchange("things.change", "PATCH", "/things/1", 200)
    reading = exchange("tasks.get", "GET", "/things/1", 200, b'{"a": "old"}')
    later = exchange("tasks.get", "GET", "/things/2", 404)
    error = Finding(expected_status.CHECK, "`a` is not shown", answer(reading), operation="things.change")

    told = describe(error, [change, reading, later])

    assert told["request"]["url"] == "https://vc/things/1"
    assert told["request"]["method"] == "PATCH"
    assert told["seen_in"]["response"]["body"] == '{"a": "old"}'
    assert told["seen_in"]["curl"] == "curl -i https://vc/things/1"


def test_a_later_request_of_the_operation_is_not_blamed() -> None:
    wrong, later = (exchange("tasks.get", "GET", f"/tasks/{number}", 200) for number in (1, 2))

    told = describe(Finding(expected_status.CHECK, "wrong", answer(wrong)), [wrong, later], about="tasks.get")

    assert told["request"]["url"] == "https://vc/tasks/1"
    assert "seen_in" not in told


@pytest.mark.parametrize(
    "record",
    [
        {"status": "RUNNING", "progress": {"total": 100, "completed": 130}},
        {"status": "SUCCEEDED", "progress": {"total": 100, "completed": 50}},
        {"status": "LATER"},
    ],
)
def test_what_is_wrong_with_a_record_is_about_its_reading(record: dict[str, Any]) -> None:
    start = exchange("cluster.failover", "POST", "/cluster", 202)
    reading = exchange("tasks.get", "GET", "/tasks/1", 200, json.dumps(record).encode())
    after = exchange("cluster.mode.get", "GET", "/mode", 200)

    with pytest.raises(Finding) as caught:
        tasks._checked([], answer(reading))

    cleaned = exchange("tasks.get", "GET", "/tasks/2", 200)
    told = describe(caught.value, [start, reading, after, cleaned], about="cluster.failover")
    assert (told["operation"], told["request"]["url"]) == ("tasks.get", "https://vc/tasks/1")
    assert json.loads(told["response"]["body"]) == record


@pytest.mark.parametrize(
    ("method", "path", "case", "title"),
    [
        ("POST", "/things", "name missing", "POST /things (name missing) answered 201, not 422"),
        ("PUT", "/things/1", "no body", "PUT /things/1 (no body) answered 201, not 422"),
        ("PATCH", "/things/1", "x" * 70, f"PATCH /things/1 ({'x' * 60}…) answered 201, not 422"),
        ("POST", "/things/%27", "%27", "POST /things/%27 answered 201, not 422"),
        ("GET", "/things?a=text", "a=text", "GET /things?a=text answered 201, not 422"),
        ("POST", "/things", "", "POST /things answered 201, not 422"),
    ],
)
def test_a_title_says_what_was_wrong_with_a_body(method: str, path: str, case: str, title: str) -> None:
    error = Finding(expected_status.CHECK, "expected 422", expected=(422,))
    found = breach.read(item(), error, str)

    assert titles.title(error, found, exchange("x", method, path, 201), "expected 422", case) == title


def test_a_place_has_its_own_case_or_none() -> None:
    one = finding() | {"case": "no body", "seen_in": {"request": None, "response": None, "curl": ""}}
    other = finding("vcha.cluster.mode.get")

    made = results(row("a", "failed", one), row("b", "failed", other)).as_dict()

    assert [place.get("case") for place in places.apart(made)] == ["no body", None]
    assert ["seen_in" in place for place in places.apart(made)] == [True, False]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ([], "the whole API"),
        (["", ""], "the whole API"),
        (["b", "a", "b"], "a, b"),
        (["a", "b", "c", "d", ""], "4 operations"),
    ],
)
def test_operations_in_a_few_words(names: list[str], told: str) -> None:
    assert operations(names) == told


def printed(*rows: dict[str, Any], at: Path | None = None) -> list[str]:
    return [*lines(results(*rows).as_dict(), at)]


def test_the_terminal_says_what_it_is_what_was_sent_and_where_the_report_is(tmp_path: Path) -> None:
    request = {"method": "POST", "url": "https://vc/x", "headers": [], "body": '{\n "a": 1}'}
    title = "POST /x answered 201: what was made is not shown"
    one = finding(message="What was made is not shown\nGET /x → 404", title=title, request=request)

    shown = printed(row("a", "failed", one), row("b", "failed", one), at=tmp_path / "index.html")

    start = shown.index(f"  content: {title}")
    assert shown[start + 1 : start + 4] == [
        '      sent: { "a": 1}',
        "      GET /x → 404",
        f"      body-fits {one['fingerprint']}, in contract/test_x.py::TestGet::a and 1 more",
    ]
    assert shown[-2] == f"Report: {tmp_path / 'index.html'}"
    assert shown[-1].startswith("The contract is broken")


def test_what_was_not_tested_names_its_operations() -> None:
    shown = printed(row("a", "skipped", message="why"), row("b", "skipped", message="why"), row("c"))

    assert "     2  why (vcha.cluster.get)" in shown


@pytest.mark.parametrize(
    ("request_", "statuses", "hint"),
    [
        ("GET /a/{b}", [404], "contract.values"),
        ("GET /a/{b}", [404, 401], "contract.values"),
        ("GET /a/{b}", [401], "refused for who asks"),
        ("GET /a/{b}", [401, 403, 407], "refused for who asks"),
        ("GET /a", [403], "refused for who asks"),
        ("GET /a", [409], ""),
        ("GET /a", [], ""),
    ],
)
def test_what_was_never_answered_with_a_success_says_what_it_lacks(
    request_: str, statuses: list[int], hint: str
) -> None:
    exchanges = [("vcha.cluster.get", status, "") for status in statuses]
    made = results(row("a", exchanges=exchanges)).as_dict()
    made["operations"]["vcha.cluster.get"] |= {"request": request_, "requests": max(1, len(statuses))}
    shown = [*lines(made)]
    at = shown.index("Never answered with a success (1)")
    assert shown[at + 1].split() == ["vcha.cluster.get", *request_.split()]
    assert (hint in shown[at + 2]) if hint else shown[at + 2] == ""


HOSTILE = "<b>it</b>"


def test_the_page_has_all_that_the_terminal_has() -> None:
    seen = {
        "request": {"method": "GET", "url": "https://vc/read", "headers": [], "body": None},
        "response": {"status": 418, "headers": [], "body": None},
        "curl": "curl -i https://vc/read-again",
    }
    one = finding() | {"case": HOSTILE, "seen_in": seen}
    made = results(row("a", "failed", one, fails_if="Any answer but 400 fails it."), row("b", "skipped", message="why"))
    made.left, made.notes = [f"/things/1: {HOSTILE}"], [f"a note: {HOSTILE}"]
    made.learn({"api": "Things 7"})

    text = page.render(made.as_dict())

    assert HOSTILE not in text
    for told in (
        "/things/1: &lt;b&gt;it",
        "a note: &lt;b&gt;it",
        "<code>&lt;b&gt;it",
        "Any answer but 400 fails it.",
        "https://vc/read</b>",
        "https://vc/read-again</pre>",
        "HTTP 418",
        "(no body)",
        "Things 7 ·",
        "1 test of vcha.cluster.get: why",
    ):
        assert told in text, told


def test_a_page_of_nothing_left_says_nothing_of_it() -> None:
    text = page.render(results(row("a")).as_dict())

    assert "Left on the target" not in text
    assert 'href="#left"' not in text


@pytest.mark.parametrize("prefix", ["", "/api", "/rest"])
def test_a_message_names_the_path_that_was_asked(prefix: str) -> None:
    told = Answer("GET", "/session?a=1", 200, {}, b"", prefix=prefix)

    assert str(told) == f"GET {prefix}/session?a=1 → 200"


def test_a_rule_that_is_a_name_is_spelled_as_people_do() -> None:
    test = cast("pytest.Item", SimpleNamespace(name="test_a_body_that_is_not_json_is_refused", function=None))

    assert breach.title(test) == "A body that is not JSON is refused."


def test_junit_names_the_api_and_the_title() -> None:
    made = results(row("a", "failed", finding(title="GET /x answered 500")))
    made.learn({"api": "Things 7"})

    text = junit.text(made.as_dict())

    assert '<property name="api" value="Things 7" />' in text
    assert 'message="GET /x answered 500"' in text


@pytest.mark.parametrize(
    "curl", ["curl -i 'https://vc/x?a=<b>&c'", "curl -i https://vc/x -H 'a: '\"${TOKEN}\"", "\x00curl", ""]
)
def test_a_failure_in_junit_says_how_to_see_it_again(curl: str) -> None:
    made = results(row("a", "failed", finding(curl=curl, message="it is wrong")))

    failure = ET.fromstring(junit.text(made.as_dict())).find(".//failure")

    assert failure is not None
    assert failure.text is not None
    first, *again, last = failure.text.splitlines()
    assert (first, last[:12]) == ("it is wrong", "fingerprint:")
    assert [line.removeprefix("first shown by: ") for line in again] == (
        [curl.replace("\x00", "\ufffd")] if curl else []
    )
