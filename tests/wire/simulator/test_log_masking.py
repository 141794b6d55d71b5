"""The request log of the simulator has no key, token or password in it, however an address spells it."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote, quote_plus

import httpx2
import pytest
import yaml
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

SECRETS = [
    "h1dden-key-7f3c",
    "pässwörd of mine",
    "a+b/c=d&e?f#g",
    'it\'s "quoted"',
    "x%2Fy%20z",
    ".*regex[0-9]+",
    "日本語のかぎ",
]
OK = {"200": {"description": "ok"}}
DESCRIBED = {
    "openapi": "3.1.0",
    "info": {"title": "Lamps", "version": "1"},
    "security": [{"q": []}],
    "paths": {"/lamps/{id}": {"get": {"parameters": [{"name": "id", "in": "path", "required": True, "schema": {}}]}}},
    "components": {"securitySchemes": {"q": {"type": "apiKey", "in": "query", "name": "the key"}}},
}
DESCRIBED["paths"]["/lamps/{id}"]["get"]["responses"] = OK  # type: ignore[index]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("name", ["the key", "access_token", "password", "new_Passwd", "client_secret"])
@pytest.mark.parametrize("spelled", [quote_plus, quote, lambda text: quote(text, safe="")])
def test_what_an_address_carries_is_masked(tmp_path: Path, secret: str, name: str, spelled) -> None:
    file, log = tmp_path / "lamps.yaml", tmp_path / "log"
    file.write_text(yaml.safe_dump(DESCRIBED))
    options = SimulatorOptions(password="never-sent-0815", log=log)
    with Simulator(read_api(file), options).running() as url:
        httpx2.get(f"{url}/lamps/1?a=1&{quote_plus(name)}={spelled(secret)}&size=2")
        httpx2.get(f"{url}/nothing?{quote(name)}={spelled(secret)}")
    text = log.read_text()
    targets = [json.loads(line)["target"] for line in text.splitlines()]
    assert targets[0].startswith("/lamps/1?a=1&")
    assert targets[0].endswith("=***&size=2")
    assert targets[1].endswith("=***")
    assert not [form for form in (secret, quote(secret), quote(secret, safe=""), quote_plus(secret)) if form in text]


@pytest.mark.parametrize("password", [*SECRETS, "short", "api"])
def test_the_password_of_the_accounts_is_masked_wherever_it_stands(tmp_path: Path, password: str) -> None:
    file, log = tmp_path / "lamps.yaml", tmp_path / "log"
    file.write_text(yaml.safe_dump(DESCRIBED))
    with Simulator(read_api(file), SimulatorOptions(password=password, log=log)).running() as url:
        httpx2.get(f"{url}/lamps/{quote(password, safe='')}?a={quote_plus(password)}")
    (target,) = [json.loads(line)["target"] for line in log.read_text().splitlines()]
    assert target == "/lamps/***?a=***"
