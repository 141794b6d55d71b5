"""What is kept of an exchange: everything but secrets, in whatever spelling."""

from __future__ import annotations

import base64
import html
import json
import subprocess
from urllib.parse import quote, quote_plus

import httpx2
import pytest
from vcsdk.copied.suite.breach import shape
from vcsdk.copied.suite.evidence import fingerprint
from vcsdk.copied.suite.masking import MASK, Secrets
from vcsdk.copied.suite.recording import Recorder, password_fields

SECRET = 'pä$s/w"o\\r+d <&> 42'
SPELLINGS = {
    "as it is": lambda s: s,
    "json": json.dumps,
    "json, not ascii": lambda s: json.dumps(s, ensure_ascii=False),
    "json in json": lambda s: json.dumps(json.dumps(s)),
    "url": lambda s: quote(s, safe=""),
    "url, lower case": lambda s: "".join(
        c if c.isalnum() and c.isascii() else "".join(f"%{b:02x}" for b in c.encode()) for c in s
    ),
    "form": quote_plus,
    "url twice": lambda s: quote(quote(s, safe=""), safe=""),
    "html": html.escape,
    "python": repr,
    "bytes": lambda s: repr(s.encode()),
    "hexadecimal": lambda s: s.encode().hex(),
    "base64": lambda s: base64.b64encode(s.encode()).decode(),
    "base64 behind one": lambda s: base64.b64encode(f"x{s}yz".encode()).decode(),
    "base64 behind two": lambda s: base64.b64encode(f"me:{s}".encode()).decode()[1:],
    "basic credentials": lambda s: base64.b64encode(f"admin@x:{s}".encode()).decode(),
}


@pytest.fixture(params=["one", "many"])
def secrets(request: pytest.FixtureRequest) -> Secrets:
    """With nothing to hide yet; or with what a long run has signed in with, as many as are searched in another way."""
    secrets = Secrets()
    for number in range(200 if request.param == "many" else 0):
        secrets.add(f"{number:032x}")
    return secrets


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_secret_is_masked_in_every_spelling(spelling: str, secrets: Secrets) -> None:
    secrets.add(SECRET)
    text = f"before {SPELLINGS[spelling](SECRET)} after"

    masked = secrets.mask(text)

    assert MASK in masked
    assert masked.startswith("before ")
    assert masked.endswith(" after")
    assert secrets.shown_in(text)
    assert not secrets.shown_in(masked)


@pytest.mark.slow
@pytest.mark.parametrize("value", ["four", "seven 7", "eight 88", "nine nine"])
@pytest.mark.parametrize("filling", [0, 1, 65_530, 65_531, 65_535, 65_536, 131_070])
def test_a_secret_is_found_wherever_it_stands(value: str, filling: int, secrets: Secrets) -> None:
    secrets.add(value)
    before = "-" * filling

    assert secrets.shown_in(before + value)
    assert secrets.mask(f"{before}{value}{value} {value}") == f"{before}{MASK}{MASK} {MASK}"
    assert secrets.mask(f"{before}{value} and more") == f"{before}{MASK} and more"
    assert not secrets.shown_in(before + value[:-1])


def test_the_longer_secret_goes_first(secrets: Secrets) -> None:
    for value in ("the secret", "the secret of all", "of all"):
        secrets.add(value)

    assert secrets.mask("the secret of all; the secret; of all") == f"{MASK}; {MASK}; {MASK}"


def test_other_text_stays_as_it_is(secrets: Secrets) -> None:
    secrets.add(SECRET)
    secrets.add("abc")

    assert secrets.mask("abc is too short to hide, 42 is no secret") == "abc is too short to hide, 42 is no secret"
    assert "42" not in repr(secrets)


def request(body: bytes = b"", **headers: str) -> httpx2.Request:
    return httpx2.Request("POST", "https://vc/api/x?a=1&b='2'", content=body, headers=headers)


def test_headers_and_password_fields_are_masked_by_name() -> None:
    recorder = Recorder(Secrets(), "vmware-api-session-id", {"pin_code"})
    body = b'{"user": "me", "password": "one-time", "deep": [{"pin_code": "1234", "password_expired": true}]}'

    kept = recorder.request(
        request(body, **{"VMware-API-Session-Id": "tok", "Authorization": "Basic eA==", "X-A": "b"})
    )

    text = json.dumps(kept)
    assert not [secret for secret in ("one-time", "1234", 'tok"', "eA==") if secret in text]
    assert json.loads(kept["body"]) == {
        "user": "me",
        "password": MASK,
        "deep": [{"pin_code": MASK, "password_expired": True}],
    }
    assert ["x-a", "b"] in [[name.lower(), value] for name, value in kept["headers"]]


