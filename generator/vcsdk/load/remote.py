"""Descriptions on the network: read over https from one host, bounded, and kept by their hash."""

from __future__ import annotations

import hashlib
import json
import os
import re
import ssl
import tempfile
import time
import zlib
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.request import HTTPSHandler, OpenerDirector, ProxyHandler, Request, UnknownHandler

from vcsdk import cache
from vcsdk.address import as_path, file_name, public
from vcsdk.diagnostics import WHOLE, Diagnostic, Diagnostics, InputError, Level, Location
from vcsdk.load.limits import MAX_BYTES

_REDIRECTS = 5
_ZIPPED = ("gzip", "x-gzip", "deflate")
_GZIP_OR_ZLIB = 47
"""`wbits` of zlib that tell both apart by their heads."""
_LEADING = (301, 302, 303, 307, 308)
_SECONDS, _LONGEST = 30.0, 120.0
"""For each step of a request, and for the whole of an answer."""


def fetch(address: str, diagnostics: Diagnostics, *, ca_bundle: Path | None = None, kept: bool = False) -> Path:
    """The file that a description on the network was written to.

    Args:
        address: Its address: `https`, without a user in it.
        diagnostics: Receives what is wrong.
        ca_bundle: Certificates (PEM) to trust; those of the system if None.
        kept: Take the copy of the last time, and ask the network only where there is none.

    Raises:
        InputError: It cannot be read; nothing was kept.
    """
    _look_at(address, diagnostics)
    if kept and (copy := _kept(address)) is not None:
        return copy
    content = _get(address, ca_bundle, diagnostics)
    try:
        return _keep(address, content)
    except OSError as problem:
        hint = "name a folder that can be written with VCSDK_CACHE_DIR"
        raise _refusal(address, "cannot-write", f"it cannot be kept: {problem.strerror}", diagnostics, hint) from None


def copy_of(sha256: str) -> Path | None:
    """The kept description with this hash, or None."""
    folder = _folder() / sha256
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
            return path
    return None


def _look_at(address: str, diagnostics: Diagnostics) -> None:
    try:
        parts = urlsplit(address)
        port_is_one = parts.port is None or parts.port > 0
    except ValueError:
        raise _refusal("", "bad-address", "this is no address of a description", diagnostics) from None
    if parts.username is not None or parts.password is not None:
        # The address would show in every finding, and with it what is secret.
        raise _refusal("", "bad-address", "an address may not have a user or a password in it", diagnostics)
    if parts.scheme.lower() != "https" or not parts.hostname or not port_is_one:
        hint = "read it over https, or keep a copy on this machine"
        raise _refusal(address, "bad-address", "a description is read over https alone", diagnostics, hint)


def _get(address: str, ca_bundle: Path | None, diagnostics: Diagnostics) -> bytes:
    """What stands at an address; redirects are followed on the same host."""
    try:
        trust = ssl.create_default_context(cafile=str(ca_bundle) if ca_bundle is not None else None)
    except OSError as problem:
        message = f"the certificates in {ca_bundle} cannot be read: {problem.strerror or problem}"
        raise _refusal(address, "unreadable-file", message, diagnostics) from None
    opener = OpenerDirector()
    # No others: what the network leads to is neither a file nor another protocol, and no status is an exception.
    for handler in (ProxyHandler(), HTTPSHandler(context=trust), UnknownHandler()):
        opener.add_handler(handler)
    here = address
    try:
        for _ in range(_REDIRECTS + 1):
            headers = {"Accept": "application/json, */*;q=0.5", "Accept-Encoding": "gzip"}
            request = Request(_ascii(here), headers=headers)  # noqa: S310  no handler knows anything but https
            with opener.open(request, timeout=_SECONDS) as answer:
                if answer.status in _LEADING and "location" in answer.headers:
                    here = _redirected(here, answer.headers["location"], diagnostics)
                    continue
                if answer.status != 200:
                    message = f"the server answers {answer.status} {answer.reason}".rstrip()
                    raise _refusal(here, "unreachable-description", message, diagnostics)
                return _bounded(here, answer, diagnostics)
    except (OSError, HTTPException, ValueError, zlib.error) as problem:
        reason = problem.reason if isinstance(problem, URLError) else problem
        said = reason.strerror if isinstance(reason, OSError) else None
        message = f"it cannot be read: {said or reason or type(problem).__name__}"
        wrong = isinstance(reason, ssl.SSLCertVerificationError)
        hint = "`--ca-bundle FILE` names certificates to trust" if wrong else None
        raise _refusal(address, "unreachable-description", message, diagnostics, hint) from None
    raise _refusal(address, "unreachable-description", f"more than {_REDIRECTS} redirects", diagnostics)


