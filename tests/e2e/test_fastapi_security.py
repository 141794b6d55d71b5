"""What FastAPI asks of a caller, and the client of what it says about that: its own dependencies judge."""

import asyncio
import inspect
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import pytest
import uvicorn
from fastapi import Depends, FastAPI
from fastapi.security import (
    APIKeyCookie,
    APIKeyHeader,
    APIKeyQuery,
    HTTPAuthorizationCredentials,
    HTTPBasic,
    HTTPBasicCredentials,
    HTTPBearer,
    OAuth2AuthorizationCodeBearer,
    OAuth2PasswordBearer,
    OpenIdConnect,
)
from vcsdk.naming.reserved import CLIENT_KEYWORDS
from vcsdk.pipeline import read_api

from tests.generated import imported, write_client

KEY = "a/b+c=="
COOKIE, QUERY, HEADER = APIKeyCookie(name="sid"), APIKeyQuery(name="api key"), APIKeyHeader(name="X-Key")
PASSWORD, CODE = OAuth2PasswordBearer(tokenUrl="token"), OAuth2AuthorizationCodeBearer("a", "t", auto_error=False)


def application() -> FastAPI:
    app = FastAPI(title="Guarded", version="1")

    @app.get("/bearer")
    def bearer(given: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
        return given.credentials

    @app.get("/basic")
    def basic(given: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())]) -> list[str]:
        return [given.username, given.password]

    @app.get("/oidc")
    def oidc(given: Annotated[str, Depends(OpenIdConnect(openIdConnectUrl="/.well-known"))]) -> str:
        return given

    @app.get("/maybe")
    def maybe(given: Annotated[str | None, Depends(CODE)]) -> str | None:
        return given

    def one(path: str, dependency: Any) -> None:
        @app.get(path, operation_id=path[1:])
        def endpoint(given: Annotated[str, Depends(dependency)]) -> str:
            return given

    for path, dependency in (("/cookie", COOKIE), ("/query", QUERY), ("/header", HEADER), ("/password", PASSWORD)):
        one(path, dependency)
    return app


CREDENTIALS = {
    "http_bearer": KEY,
    "username": "u",
    "password": "p:x",
    "open_id_connect": KEY,
    "oauth2_authorization_code_bearer": KEY,
    "api_key_cookie": KEY,
    "api_key_query": KEY,
    "api_key_header": KEY,
    "oauth2_password_bearer": KEY,
}
EXPECTED = {
    **dict.fromkeys(("bearer", "cookie", "query", "header", "password", "maybe"), KEY),
    "basic": ["u", "p:x"],
    "oidc": f"Bearer {KEY}",
}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ModuleType, str]]:
    """The client package, and where the application is."""
    folder, app = tmp_path_factory.mktemp("guarded"), application()
    path = folder / "openapi.json"
    path.write_text(json.dumps(app.openapi()), encoding="utf-8")
    described = read_api(path)
    source = write_client(described.api, described.config, described.document, Path(folder / "out"))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    with imported(source, "guarded") as package:
        yield package, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def method(client: Any, name: str) -> Any:
    resource = getattr(client, name)
    (found,) = (word for word in vars(type(resource)) if not word.startswith("_"))
    return getattr(resource, found)


def test_each_dependency_gets_its_credential(guarded: tuple[ModuleType, str]) -> None:
    package, origin = guarded
    assert set(CREDENTIALS) == set(inspect.signature(package.Guarded).parameters) - CLIENT_KEYWORDS - {"base_url"}
    with package.Guarded(origin, **CREDENTIALS) as client:
        assert {name: method(client, name)() for name in EXPECTED} == EXPECTED

    async def run() -> dict[str, Any]:
        async with package.AsyncGuarded(origin, **CREDENTIALS) as client:
            return {name: await method(client, name)() for name in EXPECTED}

    assert asyncio.run(run()) == EXPECTED


def test_nothing_is_sent_without_one(guarded: tuple[ModuleType, str]) -> None:
    package, origin = guarded
    with package.Guarded(origin) as client:
        for name in EXPECTED:
            with pytest.raises(package.ArgumentError, match="needs credentials, nothing was sent"):
                method(client, name)()
