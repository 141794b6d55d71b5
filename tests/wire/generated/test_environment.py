"""`from_env()`: a client by variables of the environment."""

from __future__ import annotations

import asyncio
import base64
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.generated import imported, read_spec, write_client
from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import Reply, Seen, client_of, operation, serving
from tests.wire.generated.test_servers import api
from tests.wire.runtime.test_secrets import everything
from tests.wire.simulator.conftest import PASSWORD, QUICK

SECRET = "hunter2-s3cr3t-p4ss"
USER = "administrator@vsphere.local"


@pytest.fixture(scope="module")
def vcenter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    described = read_spec()
    folder = tmp_path_factory.mktemp("vcenter")
    with imported(write_client(described.api, described.config, described.document, folder), "vcenter_vcha") as package:
        yield package


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with Simulator(read_spec(), SimulatorOptions(**QUICK)).running() as found:
        yield found


class Variables:
    """Sets the environment, which has none of them before."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def __call__(self, prefix: str = "VCENTER", **values: str | None) -> None:
        for name, value in values.items():
            if value is None:
                self._patch.delenv(f"{prefix}_{name}")
            else:
                self._patch.setenv(f"{prefix}_{name}", value)


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> Variables:
    return Variables(monkeypatch)


def refused(kind: Any, *args: Any, **given: Any) -> str:
    """What both clients say; neither it nor a traceback shows a secret."""
    said = []
    for made in (kind, next(k for k in _module(kind) if k.__name__ == f"Async{kind.__name__}")):
        with pytest.raises(ValueError) as caught:
            made.from_env(*args, **given)
        assert type(caught.value).__name__ == "ArgumentError"
        assert SECRET not in everything(caught.value)
        said.append(str(caught.value))
    assert said[0] == said[1]
    return said[0]


def _module(kind: Any) -> list[Any]:
    return [value for value in vars(inspect.getmodule(kind)).values() if inspect.isclass(value)]


def modes(vcenter: ModuleType, **given: Any) -> None:
    """The same call by both clients of the environment."""
    with vcenter.VCenter.from_env(**given) as vc:
        assert vc.vcha.cluster.mode.get()

    async def run() -> None:
        async with vcenter.AsyncVCenter.from_env(**given) as vc:
            assert await vc.vcha.cluster.mode.get()

    asyncio.run(run())


def test_a_vcenter(vcenter: ModuleType, url: str, env: Variables) -> None:
    env(TARGET=url, USERNAME=USER, PASSWORD=PASSWORD)
    modes(vcenter)
    shown = repr(vcenter.VCenter.from_env())
    assert shown == f"VCenter('{url}', username='{USER}')"


def test_a_base_url_in_place_of_the_target(vcenter: ModuleType, url: str, env: Variables) -> None:
    env(BASE_URL=f"{url}/api", USERNAME=USER, PASSWORD=PASSWORD)
    modes(vcenter)
    env(TARGET=url)
    modes(vcenter)  # they lead to the same
    env(TARGET="http://127.0.0.1:1")
    assert "VCENTER_TARGET, VCENTER_BASE_URL: lead to different addresses" in refused(vcenter.VCenter)


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_password_file(end: str, vcenter: ModuleType, url: str, env: Variables, tmp_path: Path) -> None:
    (tmp_path / "password").write_bytes(f"{PASSWORD}{end}".encode())
    env(TARGET=url, USERNAME=USER, PASSWORD_FILE=str(tmp_path / "password"))
    modes(vcenter)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "its file cannot be read: No such file or directory"),
        (b"", "its file is empty"),
        (b"\n", "its file is empty"),
        (SECRET.encode("utf-16"), "its file is no UTF-8"),
        (b"x" * 70000, "its file has more than 65536 bytes"),
    ],
)
def test_a_password_file_that_cannot_be_used(
    content: bytes | None, said: str, vcenter: ModuleType, env: Variables, tmp_path: Path
) -> None:
    path = tmp_path / SECRET
    if content is not None:
        path.write_bytes(content)
    env(TARGET="http://127.0.0.1:1", USERNAME=USER, PASSWORD_FILE=str(path))
    assert refused(vcenter.VCenter) == f"VCENTER_PASSWORD_FILE: {said}"
    env(PASSWORD_FILE=str(tmp_path))
    assert refused(vcenter.VCenter) == "VCENTER_PASSWORD_FILE: its file cannot be read: Is a directory"


def test_only_the_last_line_end_is_dropped(generate: Generates, env: Variables, tmp_path: Path) -> None:
    document = secured("http", scheme="basic")
    (tmp_path / "password").write_text("two\nlines\n\n")
    env("THING", USERNAME="u", PASSWORD_FILE=str(tmp_path / "password"))
    for seen in seen_by(generate(**document)):
        assert base64.b64decode(seen.headers["authorization"].split()[1]) == b"u:two\nlines\n"


def test_keywords_win(vcenter: ModuleType, url: str, env: Variables) -> None:
    env(TARGET="http://127.0.0.1:1", USERNAME="x", PASSWORD=SECRET, TIMEOUT="0.001", CA_BUNDLE="/nowhere")
    modes(vcenter, target=url, username=USER, password=PASSWORD, timeout=9, verify=False)
    env(PASSWORD="", PASSWORD_FILE="/nowhere", USERNAME="", TOKEN="", TARGET="", TIMEOUT="", CA_BUNDLE="")
    modes(vcenter, base_url=f"{url}/api", username=USER, password=PASSWORD, timeout=9, verify=False)


def test_a_token_by_keyword_stands_in_place_of_a_user(vcenter: ModuleType, env: Variables) -> None:
    def answered(seen: Seen) -> Reply:
        assert "authorization" not in seen.headers
        return Reply(200 if seen.headers.get("vmware-api-session-id") == "mine" else 401, json={"mode": "ENABLED"})

    with serving(answered) as server:
        env(TARGET=server.origin, USERNAME=USER, PASSWORD=SECRET)
        modes(vcenter, token="mine")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "VCENTER_USERNAME and VCENTER_PASSWORD or VCENTER_TOKEN: is not set, and every call needs it"),
        ({"TOKEN": "t", "TARGET": ""}, "VCENTER_TARGET: is set and empty"),
        ({"TOKEN": ""}, "VCENTER_TOKEN: is set and empty"),
        ({"TOKEN": f"{SECRET}\u00e9"}, "VCENTER_TOKEN: a header takes printable ASCII only"),
        ({"TOKEN": f"{SECRET}\udcff"}, "VCENTER_TOKEN: is no UTF-8"),
        ({"USERNAME": USER}, "VCENTER_PASSWORD: is not set, but VCENTER_USERNAME is"),
        ({"PASSWORD": SECRET}, "VCENTER_USERNAME: is not set, but VCENTER_PASSWORD is"),
        ({"USERNAME": "a:b", "PASSWORD": SECRET}, "VCENTER_USERNAME: holds a colon"),
        ({"PASSWORD": SECRET, "PASSWORD_FILE": "x"}, "VCENTER_PASSWORD, VCENTER_PASSWORD_FILE: say the same thing"),
        ({"TOKEN": SECRET, "TOKEN_FILE": "x"}, "VCENTER_TOKEN, VCENTER_TOKEN_FILE: say the same thing twice"),
        (
            {"TOKEN": SECRET, "USERNAME": USER, "PASSWORD": SECRET},
            "VCENTER_TOKEN, VCENTER_USERNAME, VCENTER_PASSWORD: set either",
        ),
        ({"TOKEN": "t", "TARGET": f"https://u:{SECRET}@h"}, "VCENTER_TARGET: holds a user name"),
        ({"TOKEN": "t", "TARGET": f"{SECRET}://h"}, "VCENTER_TARGET: scheme is neither https nor http"),
        ({"TOKEN": "t", "TARGET": f"https://[{SECRET}"}, "VCENTER_TARGET: is no address"),
        ({"TOKEN": "t", "BASE_URL": f"https://h?{SECRET}"}, "VCENTER_BASE_URL: goes no further than a path"),
        ({"TOKEN": "t", "TIMEOUT": SECRET}, "VCENTER_TIMEOUT: expected seconds greater than 0"),
        ({"TOKEN": "t", "TIMEOUT": "nan"}, "VCENTER_TIMEOUT: expected seconds greater than 0"),
        ({"TOKEN": "t", "TIMEOUT": "-1"}, "VCENTER_TIMEOUT: expected seconds greater than 0"),
        ({"TOKEN": "t", "CA_BUNDLE": "/nowhere"}, "VCENTER_CA_BUNDLE: there is no file"),
        ({"TOKEN": "t", "CA_BUNDLE": __file__}, "VCENTER_CA_BUNDLE: holds no PEM certificate"),
    ],
)
def test_what_cannot_be_used_is_named_and_not_shown(
    values: dict[str, str], said: str, vcenter: ModuleType, env: Variables
) -> None:
    env(**{"TARGET": "https://vc.example.com", **values})
    if "BASE_URL" in values:
        env(TARGET="https://h")
    found = refused(vcenter.VCenter)
    assert said in found
    assert not any(value in found for value in values.values() if len(value) > 5)


def test_a_target_has_to_be_somewhere(vcenter: ModuleType, env: Variables) -> None:
    env(TOKEN="t")
    assert refused(vcenter.VCenter).startswith("VCENTER_TARGET: the description does not say where the API is")


def test_what_a_keyword_has_wrong_is_called_by_the_keyword(vcenter: ModuleType, env: Variables) -> None:
    env(TARGET="https://vc.example.com", TOKEN="t")
    assert refused(vcenter.VCenter, target="ftp://h").startswith("target: scheme 'ftp'")
    assert refused(vcenter.VCenter, timeout=-1).startswith("timeout: expected seconds")
    assert refused(vcenter.VCenter, ca_bundle="/nowhere").startswith("ca_bundle: there is no file '/nowhere'")
    assert refused(vcenter.VCenter, token="é").startswith("token: a header takes")
    env(TIMEOUT="x")
    with pytest.raises(ValueError, match=r"^timeout: expected seconds"):
        vcenter.VCenter("h", timeout=0)  # nothing is called by variables once a client is made


def test_a_warning_shows_the_line_that_makes_the_client(
    vcenter: ModuleType, generate: Generates, env: Variables
) -> None:
    env(TARGET="http://vc.example.com", TOKEN="t")
    with pytest.warns(vcenter.InsecureConnectionWarning) as caught:
        vcenter.VCenter.from_env()
    package = generate(**secured("http", scheme="bearer"))
    env("THING", TARGET="http://h.example.com", TOKEN="t")
    with pytest.warns(package.InsecureConnectionWarning) as own:
        client_of(package).from_env()
    assert [warning.filename for warning in (*caught, *own)] == [__file__] * 2


def secured(kind: str, **more: Any) -> dict[str, Any]:
    document = operation(method="get")
    document["components"] = {"securitySchemes": {"auth": {"type": kind, **more}}}
    document["security"] = [{"auth": []}]
    return document


def seen_by(package: ModuleType, **given: Any) -> list[Seen]:
    with serving(lambda _: Reply(204)) as server:
        with client_of(package).from_env(server.origin, **given) as client:
            client.x.call()

        async def run() -> None:
            async with client_of(package, asynchronous=True).from_env(server.origin, **given) as client:
                await client.x.call()

        asyncio.run(run())
        assert len(server.seen) == 2
        return server.seen


@pytest.mark.parametrize(
    ("scheme", "name", "header"),
    [
        ({"type": "http", "scheme": "bearer"}, "TOKEN", ("authorization", f"Bearer {SECRET}")),
        ({"type": "apiKey", "in": "header", "name": "X-Key"}, "API_KEY", ("x-key", SECRET)),
        ({"type": "apiKey", "in": "cookie", "name": "sid"}, "API_KEY", ("cookie", f"sid={SECRET}")),
    ],
)
def test_each_credential_by_the_name_of_its_argument(
    scheme: dict[str, Any], name: str, header: tuple[str, str], generate: Generates, env: Variables, tmp_path: Path
) -> None:
    package = generate(**secured(scheme.pop("type"), **scheme))
    assert f"THING_{name}: is not set" in refused(client_of(package), "http://127.0.0.1:1")
    env("THING", **{name: SECRET})
    assert {seen.headers[header[0]] for seen in seen_by(package)} == {header[1]}
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    env("THING", **{f"{name}_FILE": str(tmp_path / "secret")})
    assert "say the same thing twice" in refused(client_of(package), "http://127.0.0.1:1")
    read = inspect.getdoc(client_of(package).from_env) or ""
    assert f"`THING_{name}`" in read
    assert f"`THING_{name}_FILE`" in read


def test_an_operation_without_credentials_can_be_called_without(generate: Generates, env: Variables) -> None:
    document = secured("http", scheme="bearer")
    free = {"operationId": "free", "security": [], "responses": {"204": {"description": "Done."}}}
    document["paths"]["/free"] = {"get": free}
    package = generate(**document)
    with serving(lambda _: Reply(204)) as server:
        env("THING", TARGET=server.origin)
        with client_of(package).from_env() as client:
            client.free.free()
            with pytest.raises(package.ArgumentError, match="needs credentials"):
                client.x.call()


def test_headers_and_clients_of_the_caller_may_hold_credentials(generate: Generates) -> None:
    package = generate(**secured("http", scheme="bearer"))
    for seen in seen_by(package, headers={"Authorization": "Bearer mine"}):
        assert seen.headers["authorization"] == "Bearer mine"


def test_variables_of_servers(generate: Generates, env: Variables) -> None:
    with serving(lambda _: Reply(204)) as server:
        own = {"region": {"default": "us", "enum": ["us", "eu"]}, "port": {"default": str(server.port)}}
        package = generate(**api("http://127.0.0.1:{port}/{region}", own))
        kind = client_of(package)
        kind.from_env().x.call()
        env("THING", REGION="eu")
        kind.from_env().x.call()
        kind.from_env(region="us").x.call()
        kind.from_env(server.origin).x.call()
        env("THING", PORT="1")
        kind.from_env(server.origin).x.call()
        kind.from_env(f"{server.origin}/gw").x.call()
        kind.from_env(base_url=server.origin).x.call()
        expected = ["/us/x", "/eu/x", "/us/x", "/eu/x", "/eu/x", "/gw/x", "/x"]
        assert [line.removeprefix("GET ") for line in server.lines] == expected
        env("THING", TARGET=server.origin)
        assert refused(kind) == "THING_PORT: has no meaning beside this target, which stands in place of it"
        env("THING", REGION="mars", TARGET=None)
        assert refused(kind).startswith("THING_REGION: expected one of 'us', 'eu'")


def test_a_variable_that_is_needed(generate: Generates, env: Variables) -> None:
    package = generate(**api("https://{tenant}.example.com", {"tenant": {"default": ""}}))
    env("THING", TENANT="u@evil.example.net")
    assert refused(client_of(package)) == "THING_TENANT: has what cannot stand in a host name"
    env("THING", TENANT="")
    assert refused(client_of(package)) == "THING_TENANT: is set and empty"
