"""Security schemes by how they travel, and requirements that can be met."""

from __future__ import annotations

from typing import Any

import pytest
from vcsdk.diagnostics import Diagnostics, Level

from .conftest import Builds


def document(security: Any, **schemes: Any) -> dict[str, Any]:
    node = {"operationId": "op", "security": security, "responses": {"200": {"description": ""}}}
    return {"paths": {"/a": {"get": node}}, "components": {"securitySchemes": schemes}}


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"type": "http", "scheme": "basic"}, ("basic", "")),
        ({"type": "http", "scheme": "Basic"}, ("basic", "")),
        ({"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}, ("bearer", "")),
        ({"type": "oauth2", "flows": {}}, ("bearer", "")),
        ({"type": "openIdConnect", "openIdConnectUrl": "https://a"}, ("bearer", "")),
        ({"type": "http", "scheme": "Token"}, ("http", "Token")),
        ({"type": "http", "scheme": "Digest"}, ("other", "Digest")),
        ({"type": "http", "scheme": "scram-sha-256"}, ("other", "scram-sha-256")),
        ({"type": "http", "scheme": "a b"}, ("other", "a b")),
        ({"type": "apiKey", "in": "header", "name": "X-Key"}, ("header", "X-Key")),
        ({"type": "apiKey", "in": "query", "name": "a key"}, ("query", "a key")),
        ({"type": "apiKey", "in": "cookie", "name": "sid"}, ("cookie", "sid")),
        ({"type": "apiKey", "in": "header", "name": "X-A\r\nX-B: 1"}, ("other", "X-A\r\nX-B: 1")),
        ({"type": "apiKey", "in": "cookie", "name": "a; b=c"}, ("other", "a; b=c")),
        ({"type": "mutualTLS"}, ("certificate", "")),
    ],
)
def test_kinds(node: dict[str, Any], expected: tuple[str, str], api_of: Builds) -> None:
    scheme = api_of(document([{"it": []}], it=node)).security_schemes["it"]
    assert (scheme.kind, scheme.wire_name) == expected


BASIC, BEARER, OAUTH2 = {"type": "http", "scheme": "basic"}, {"type": "http", "scheme": "bearer"}, {"type": "oauth2"}


def key(where: str, name: str) -> dict[str, str]:
    return {"type": "apiKey", "in": where, "name": name}


@pytest.mark.parametrize(
    ("schemes", "expected"),
    [
        ({"a": BASIC, "b": key("header", "X-Key")}, (("a", "b"),)),
        ({"a": BASIC, "b": BEARER}, (("a",), ("b",))),
        ({"a": BASIC, "b": key("header", "authorization"), "c": OAUTH2}, (("a",), ("b",), ("c",))),
        ({"a": BASIC, "b": key("query", "k"), "c": OAUTH2}, (("a", "b"), ("b", "c"))),
        ({"a": key("header", "k"), "b": key("header", "K")}, (("a",), ("b",))),
        ({"a": key("query", "k"), "b": key("query", "K")}, (("a", "b"),)),
        ({"a": key("query", "k"), "b": key("cookie", "k"), "c": key("header", "k")}, (("a", "b", "c"),)),
        (
            {"a": BASIC, "b": BEARER, "c": key("query", "k"), "d": key("query", "k")},
            (("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")),
        ),
        ({"a": {"type": "mutualTLS"}, "b": {"type": "mutualTLS"}, "c": BASIC}, (("a", "b", "c"),)),
    ],
)
def test_what_goes_to_one_place_is_not_asked_for_together(
    schemes: dict[str, Any], expected: Any, api_of: Builds, diagnostics: Diagnostics
) -> None:
    found = api_of(document([{name: [] for name in schemes}], **schemes)).operations[0]
    assert found.security == expected
    told = [d.level for d in diagnostics if d.rule == "same-credential"]
    assert told == [Level.WARNING] * (len(expected) > 1)


def test_a_clash_is_told_once(api_of: Builds, diagnostics: Diagnostics) -> None:
    data = document([{"a": [], "b": []}, {"b": [], "a": []}, {}], a=BASIC, b=BEARER)
    data["paths"]["/b"] = {"get": {**data["paths"]["/a"]["get"], "operationId": "other"}}
    api = api_of(data)
    assert {operation.security for operation in api.operations} == {(("a",), ("b",), ())}
    # The other order is another finding: which of them is first decides what is sent.
    assert len([d for d in diagnostics if d.rule == "same-credential"]) == 2


def test_what_nothing_asks_for_and_what_nobody_can_send_is_told(api_of: Builds, diagnostics: Diagnostics) -> None:
    api_of(document([{"digest": []}], digest={"type": "http", "scheme": "digest"}, spare=BASIC))
    assert [(d.rule, d.level, d.message) for d in diagnostics if d.rule.endswith("-security")] == [
        (
            "unsupported-security",
            Level.WARNING,
            "clients know nothing to send for the security scheme `digest` (`digest`)",
        ),
        (
            "unused-security",
            Level.NOTE,
            "the security scheme `spare` is declared, and no operation asks for it: nothing is sent for it",
        ),
    ]


def test_a_vcenter_needs_no_scheme_to_be_asked_for(api_of: Builds, diagnostics: Diagnostics) -> None:
    schemes = {"s": key("header", "vmware-api-session-id"), "spare": BASIC}
    api_of(document([{"s": []}], **schemes), profile="vapi")
    assert not [d for d in diagnostics if d.rule.endswith("-security")]
