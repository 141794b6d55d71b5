"""Keywords of the client: credentials and variables of servers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.emitters.conftest import Reads, read

__all__ = ["read"]

TOKEN, KEY, BASIC = {"type": "oauth2"}, {"type": "apiKey", "in": "query"}, {"type": "http", "scheme": "basic"}


def keywords(read: Reads, schemes: dict[str, Any], variables: tuple[str, ...] = ()) -> dict[str, Any]:
    named = {key: {"name": key, **node} if "in" in node else {**node, "flows": {}} for key, node in schemes.items()}
    url = "https://h/" + "/".join(f"{{{name}}}" for name in variables)
    api = read(
        servers=[{"url": url, "variables": {name: {"default": "x"} for name in variables}}],
        security=[{name: []} for name in schemes],
        paths={"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "It."}}}}},
        components={"securitySchemes": named},
    ).api
    found = {key: scheme.keywords for key, scheme in api.security_schemes.items()}
    return {**found, **{v.name: v.keyword for v in api.servers[""].variables}}


@pytest.mark.parametrize(
    ("schemes", "expected"),
    [
        ({"a": TOKEN}, {"a": ("token",)}),
        ({"a": TOKEN, "b": KEY, "c": BASIC}, {"a": ("token",), "b": ("api_key",), "c": ("username", "password")}),
        ({"OAuth2": TOKEN, "jwtAuth": TOKEN}, {"OAuth2": ("oauth2",), "jwtAuth": ("jwt_auth",)}),
        ({"api-key": KEY, "apiKey": KEY}, {"api-key": ("api_key",), "apiKey": ("api_key_2",)}),
        ({"token": KEY, "x": KEY, "b": TOKEN}, {"token": ("token_2",), "x": ("x",), "b": ("token",)}),
        ({"headers": KEY, "proxy": KEY}, {"headers": ("headers_",), "proxy": ("proxy_",)}),
        (
            {"user": BASIC, "admin": BASIC},
            {"user": ("user_username", "user_password"), "admin": ("admin_username", "admin_password")},
        ),
        ({"9": KEY, "ä b": KEY}, {"9": ("n_9",), "ä b": ("ä_b",)}),
        ({"a": {"type": "mutualTLS"}, "b": {"type": "http", "scheme": "digest"}}, {"a": (), "b": ()}),
    ],
)
def test_schemes(schemes: dict[str, Any], expected: dict[str, Any], read: Reads) -> None:
    assert keywords(read, schemes) == expected


def test_a_variable_gives_way_to_what_is_there(read: Reads) -> None:
    found = keywords(read, {"a": TOKEN, "b": BASIC}, ("token", "username", "target", "baseUrl", "base-url"))
    assert len({*found["a"], *found["b"], *(found[name] for name in ("token", "username"))}) == 5
    assert found["target"] == "target_"
    assert {found["baseUrl"], found["base-url"]} == {"base_url", "base_url_2"}