PART = b'--b\r\nContent-Disposition: form-data; name="%s"\r\nX: y\r\n\r\nhunter\r\n22\r\n--b--'
HIDDEN = {
    "a number": (b'{"password": 220822}', b'{"password": "[masked]"}'),
    "numbers": (b'{"pin_code": [220822, 1.5]}', b'{"pin_code": ["[masked]", "[masked]"]}'),
    "texts": (b'{"passwords": ["hunter22"]}', b'{"passwords": ["[masked]"]}'),
    "a form": (b"a=1&password=hunter22&b=2", b"a=1&password=[masked]&b=2"),
    "a name with percent signs": (b"pass%77ord=hunter22", b"pass%77ord=[masked]"),
    "an object in a form": (b"user[pin_code]=2208&user[x]=1", b"user[pin_code]=[masked]&user[x]=1"),
    "lines": (b'{"a":1}\n{"password":"hunter22"}\n', b'{"a":1}\n{"password":"[masked]"}\n'),
    "events": (b'data: {"x":{"secret" : "hunter22"}}\n\n', b'data: {"x":{"secret" : "[masked]"}}\n\n'),
    "an answer that broke off": (b'{"password":"hunter\\"22', b'{"password":"[masked]"'),
    "a part": (PART % b"password", (PART % b"password").replace(b"hunter\r\n22", b"[masked]")),
}


@pytest.mark.parametrize(("body", "expected"), HIDDEN.values(), ids=HIDDEN)
def test_password_fields_are_masked_in_every_form_of_body(body: bytes, expected: bytes) -> None:
    recorder = Recorder(Secrets(), "", {"pin_code"})
    assert recorder.mask_fields(body) == expected
    assert "hunter" not in recorder.curl(request(body))


@pytest.mark.parametrize(
    "body",
    [
        *(
            b'{"password_length": 8, "password_expired": true, "password": null}',
            b"a=1&b=2",
            b"password",
            b"=x&password=",
        ),
        *(b'the password = "x"', PART % b"other", b"a sentence with password=x in it", b'{"a": "b"', b"\xff=1&b=\x00"),
    ],
)
def test_what_is_no_password_stays_to_the_byte(body: bytes) -> None:
    assert Recorder(Secrets()).mask_fields(body) == body


@pytest.mark.parametrize("query", ["password=hunter22", "a=1&user%5Bpassword%5D=hunter22", "a=1&pin_code=hunter22&b=2"])
def test_passwords_in_addresses_are_masked_by_name(query: str) -> None:
    sent = httpx2.Request("GET", f"https://vc/api/x?{query}")
    recorder = Recorder(Secrets(), "", {"pin_code"})
    assert "hunter22" not in recorder.request(sent)["url"] + recorder.curl(sent)
    assert MASK in recorder.request(sent)["url"]


def test_fields_that_the_description_marks_are_found() -> None:
    document = {
        "components": {"schemas": {"A": {"allOf": [{"properties": {"pin": {"type": "string", "format": "password"}}}]}}}
    }

    assert password_fields(document) == {"pin"}


@pytest.mark.parametrize("body", [b'{"a": "it\'s"}', b"\xff\x00'\\n", '{"ä": 1}'.encode(), b"@file", b"a\nb"])
def test_the_curl_line_sends_the_same_bytes(body: bytes) -> None:
    secrets = Secrets()
    secrets.add("token-of-the-session")
    line = Recorder(secrets, "session-id").curl(
        request(body, **{"Session-Id": "token-of-the-session", "X-Quote": "a'b"})
    )
    shown = subprocess.run(
        ["bash", "-c", line.replace("curl -i", "printf '%s\\0'", 1)],
        env={"SESSION": "mine", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=True,
    ).stdout.split(b"\0")

    assert b"session-id: mine" in [word.lower() for word in shown]
    assert b"x-quote: a'b" in [word.lower() for word in shown]
    assert b"https://vc/api/x?a=1&b='2'" in [word.replace(b"%27", b"'") for word in shown]
    assert b"token-of-the-session" not in b"".join(shown)
    # A shell word cannot hold a zero byte.
    assert shown[shown.index(b"--data-raw") + 1] == body.partition(b"\0")[0]


def test_a_long_body_is_cut_behind_the_masking() -> None:
    secrets = Secrets()
    secrets.add("secret-at-the-cut")
    kept = Recorder(secrets).body(b"x" * 8185 + b"secret-at-the-cut" + b"y" * 100)

    assert kept is not None
    assert "secret" not in kept
    assert kept.endswith("characters)")


def test_a_fingerprint_does_not_depend_on_ids_times_and_numbers() -> None:
    one = (
        "task 0b7f0c9e-1111-2222-3333-444455556666:com.vmware 'RUNNING' at 2026-11-24T09:00:00.123Z after 1.25 s is 500"
    )
    two = "task 99999999-1111-2222-3333-444455556666:com.vmware 'FAILED' at 2027-01-01T00:00:00Z after 17 s is 500"

    assert shape(one) == shape(two)
    assert shape(one) != shape(two.replace("500", "503"))
    assert fingerprint("a", "b", "c", "d") != fingerprint("a", "b", "cd", "")
