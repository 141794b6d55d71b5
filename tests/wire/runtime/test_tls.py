"""Why a TLS connection was refused, and what is said about it, with real certificates of every bad kind."""

from __future__ import annotations

import asyncio
import pickle
import shutil
import socket
import ssl
import subprocess
import threading
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from vcsdk.copied.runtime import ConnectionFailed, InsecureConnectionWarning
from vcsdk.copied.runtime.target import is_this_machine

from tests.wire.runtime.server import Server, serving
from tests.wire.runtime.vcenter import PASSWORD, USER, AsyncVCenter, Simulated, VCenter

EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
Make = Callable[..., Path]
pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl is not installed; it makes the certificates of these tests"
)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a PEM file with a key and its certificate, self-signed or by the PEM file `issuer`."""

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], check=True, capture_output=True)

    def certificate(name: str, san: str = "IP:127.0.0.1", issuer: Path | None = None, days: int = 2, key=EC) -> Path:
        base = tmp_path / name
        pem, csr, crt = f"{base}.pem", f"{base}.csr", f"{base}.crt"
        names = ("-subj", f"/CN={name}", "-addext", f"subjectAltName={san}")
        if name == "authority":
            names += ("-addext", "basicConstraints=critical,CA:TRUE")
        openssl("req", *key, "-nodes", *names, "-keyout", pem, "-out", csr)
        sign = ("-signkey", pem) if issuer is None else ("-CA", str(issuer), "-CAkey", str(issuer), "-CAcreateserial")
        openssl("x509", "-req", "-in", csr, *sign, "-days", str(days), "-copy_extensions", "copy", "-out", crt)
        Path(pem).write_bytes(Path(pem).read_bytes() + Path(crt).read_bytes())
        return Path(pem)

    return certificate


def refusal(pem: Path, host: str = "127.0.0.1", trusted: Path | None = None, asynchronous: bool = False) -> Exception:
    """What a client raises that calls a server with this certificate, trusting no more than `trusted`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    context.load_cert_chain(pem)
    with serving(Simulated(), context) as server:
        failed = call(f"https://{host}:{server.port}", trusted, asynchronous)
        assert server.seen == []
    return failed


def call(origin: str, trusted: Path | None, asynchronous: bool, retries: int = 3) -> Exception:
    async def run() -> None:
        async with AsyncVCenter(origin, username=USER, password=PASSWORD, ca_bundle=trusted) as vc:
            await vc.cluster.get()

    def run_sync() -> None:
        VCenter(origin, username=USER, password=PASSWORD, ca_bundle=trusted, retries=retries).cluster.get()

    with pytest.raises(ConnectionFailed) as caught:
        asyncio.run(run()) if asynchronous else run_sync()
    return caught.value


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize(
    ("kind", "said", "code"),
    [
        ("self-signed", "self-signed certificate", 18),
        ("unknown authority", "unable to get local issuer certificate", 20),
        ("whole chain", "self-signed certificate in certificate chain", 19),
    ],
)
def test_an_unknown_authority_is_told_and_a_bundle_advised(
    make: Make, kind: str, said: str, code: int, asynchronous: bool
) -> None:
    authority = make("authority")
    pem = make("server", issuer=None if kind == "self-signed" else authority)
    if kind == "whole chain":
        certificate = Path(str(authority).replace(".pem", ".crt"))
        pem.write_bytes(pem.read_bytes() + certificate.read_bytes())
    failed = refusal(pem, asynchronous=asynchronous)
    assert failed.reason == f"the server's certificate is not trusted: {said}"
    assert "pass the issuing authority as ca_bundle=" in str(failed)
    assert failed.permanent
    assert failed.__cause__.verify_code == code


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize(
    ("host", "how", "said"),
    [
        ("localhost", {}, "Hostname mismatch, certificate is not valid for 'localhost'"),
        ("127.0.0.1", {"san": "DNS:vc"}, "IP address mismatch, certificate is not valid for '127.0.0.1'"),
        ("127.0.0.1", {"days": -1}, "certificate has expired"),
        ("127.0.0.1", {"key": ("-newkey", "rsa:1024")}, "EE certificate key too weak"),
    ],
    ids=["host name", "address", "expired", "weak key"],
)
def test_what_no_bundle_mends_is_told_without_advice(
    make: Make, host: str, how: dict, said: str, asynchronous: bool
) -> None:
    authority = make("authority")
    failed = refusal(make("server", issuer=authority, **how), host, authority, asynchronous)
    assert failed.reason == f"the server's certificate is not trusted: {said}"
    assert "ca_bundle" not in str(failed)
    assert failed.permanent


def test_a_server_that_speaks_no_tls_is_told() -> None:
    def answer(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(1)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.recv(4096)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=answer, args=(listener,), daemon=True).start()
        failed = call(f"https://127.0.0.1:{listener.getsockname()[1]}", None, asynchronous=False, retries=0)
    assert failed.reason.startswith("TLS failed: ")
    assert len(failed.reason) > len("TLS failed: ")
    assert isinstance(failed.__cause__, ssl.SSLError)
    assert "ca_bundle" not in str(failed)


def test_the_cause_is_kept_and_refers_to_nothing(make: Make) -> None:
    failed = refusal(make("server"))
    cause = failed.__cause__
    assert type(cause) is ssl.SSLCertVerificationError
    assert "self-signed certificate" in str(cause)
    assert (cause.__traceback__, cause.__cause__, cause.__context__) == (None, None, None)
    assert pickle.loads(pickle.dumps(failed)).reason == failed.reason


def test_the_cause_of_a_refused_connection_has_the_systems_number(server: Server) -> None:
    server.close()
    failed = call(server.origin, None, asynchronous=False)
    assert type(failed.__cause__) is ConnectionRefusedError
    assert not failed.permanent


@pytest.mark.parametrize(
    "secret", [{"username": USER, "password": PASSWORD}, {"token": "t0ken-9"}], ids=["password", "token"]
)
@pytest.mark.parametrize("client", [VCenter, AsyncVCenter])
def test_a_secret_over_plain_http_to_another_machine_warns_where_the_client_is_made(client: type, secret: dict) -> None:
    with pytest.warns(InsecureConnectionWarning, match=r"http://vc\.example\.com can be read") as caught:
        client("http://vc.example.com", **secret)
    assert [warning.filename for warning in caught] == [__file__]
    assert not any(text in str(caught[0].message) for text in secret.values())


def test_a_certificate_that_is_not_checked_warns_where_the_client_is_made() -> None:
    with pytest.warns(InsecureConnectionWarning, match="not checked") as caught:
        VCenter("vc.example.com", verify=False)
    assert [warning.filename for warning in caught] == [__file__]


@pytest.mark.parametrize(
    ("origin", "secret"),
    [
        ("http://127.0.0.1:80", {"token": "t"}),
        ("http://[::1]", {"token": "t"}),
        ("http://localhost:8080", {"token": "t"}),
        ("https://vc.example.com", {"token": "t"}),
        ("http://vc.example.com", {}),
    ],
)
def test_nothing_to_read_and_this_machine_warn_of_nothing(origin: str, secret: dict) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        VCenter(origin, **secret)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.9.9.9", True),
        ("vc.localhost", True),
        ("10.0.0.1", False),
        ("localhost.example.com", False),
        ("[::2]", False),
    ],
)
def test_what_this_machine_is(host: str, expected: bool) -> None:
    assert is_this_machine(f"http://{host}:1") is expected
