"""The suite on FastAPI applications that ask for credentials, each in another way: right ones give no finding."""

import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI, Form, HTTPException, Security
from fastapi.security import (
    APIKeyCookie,
    APIKeyHeader,
    APIKeyQuery,
    HTTPAuthorizationCredentials,
    HTTPBasic,
    HTTPBasicCredentials,
    HTTPBearer,
    OAuth2PasswordBearer,
)
from fastapi.security.oauth2 import OAuth2PasswordRequestForm

from tests.suites import Suite, served, suite_of

KEY, PASSWORD = "a/b+c==key-of-the-app", "p4ss:word-of-somebody"
GIVEN = ("--token-env", "APP_KEY", "--username", "somebody", "--password-env", "APP_PASSWORD", "--level", "write")
ERROR: dict[int | str, dict[str, Any]] = {401: {"description": "Who are you?"}, 404: {"description": "No such thing."}}


def application(*, status: int = 401, broken: str = "") -> FastAPI:
    """Every dependency checks the value; `status` is how it refuses, `broken` names the one that does not."""
    app = FastAPI(title="Guarded app", version="1", responses=ERROR)
    tokens: set[str] = set()

    def refuse() -> HTTPException:
        return HTTPException(status, "no", headers={"WWW-Authenticate": "Bearer"})

    def key(name: str, scheme: Any) -> Any:
        def check(given: Annotated[str | None, Security(scheme)]) -> str:
            if given is None or (given != KEY and broken != name):
                raise refuse()
            return given

        return check

    def bearer(given: Annotated[HTTPAuthorizationCredentials | None, Security(HTTPBearer(auto_error=False))]) -> None:
        if given is None or (given.credentials != KEY and broken != "bearer"):
            raise refuse()

    def basic(given: Annotated[HTTPBasicCredentials | None, Security(HTTPBasic(auto_error=False))]) -> None:
        if given is None or (given.username, given.password) != ("somebody", PASSWORD):
            raise refuse()

    def oauth(given: Annotated[str | None, Security(OAuth2PasswordBearer("token", auto_error=False))]) -> None:
        if given not in tokens and not (given and broken == "oauth"):
            raise refuse()

    @app.post("/token")
    def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> dict[str, str]:
        if (form.username, form.password) != ("somebody", PASSWORD):
            raise HTTPException(400, "no")
        tokens.add(made := secrets.token_urlsafe())
        return {"access_token": made, "token_type": "bearer"}

    dependencies = {
        "header": key("header", APIKeyHeader(name="X-Key", auto_error=False)),
        "query": key("query", APIKeyQuery(name="api key", auto_error=False)),
        "cookie": key("cookie", APIKeyCookie(name="sid", auto_error=False)),
        "bearer": bearer,
        "basic": basic,
        "oauth": oauth,
    }
    for path, dependency in dependencies.items():
        app.get(f"/{path}", dependencies=[Depends(dependency)], operation_id=path)(lambda: "ok")

    @app.get("/notes/{number}", dependencies=[Depends(bearer)])
    def note(number: int) -> str:
        raise HTTPException(404, "no such note")

    @app.post("/notes", dependencies=[Depends(bearer)], status_code=201)
    def write(text: Annotated[str, Form()]) -> str:
        return text

    @app.get("/public")
    def public() -> str:
        return "ok"

    return app


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    folder = tmp_path_factory.mktemp("guarded-app")
    (folder / "openapi.json").write_text(json.dumps(application().openapi()), encoding="utf-8")
    with suite_of(folder / "openapi.json", folder / "out") as suite:
        yield suite


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("APP_KEY", KEY)
    monkeypatch.setenv("APP_PASSWORD", PASSWORD)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.mark.parametrize("status", [401, 403])
def test_a_correct_application_gives_no_finding(status: int, guarded: Suite, tmp_path: Path) -> None:
    with served(application(status=status)) as url:
        ran = guarded.run(url, *GIVEN, scratch=tmp_path)

    assert ran.findings == [], ran.printed
    asked = [row for row in ran.results["tests"] if "without_valid_credentials" in row["test"]]
    assert len(asked) > 20
    assert {row["outcome"] for row in asked} == {"passed"}, [row for row in asked if row["outcome"] != "passed"]
    assert not any(secret in ran.printed for secret in (KEY, PASSWORD))


@pytest.mark.parametrize("broken", ["header", "query", "cookie", "bearer", "oauth"])
def test_a_value_that_nobody_checks_is_found(broken: str, guarded: Suite, tmp_path: Path) -> None:
    with served(application(broken=broken)) as url:
        ran = guarded.run(url, *GIVEN, "-k", "without_valid_credentials", scratch=tmp_path)

    assert ran.checks == {"credentials-needed"}, ran.printed
    assert {found["observed"] for found in ran.results["findings"]} == {"wrong: status 200"}


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    folder = tmp_path_factory.mktemp("searched-app")
    (folder / "openapi.json").write_text(json.dumps(search().openapi()), encoding="utf-8")
    with suite_of(folder / "openapi.json", folder / "out") as suite:
        yield suite


def search(*, forgets: bool = False) -> FastAPI:
    """One that documents 401, and with `forgets` answers it to the right key where there are words."""
    app = FastAPI(title="Searched app", version="1", responses=ERROR)

    @app.get("/search", operation_id="search")
    def found(given: Annotated[str | None, Security(APIKeyHeader(name="X-Key", auto_error=False))], words: str) -> str:
        if given != KEY or forgets:
            raise HTTPException(401, "who?")
        return words

    return app


@pytest.mark.parametrize("forgets", [False, True])
def test_who_has_the_right_key_is_not_to_be_refused_for_it(forgets: bool, searched: Suite, tmp_path: Path) -> None:
    """Neither where any text is asked for: 401 is about who asks, and says nothing of the words."""
    with served(search(forgets=forgets)) as url:
        ran = searched.run(url, "--token-env", "APP_KEY", "-k", "documented or taken_or_refused", scratch=tmp_path)

    found = {test.rpartition("::")[2].partition("[")[0] for each in ran.results["findings"] for test in each["tests"]}
    wanted = {"test_it_answers_as_documented", "test_any_text_as_a_parameter_is_taken_or_refused"}
    assert wanted - found == (set() if forgets else wanted), ran.printed
