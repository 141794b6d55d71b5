"""A Sigstore of one's own: a certificate authority (Fulcio), a log of certificates and a log of signatures (Rekor).

What it answers is made with real keys as those services make it, so that Sigstore's own client and verifier accept it.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
import rfc8785
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_SCT_LIST = x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")
_ISSUER = x509.ObjectIdentifier("1.3.6.1.4.1.57264.1.1")
_SINCE = "2020-01-01T00:00:00Z"
ISSUER = "https://ci.example.com"
SUBJECT = "https://ci.example.com/team/sdk//release.yml@refs/heads/main"


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def der(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def token(*, audience: str = "sigstore", seconds: float = 300) -> str:
    """What an identity provider gives a job."""
    now = int(time.time())
    claims = {"iss": ISSUER, "sub": SUBJECT, "aud": audience, "iat": now - 5, "nbf": now - 5, "exp": now + seconds}
    return jwt.encode(claims, "k" * 32, algorithm="HS256")


class Authority:
    """The three services; `log` has what was signed, `refuses` the status with which they answer instead."""

    def __init__(self) -> None:
        self._root, self._tree, self._certificates = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
        self.certificate = self._issue(self._root.public_key(), [x509.BasicConstraints(ca=True, path_length=0)])
        self.log: list[dict[str, Any]] = []
        self.bearers: list[str] = []
        self.refuses: int | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def trust_config(self) -> dict[str, Any]:
        """The file that `--trust-config` takes."""
        service = {"url": self.url, "majorApiVersion": 1, "operator": "tests", "validFor": {"start": _SINCE}}
        root = self.certificate.public_bytes(Encoding.DER)
        return {
            "mediaType": "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json",
            "trustedRoot": {
                "mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
                "tlogs": [self._instance(self._tree)],
                "ctlogs": [self._instance(self._certificates)],
                "certificateAuthorities": [
                    {
                        "subject": {"organization": "tests", "commonName": "tests"},
                        "certChain": {"certificates": [{"rawBytes": b64(root)}]},
                        "validFor": {"start": _SINCE},
                    }
                ],
            },
            "signingConfig": {
                "mediaType": "application/vnd.dev.sigstore.signingconfig.v0.2+json",
                "caUrls": [service],
                "rekorTlogUrls": [service],
                "rekorTlogConfig": {"selector": "ANY"},
            },
        }

    def _instance(self, key: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
        held = {"rawBytes": b64(der(key)), "keyDetails": "PKIX_ECDSA_P256_SHA_256", "validFor": {"start": _SINCE}}
        identity = {"keyId": b64(digest(der(key)))}
        return {"baseUrl": self.url, "hashAlgorithm": "SHA2_256", "publicKey": held, "logId": identity}

    def _issue(self, key: Any, extensions: list[Any]) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "tests")])
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._root.public_key())
        leaf = not isinstance(extensions[0], x509.BasicConstraints)
        builder = (
            x509.CertificateBuilder(name, x509.Name([]) if leaf else name, key, self._serial(key))
            .not_valid_before(now - datetime.timedelta(minutes=5))
            .not_valid_after(now + datetime.timedelta(minutes=10 if leaf else 9999))
            .add_extension(authority, critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(
                x509.KeyUsage(leaf, False, False, False, False, not leaf, not leaf, False, False), critical=True
            )
        )
        for extension in extensions:
            critical = isinstance(extension, x509.BasicConstraints | x509.SubjectAlternativeName)
            builder = builder.add_extension(extension, critical=critical)
        return builder.sign(self._root, hashes.SHA256())

    @staticmethod
    def _serial(key: Any) -> int:
        return int.from_bytes(digest(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))[:15]) + 1

    def certify(self, request: dict[str, Any], bearer: str) -> dict[str, Any]:
        """A certificate for the key of the request, with the promise of the log of certificates in it."""
        asked = x509.load_pem_x509_csr(base64.b64decode(request["certificateSigningRequest"]))
        claims = jwt.decode(bearer, options={"verify_signature": False})
        extensions = [
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]),
            x509.SubjectAlternativeName([x509.UniformResourceIdentifier(claims["sub"])]),
            x509.UnrecognizedExtension(_ISSUER, claims["iss"].encode()),
        ]
        without = self._issue(asked.public_key(), extensions).tbs_certificate_bytes
        promise = x509.UnrecognizedExtension(_SCT_LIST, self._promise(without))
        while True:
            # A certificate with other times (another second) is another one than was promised.
            made = self._issue(asked.public_key(), [*extensions, promise])
            if made.tbs_precertificate_bytes == without:
                break
            without = made.tbs_precertificate_bytes
            promise = x509.UnrecognizedExtension(_SCT_LIST, self._promise(without))
        chain = [each.public_bytes(Encoding.PEM).decode() for each in (made, self.certificate)]
        return {"signedCertificateEmbeddedSct": {"chain": {"certificates": chain}}}

    def _promise(self, precertificate: bytes) -> bytes:
        """A list of one signed timestamp, as RFC 6962 has it."""
        moment = int(time.time() * 1000)
        entry = digest(der(self._root)) + len(precertificate).to_bytes(3) + precertificate
        signed = struct.pack("!BBQH", 0, 0, moment, 1) + entry + struct.pack("!H", 0)
        signature = self._certificates.sign(signed, ec.ECDSA(hashes.SHA256()))
        one = struct.pack("!B32sQH", 0, digest(der(self._certificates)), moment, 0)
        one += struct.pack("!BBH", 4, 3, len(signature)) + signature
        listed = struct.pack("!H", len(one)) + one
        listed = struct.pack("!H", len(listed)) + listed
        return b"\x04" + (bytes([len(listed)]) if len(listed) < 128 else b"\x81" + bytes([len(listed)])) + listed

    def enter(self, proposed: dict[str, Any]) -> dict[str, Any]:
        """An entry of a log that has it alone, and the proofs of it."""
        content = proposed["spec"]["proposedContent"]
        envelope = json.loads(content["envelope"])
        (signature,) = envelope["signatures"]
        body = {
            "apiVersion": "0.0.1",
            "kind": "dsse",
            "spec": {
                "envelopeHash": {"algorithm": "sha256", "value": digest(content["envelope"].encode()).hex()},
                "payloadHash": {
                    "algorithm": "sha256",
                    "value": digest(base64.b64decode(envelope["payload"])).hex(),
                },
                "signatures": [{"signature": signature["sig"], "verifier": content["verifiers"][0]}],
            },
        }
        self.log.append(json.loads(base64.b64decode(envelope["payload"])))
        canonical = rfc8785.dumps(body)
        root, log, now = digest(b"\0" + canonical), digest(der(self._tree)), int(time.time())
        stated = {"body": b64(canonical), "integratedTime": now, "logID": log.hex(), "logIndex": 0}
        note = f"tests - 1\n1\n{b64(root)}\n"
        sealed = f"{note}\n\u2014 tests {b64(log[:4] + self._sign(note.encode()))}\n"
        proof = {"logIndex": 0, "rootHash": root.hex(), "treeSize": 1, "hashes": [], "checkpoint": sealed}
        signed = b64(self._sign(rfc8785.dumps(stated)))
        return {log.hex(): {**stated, "verification": {"inclusionProof": proof, "signedEntryTimestamp": signed}}}

    def _sign(self, content: bytes) -> bytes:
        return self._tree.sign(content, ec.ECDSA(hashes.SHA256()))


@contextmanager
def running() -> Iterator[Authority]:
    authority = Authority()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            if authority.refuses is not None:
                self._answer(authority.refuses, {"code": 3, "message": "not today"})
            elif self.path.endswith("/signingCert"):
                bearer = self.headers["authorization"].removeprefix("Bearer ")
                authority.bearers.append(bearer)
                self._answer(200, authority.certify(asked, bearer))
            else:
                self._answer(201, authority.enter(asked))

        def do_GET(self) -> None:
            """Where a job of GitHub Actions gets its token."""
            authority.bearers.append(self.headers["authorization"])
            self._answer(200, {"value": token(audience=self.path.rpartition("audience=")[2])})

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    authority.port = server.server_port
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()


def written(authority: Authority, folder: Path) -> Path:
    """The trust configuration as a file."""
    file = folder / "trust.json"
    file.write_text(json.dumps(authority.trust_config()))
    return file
