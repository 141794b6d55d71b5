"""What a request can do, and which requests may leave."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest
from vcsdk.copied.suite import simulated
from vcsdk.copied.suite.description import Description
from vcsdk.copied.suite.gate import Gate, LimitReached, NotSimulated, Policy, RequestRefused
from vcsdk.copied.suite.ledger import Ledger
from vcsdk.copied.suite.masking import Secrets
from vcsdk.copied.suite.operations import Catalogue, Effect, Operation
from vcsdk.copied.suite.shared import Shared


def operation(name: str, line: str, effect: Effect, **more: object) -> Operation:
    method, _, address = line.partition(" ")
    path, _, query = address.partition("?")
    pairs = tuple((key, value) for key, _, value in (pair.partition("=") for pair in query.split("&") if pair))
    return Operation(name, name, method, path, pairs, "#/paths", effect, **more)  # type: ignore[arg-type]


CATALOGUE = Catalogue(
    (
        operation("login", "POST /session", Effect.READ, role="session-create"),
        operation("logout", "DELETE /session", Effect.WRITE, role="session-delete"),
        operation("get", "POST /cluster?action=get", Effect.READ),
        operation("failover", "POST /cluster?action=failover&vmw-task=true", Effect.DESTRUCTIVE, disrupts=True),
        operation("mode", "PUT /mode?vmw-task=true", Effect.WRITE),
        operation("task", "GET /tasks/{task}", Effect.READ),
    ),
    prefix="/api",
    session_header="token",
)

DESCRIPTION = Description(Path("nothing reads it"))


@pytest.mark.parametrize("path", ["/", "/x/{a}"])
def test_what_nothing_tells_apart_can_do_the_worst_of_both(path: str) -> None:
    twins = (
        operation("list", f"POST {path}", Effect.READ),
        operation("drop", f"POST {path.replace('{a}', '{b}')}", Effect.DESTRUCTIVE),
        operation("look", f"GET {path}", Effect.READ),
    )
    address = path.replace("{a}", "1")
    assert Catalogue(twins).effect("POST", address)[0] is Effect.DESTRUCTIVE
    assert Catalogue(twins).effect("GET", address)[0] is Effect.READ
    assert Catalogue(twins[:1]).effect("POST", address)[0] is Effect.READ


@pytest.mark.parametrize(
    ("method", "address", "effect"),
    [
        ("POST", "/api/cluster?action=get", Effect.READ),
        ("POST", "/api/cluster?action=get&partial=true", Effect.READ),
        ("POST", "/api/cluster?action=failover&vmw-task=true", Effect.DESTRUCTIVE),
        ("POST", "/api/cluster?vmw-task=true&action=failover", Effect.DESTRUCTIVE),
        ("POST", "/api/cluster?action=failover", Effect.DESTRUCTIVE),
        ("POST", "/api/cluster", Effect.DESTRUCTIVE),
        ("POST", "/api/cluster?action=nonsense", Effect.DESTRUCTIVE),
        ("POST", "/api/cluster?action=get&action=failover", Effect.DESTRUCTIVE),
        ("POST", "/api/cluster?action=get&vmw-task=true", Effect.DESTRUCTIVE),
        ("PATCH", "/api/cluster", Effect.DESTRUCTIVE),
        ("GET", "/api/cluster", Effect.READ),
        ("PUT", "/api/mode?vmw-task=true", Effect.WRITE),
        ("GET", "/api/tasks/a", Effect.READ),
        ("DELETE", "/api/tasks/a", Effect.WRITE),
        ("POST", "/api/unknown", Effect.WRITE),
        ("GET", "/api/unknown", Effect.READ),
    ],
)
def test_a_request_counts_as_the_worst_it_may_be_taken_for(method: str, address: str, effect: Effect) -> None:
    path, _, query = address.partition("?")

    assert CATALOGUE.effect(method, path, query)[0] is effect


TEMPLATES = Catalogue(
    (
        operation("remove", "DELETE /vms/{vm}", Effect.DESTRUCTIVE),
        operation("get", "GET /vms/{vm}", Effect.READ),
        operation("summary", "GET /vms/summary", Effect.READ),
        operation("wipe", "POST /vms/{vm}?action=wipe", Effect.DESTRUCTIVE),
        operation("find", "POST /vms/search?action=find", Effect.READ),
        operation("check", "POST /vms/check", Effect.READ),
        operation("do", "POST /vms/{vm}", Effect.WRITE),
        operation("of any", "GET /vms/{vm}/disks/{disk}", Effect.READ),
        operation("of one", "GET /vms/{vm}/disks/first", Effect.READ),
        operation("of mine", "GET /vms/mine/disks/{disk}", Effect.READ),
        operation("patch of any", "PATCH /vms/{vm}/disks/{disk}", Effect.WRITE),
    ),
    prefix="/api",
)


@pytest.mark.parametrize(
    ("method", "address", "name"),
    [
        ("GET", "/api/vms/summary", "summary"),
        ("GET", "/api/vms/other", "get"),
        # A path without parameters is meant, also by a method that it does not have.
        ("DELETE", "/api/vms/summary", None),
        ("POST", "/api/vms/search?action=find", "find"),
        ("POST", "/api/vms/search?action=wipe", None),
        ("GET", "/api/vms/a/disks/first", "of one"),
        ("GET", "/api/vms/mine/disks/first", "of mine"),
        ("GET", "/api/vms/a/disks/b", "of any"),
        # One with parameters leaves other methods to the next.
        ("PATCH", "/api/vms/mine/disks/first", "patch of any"),
    ],
)
def test_the_most_literal_path_is_meant(method: str, address: str, name: str | None) -> None:
    path, _, query = address.partition("?")

    found = TEMPLATES.match(method, path, query)

    assert (found.name if found is not None else None) == name


@pytest.mark.parametrize(
    ("method", "address", "effect", "names"),
    [
        ("GET", "/api/vms/summary", Effect.READ, ["summary", "get"]),
        ("DELETE", "/api/vms/summary", Effect.DESTRUCTIVE, ["remove", "get", "summary", "wipe", "do"]),
        ("POST", "/api/vms/check", Effect.WRITE, ["check", "do"]),
        ("POST", "/api/vms/a", Effect.WRITE, ["do"]),
    ],
)
def test_a_server_may_not_know_the_literal_path(method: str, address: str, effect: Effect, names: list[str]) -> None:
    worst, operations = TEMPLATES.effect(method, address)

    assert (worst, [o.name for o in operations]) == (effect, names)


def client(folder: Path, status: int, policy: Policy, limit: int = 1) -> tuple[httpx2.Client, Gate, list[str]]:
    sent: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(str(request.url))
        return httpx2.Response(status, json="a-new-token")

    shared = Shared(folder)
    ledger = Ledger(shared.accepted, limit)
    gate = Gate(httpx2.MockTransport(answer), CATALOGUE, policy, ledger, Secrets(), shared, DESCRIPTION)
    return httpx2.Client(transport=gate, base_url="http://target/api"), gate, sent


FAILOVER = "/cluster?action=failover&vmw-task=true"
ALL = Policy(Effect.DESTRUCTIVE, frozenset({"failover"}))


@pytest.mark.parametrize(
    "policy", [Policy(), Policy(Effect.DESTRUCTIVE), Policy(Effect.WRITE, frozenset({"failover"}))]
)
def test_a_request_beyond_the_policy_does_not_leave(policy: Policy, tmp_path: Path) -> None:
    http, _, sent = client(tmp_path, 202, policy)

    with pytest.raises(RequestRefused):
        http.post(FAILOVER)

    assert sent == []


def test_an_accepted_call_uses_its_place_up(tmp_path: Path) -> None:
    http, gate, sent = client(tmp_path, 202, ALL)
    http.post(FAILOVER)

    with pytest.raises(LimitReached):
        http.post(FAILOVER)

    assert len(sent) == 1
    assert gate.disturbed


def test_a_refused_call_gives_its_place_back(tmp_path: Path) -> None:
    http, gate, sent = client(tmp_path, 400, ALL)

    for _ in range(3):
        http.post(FAILOVER)

    assert len(sent) == 3
    assert not gate.disturbed


def test_a_call_without_an_answer_keeps_its_place(tmp_path: Path) -> None:
    http, gate, _ = client(tmp_path, 202, ALL)

    def die(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ReadError("reset", request=request)

    gate.inner = httpx2.MockTransport(die)
    with pytest.raises(httpx2.ReadError):
        http.post(FAILOVER)

    with pytest.raises(LimitReached):
        http.post(FAILOVER)
    assert gate.exchanges[0].status == 0


def test_the_runs_own_session_is_not_logged_out(tmp_path: Path) -> None:
    http, gate, sent = client(tmp_path, 204, Policy())
    gate.protected.add("mine")

    with pytest.raises(RequestRefused):
        http.delete("/session", headers={"token": "mine"})
    http.delete("/session", headers={"token": "throw-away"})

    assert len(sent) == 1


def test_a_new_token_is_a_secret_from_then_on(tmp_path: Path) -> None:
    http, gate, _ = client(tmp_path, 201, Policy())

    http.post("/session")

    assert gate.secrets.mask("it is a-new-token") == "it is [masked]"


class Origin:
    """A target that proves to be a simulator as long as `named` says so."""

    def __init__(self) -> None:
        self.named, self.fails, self.sent = True, False, list[str]()

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.sent.append(f"{request.method} {request.url.path}")
        if self.fails:
            raise httpx2.ReadError("reset", request=request)
        name = simulated.NAME if self.named else "envoy"
        return httpx2.Response(200, json={"simulator": simulated.NAME}, headers={"Server": name})


PROOF = ["GET /_simulator/state", "GET /api/_simulator"]


def everything(folder: Path) -> tuple[httpx2.Client, Origin]:
    shared, origin = Shared(folder), Origin()
    policy = Policy(Effect.DESTRUCTIVE, frozenset(o.name for o in CATALOGUE.operations), simulated=True)
    gate = Gate(
        httpx2.MockTransport(origin), CATALOGUE, policy, Ledger(shared.accepted, 9), Secrets(), shared, DESCRIPTION
    )
    return httpx2.Client(transport=gate, base_url="http://localhost/api"), origin


def test_where_everything_is_allowed_the_target_proves_itself_before_the_first_change(tmp_path: Path) -> None:
    http, origin = everything(tmp_path)
    http.get("/tasks/a")
    assert origin.sent == ["GET /api/tasks/a"]

    http.put("/mode?vmw-task=true")
    http.post(FAILOVER)

    assert origin.sent[1:] == [*PROOF, "PUT /api/mode", "POST /api/cluster"]


def test_a_target_that_is_another_one_meanwhile_has_to_prove_itself_again(tmp_path: Path) -> None:
    http, origin = everything(tmp_path)
    http.put("/mode?vmw-task=true")
    origin.named = False
    http.get("/tasks/a")

    with pytest.raises(NotSimulated):
        http.post(FAILOVER)

    assert origin.sent[-2:] == PROOF


def test_so_has_one_that_was_away(tmp_path: Path) -> None:
    http, origin = everything(tmp_path)
    http.put("/mode?vmw-task=true")
    origin.fails = True
    with pytest.raises(httpx2.ReadError):
        http.get("/tasks/a")
    origin.fails, origin.named = False, False

    with pytest.raises(NotSimulated):
        http.delete("/tasks/a")

    assert origin.sent[-2:] == PROOF


@pytest.mark.parametrize(
    ("url", "is_here"),
    [
        ("http://127.0.0.1:8080", True),
        ("http://127.9.9.9", True),
        ("https://[::1]:8443", True),
        ("http://LOCALHOST.:8080", True),
        ("http://localhost.example.com", False),
        ("http://0.0.0.0:8080", False),
        ("http://10.0.0.1", False),
        ("http://[::ffff:10.0.0.1]", False),
        ("https://vc.example.com", False),
    ],
)
def test_which_hosts_are_this_machine(url: str, is_here: bool) -> None:
    assert simulated.is_on_this_machine(url) is is_here