def _ascii(address: str) -> str:
    """An address as it goes over the wire: the host in IDNA, everything else percent-encoded."""
    parts = urlsplit(address)
    host = (parts.hostname or "").encode("idna").decode()
    place = f"[{host}]" if ":" in host else host
    place += f":{parts.port}" if parts.port is not None else ""
    path, query = (quote(text, safe="%/:=&?~+!$,;'@()*[]") for text in (parts.path, parts.query))
    return urlunsplit((parts.scheme, place, path or "/", query, ""))


def _redirected(here: str, location: str, diagnostics: Diagnostics) -> str:
    old = urlsplit(here)
    try:
        target = urljoin(here, location)
        new = urlsplit(target)
        same = (old.scheme.lower(), old.hostname, old.port or 443) == (
            new.scheme.lower(),
            new.hostname,
            new.port or 443,
        )
    except ValueError:
        message = "the server leads to an address that is none"
        raise _refusal(here, "redirect-elsewhere", message, diagnostics) from None
    if not same or new.username is not None:
        message = f"the server leads to another host, {new.scheme}://{new.hostname or ''}, which is not followed"
        raise _refusal(here, "redirect-elsewhere", message, diagnostics, "name that address if you trust it")
    return target


def _bounded(here: str, answer: Any, diagnostics: Diagnostics) -> bytes:
    encoding = answer.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", *_ZIPPED):
        message = f"the server answers in the encoding {encoding}, which it was not asked for"
        raise _refusal(here, "unreachable-description", message, diagnostics)
    # What is kept zipped is sent so by servers that look at no `Accept-Encoding`.
    unzip = zlib.decompressobj(_GZIP_OR_ZLIB) if encoding in _ZIPPED else None
    content, end = bytearray(), time.monotonic() + _LONGEST
    # `read1`: what is there, so that a server that trickles meets the clock.
    while part := answer.read1(1 << 16):
        content += part if unzip is None else unzip.decompress(part, MAX_BYTES + 1 - len(content))
        if len(content) > MAX_BYTES:
            message = f"the description is larger than {MAX_BYTES // 1024 // 1024} MiB"
            raise _refusal(here, "too-large", message, diagnostics)
        if time.monotonic() > end:
            message = f"it took more than {_LONGEST:.0f} seconds to read"
            raise _refusal(here, "unreachable-description", message, diagnostics)
    if answer.length or (unzip is not None and not unzip.eof):
        raise _refusal(here, "unreachable-description", "the answer ends too early", diagnostics)
    return bytes(content)


def _folder() -> Path:
    return cache.folder() / "descriptions"


def _index(address: str) -> Path:
    return _folder() / "addresses" / f"{hashlib.sha256(address.encode()).hexdigest()}.json"


def _kept(address: str) -> Path | None:
    try:
        known = json.loads(_index(address).read_text(encoding="utf-8"))
        return copy_of(str(known["sha256"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(address: str, content: bytes) -> Path:
    sha256 = hashlib.sha256(content).hexdigest()
    name = re.sub(r"[^A-Za-z0-9._-]+", "_", file_name(as_path(address)).name).strip("._")[-100:] or "description"
    path = copy_of(sha256)
    if path is None:
        path = _folder() / sha256 / name
        _write(path, content)
    _write(_index(address), json.dumps({"sha256": sha256}).encode())
    return path


def _write(path: Path, content: bytes) -> None:
    """Write a file so that others see all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=path.parent.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def _refusal(address: str, rule: str, message: str, diagnostics: Diagnostics, hint: str | None = None) -> InputError:
    diagnostics.add(
        Diagnostic(Level.ERROR, rule, message, Location(public(address) if address else "https:", WHOLE), hint)
    )
    return InputError(diagnostics)
