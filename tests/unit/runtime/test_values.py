"""Models, open enumerations, secrets."""

from __future__ import annotations

import pickle

import msgspec
import pytest
from vcsdk.copied.runtime import Answer, ArgumentError, Body, Model, OpenEnum, OpenIntEnum, Operation, Secret, enums
from vcsdk.copied.runtime.content import encode


class Mode(OpenEnum):
    ENABLED = "ENABLED"


class Level(OpenIntEnum):
    LOW = 1


class Account(Model):
    note: str | None = None
    user_name: str = msgspec.field(name="user-name")
    password: Secret | None = None
    old: list[Secret] | None = None


def test_a_model_leaves_absent_fields_off_the_wire_and_keeps_required_nulls() -> None:
    class Both(Model):
        a: str | None
        b: str | None = None
        c: str | msgspec.UnsetType | None = msgspec.UNSET

    assert msgspec.json.encode(Both(a=None)) == b'{"a":null}'
    assert msgspec.json.encode(Both(a=None, c=None)) == b'{"a":null,"c":null}'
    with pytest.raises(TypeError):
        Both("x")  # type: ignore[misc]  # keywords only


def test_unknown_values_of_an_open_enumeration_keep_their_text() -> None:
    known, unknown = msgspec.json.decode(b'["ENABLED","NEWER"]', type=list[Mode])
    assert known is Mode.ENABLED
    assert not known.is_unknown
    assert unknown == "NEWER"
    assert str(unknown) == f"{unknown}" == unknown.value == "NEWER"
    assert unknown.is_unknown
    assert unknown is Mode("NEWER")
    assert hash(unknown) == hash("NEWER")
    assert repr(unknown) == "<Mode: 'NEWER'>"
    assert pickle.loads(pickle.dumps(unknown)) is unknown
    assert msgspec.json.encode(unknown) == b'"NEWER"'
    assert list(Mode) == [Mode.ENABLED]
    with pytest.raises(ValueError):
        Mode(3)


def test_numbers_too() -> None:
    value = msgspec.json.decode(b"7", type=Level)
    assert value == 7
    assert value.is_unknown
    assert msgspec.json.encode(value) == b"7"
    with pytest.raises(ValueError):
        Level("x")


def test_a_server_that_invents_values_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enums, "_KEPT", len(enums._unknown) + 2)
    for number in range(10):
        assert Mode(f"INVENTED_{number}") == f"INVENTED_{number}"
    assert len(enums._unknown) == enums._KEPT


def test_a_secret_shows_nowhere_but_reveals() -> None:
    secret = Secret("hunter2")
    for shown in (repr(secret), str(secret), f"{secret}", ", ".join(map(str, [secret]))):
        assert "hunter2" not in shown
    assert secret.reveal() == "hunter2"
    assert secret == Secret("hunter2")
    assert secret != Secret("other")
    assert secret != "hunter2"
    assert not Secret("")
    assert len({secret, Secret(secret)}) == 1


def test_a_model_does_not_show_its_secrets_whoever_filled_them_in() -> None:
    careless = Account(user_name="root", password="hunter2", old=["hunter1"])  # type: ignore[arg-type,list-item]
    assert repr(careless) == "Account(note=None, user_name='root', password=Secret('***'), old=Secret('***'))"
    assert repr(Account(user_name="root")) == "Account(note=None, user_name='root', password=None, old=None)"


def operation(body: Body) -> Operation:
    return Operation(name="x", method="POST", path="/", body=body)


def test_secrets_travel_as_text_and_come_back_as_secrets() -> None:
    body = Body(Account)
    written, kind = encode(operation(body), Account(user_name="root", password=Secret("p"), old=[Secret("o")]))
    assert (written, kind) == (b'{"user-name":"root","password":"p","old":["o"]}', "application/json")
    decoded = Answer(Account).decoder.decode(written)
    assert decoded.password == Secret("p")
    with pytest.raises(msgspec.ValidationError, match="Expected `str`, got `int`"):
        Answer(Account).decoder.decode(b'{"user-name":"root","password":1}')


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Account(user_name=1), "user_name: expected str, got int"),  # type: ignore[arg-type]
        (Account(user_name="x", old=["a", 2]), "old[1]: expected str, got int"),  # type: ignore[list-item]
        ({}, "user-name: required, but missing"),
        ([], "body: expected object, got array"),
        (None, "body: required, but missing"),
        (object(), "body: cannot be written as JSON: a value of type object has no JSON form"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_by_name(value: object, said: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        encode(operation(Body(Account)), value)
    assert str(caught.value) == said


def test_an_operation_without_a_body_takes_none() -> None:
    bare = Operation(name="x", method="POST", path="/")
    assert encode(bare, None) == (None, None)
    with pytest.raises(ArgumentError, match="x takes none"):
        encode(bare, {})
    assert encode(operation(Body(Account, required=False)), None) == (None, None)


def test_a_form_is_encoded_once() -> None:
    class Form(Model):
        a: str
        b: list[int] | None = None
        c: bool | None = None

    kind = "application/x-www-form-urlencoded"
    assert encode(operation(Body(Form, kind)), Form(a="x&y=1 z", b=[1, 2], c=True)) == (
        b"a=x%26y%3D1%20z&b=1&b=2&c=true",
        kind,
    )


def test_multipart_sends_bytes_as_files() -> None:
    class Upload(Model):
        name: str
        file: bytes

    written, kind = encode(operation(Body(Upload, "multipart/form-data")), Upload(name="n", file=b"\x00\r\n--"))
    assert kind is not None
    boundary = kind.partition("boundary=")[2]
    assert isinstance(written, bytes)
    assert (
        written
        == (
            f'--{boundary}\r\nContent-Disposition: form-data; name="name"\r\n\r\nn\r\n'
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n\x00\r\n--\r\n"
            f"--{boundary}--\r\n"
        ).encode()
    )


def test_other_content_types_take_bytes_text_and_files(tmp_path) -> None:
    binary = operation(Body(bytes, "application/octet-stream"))
    assert encode(binary, b"\x00") == (b"\x00", "application/octet-stream")
    path = tmp_path / "f"
    path.write_bytes(b"abc")
    with path.open("rb") as file:
        stream, _ = encode(binary, file)
        assert b"".join(stream) == b"abc"  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="expected bytes, a file or an iterable"):
        encode(binary, 3)
