"""TLS and proxies, for real."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from vcsdk.copied.runtime import ConnectionFailed, InsecureConnectionWarning, Retries

from tests.wire.runtime.server import Reply, Seen, Server, serving
from tests.wire.runtime.vcenter import PASSWORD, USER, Simulated, VCenter

_CERTIFICATE = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    " -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
)
QUICK = Retries(count=3, first=0.01, longest=0.02)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that no system trusts, with its key in the same file."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed; it makes the certificate of this test")
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    subprocess.run(
        [*_CERTIFICATE.split(), "-keyout", str(path), "-out", f"{path}.crt"],
        check=True,
        capture_output=True,
    )
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


@pytest.fixture
def secure(certificate: Path, simulated: Simulated) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(simulated, context) as server:
        yield server


def test_a_certificate_nobody_vouches_for_is_refused_at_once(secure: Server) -> None:
    vc = VCenter(secure.origin, username=USER, password=PASSWORD, retries=QUICK)
    with pytest.raises(
        ConnectionFailed, match="certificate is not trusted: self-signed certificate; nothing was sent"
    ) as caught:
        vc.cluster.get()
    assert "ca_bundle=" in str(caught.value)
    assert secure.seen == []
    assert secure.connections == 1


def test_waiting_does_not_insist_on_a_certificate_that_changed(secure: Server, server: Server) -> None:
    task = VCenter(server.origin, username=USER, password=PASSWORD).cluster.failover(planned=True)
    stranger = VCenter(secure.origin, username=USER, password=PASSWORD)
    with pytest.raises(ConnectionFailed, match="not trusted"):
        stranger.tasks.attach(task.checkpoint()).wait(timeout=20, poll=0.02)


@pytest.mark.parametrize("folder", [False, True])
def test_a_ca_bundle_vouches_for_it(secure: Server, certificate: Path, folder: bool, tmp_path: Path) -> None:
    bundle = certificate
    if folder:
        name = subprocess.run(
            ["openssl", "x509", "-hash", "-noout", "-in", f"{certificate}.crt"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        (tmp_path / f"{name}.0").write_bytes(Path(f"{certificate}.crt").read_bytes())
        bundle = tmp_path
    with VCenter(secure.origin, username=USER, password=PASSWORD, ca_bundle=str(bundle)) as vc:
        assert vc.cluster.get().mode == "ENABLED"


def test_without_verification_it_is_taken(secure: Server) -> None:
    with pytest.warns(InsecureConnectionWarning):
        vc = VCenter(secure.origin, username=USER, password=PASSWORD, verify=False)
    with vc:
        assert vc.cluster.get().mode == "ENABLED"


def test_a_proxy_is_used(simulated: Simulated) -> None:
    def forward(seen: Seen) -> Reply:
        seen.target = seen.target.removeprefix("http://vc.example.com")
        return simulated(seen)

    with serving(forward) as proxy:
        with pytest.warns(InsecureConnectionWarning):
            vc = VCenter("http://vc.example.com", username=USER, password=PASSWORD, proxy=proxy.origin)
        assert vc.cluster.get().mode == "ENABLED"
        assert [seen.headers["host"] for seen in proxy.seen] == ["vc.example.com"] * 2


def test_a_broken_proxy_has_sent_nothing_on() -> None:
    with serving(lambda seen: Reply(502)) as proxy:
        vc = VCenter("https://vc.example.com", username=USER, password=PASSWORD, proxy=proxy.origin, retries=0)
        with pytest.raises(ConnectionFailed, match="the proxy failed; nothing was sent"):
            vc.cluster.failover(planned=True)
