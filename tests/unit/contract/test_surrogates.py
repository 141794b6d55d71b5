"""Half a surrogate pair, which JSON can escape: a server's token that holds one ends no run, and is masked."""

from __future__ import annotations

import json

import pytest
from vcsdk.copied.suite.evidence import fingerprint
from vcsdk.copied.suite.masking import Secrets

HALVES = ("\ud800", "\udfff", "\udc80")


@pytest.mark.parametrize("half", HALVES)
def test_a_secret_with_one_is_masked_in_every_spelling(half: str) -> None:
    secret = f"token-{half}-of-the-server"
    secrets = Secrets()
    secrets.add(secret)
    secrets.add_login("user", secret)
    for text in (secret, json.dumps(secret), repr(secret), json.dumps(json.dumps(secret))):
        assert "of-the-server" not in secrets.mask(f"before {text} after")


@pytest.mark.parametrize("half", HALVES)
def test_a_finding_about_one_has_a_fingerprint(half: str) -> None:
    made = {fingerprint("a.get", "body-fits", f"$.{each}", "text") for each in (half, "x", f"{half}x")}
    assert len(made) == 3
    assert fingerprint("a", "b", f"$.{half}", "c") == fingerprint("a", "b", f"$.{half}", "c")
