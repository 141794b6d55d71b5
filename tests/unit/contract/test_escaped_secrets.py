"""Secrets in spellings that a server may give them: each is masked, and found where it is left."""

from __future__ import annotations

import base64
import html

import pytest
from vcsdk.copied.suite.masking import MASK, Secrets

SECRETS = ("p4ssw0rd-of/the+books&x", "0f1e2d3c-4b5a-4697-8877-665544332211", "pässwörd-☂-of-all")


def _each(secret: str, form: str) -> str:
    return "".join(form.format(byte) for byte in secret.encode())


def _twice(secret: str, before: str = "") -> str:
    return base64.b64encode(base64.b64encode(f"{before}{secret}".encode())).decode()


FORMS = {
    "decimal references": lambda secret: "".join(f"&#{ord(char)};" for char in secret),
    "references": lambda secret: "".join(f"&#x{ord(char):02x};" for char in secret),
    "references in capitals": lambda secret: "".join(f"&#X{ord(char):02X};" for char in secret),
    "escaped bytes": lambda secret: _each(secret, "\\x{:02x}"),
    "escaped bytes in capitals": lambda secret: _each(secret, "\\x{:02X}"),
    "code points": lambda secret: "".join(f"\\u{{{ord(char):02x}}}" for char in secret),
    "hexadecimal with colons": lambda secret: secret.encode().hex(":"),
    "hexadecimal with spaces": lambda secret: secret.encode().hex(" ").upper(),
    "hexadecimal with dashes": lambda secret: secret.encode().hex("-"),
    "base64 twice": _twice,
    "base64 twice, one in": lambda secret: _twice(secret, "x"),
    "base64 twice, behind a user": lambda secret: _twice(secret, "administrator@vsphere.local:"),
    "base64 of hexadecimal": lambda secret: base64.b64encode(secret.encode().hex().encode()).decode(),
    "base64 of hexadecimal in capitals": lambda secret: base64.b64encode(
        f"-{secret.encode().hex().upper()}".encode()
    ).decode(),
}


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("name", FORMS)
def test_it_is_masked_and_found(name: str, secret: str) -> None:
    secrets = Secrets()
    secrets.add(secret)
    text = f'{{"seen": "<{FORMS[name](secret)}>"}}'

    assert secrets.left_in(text)
    masked = secrets.mask(text)
    assert MASK in masked
    assert not secrets.left_in(masked)
    assert html.unescape(masked).count(secret) == 0


def test_what_is_no_secret_stays() -> None:
    secrets = Secrets()
    secrets.add(SECRETS[0])
    text = "&#104;&#101;&#108;&#108;&#111; \\x68\\x65\\x6c\\x6c\\x6f 68:65:6c:6c:6f YUdWc2JHOD0="

    assert secrets.mask(text) == text
    assert not secrets.left_in(text)
