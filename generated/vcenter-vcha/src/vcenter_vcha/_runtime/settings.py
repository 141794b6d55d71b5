"""What a client is told: timeouts, retries, TLS."""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import msgspec

from .called import called, shown
from .deadline import Until
from .errors import ArgumentError, InsecureConnectionWarning
from .log import logger
from .retry import Retries
from .target import is_this_machine

if TYPE_CHECKING:
    import ssl


_CONNECT = 10.0
MAX_ANSWER_BYTES = 256 * 1024 * 1024
"""Of an answer that is held in memory, content encoding undone."""
Timeout = float | httpx2.Timeout


class Bounds(msgspec.Struct, frozen=True):
    """How much comes: bytes of what is held in memory, bytes and seconds of what is streamed; None means any number."""

    answer_bytes: int | None = MAX_ANSWER_BYTES
    stream_bytes: int | None = None
    stream_seconds: float | None = None


def checked_bounds(answer_bytes: Any, stream_bytes: Any, stream_seconds: Any) -> Bounds:
    """Raises ArgumentError."""
    seconds = None if stream_seconds is None else checked_timeout(stream_seconds, "max_stream_seconds")
    if isinstance(seconds, httpx2.Timeout):
        raise ArgumentError("max_stream_seconds: expected seconds greater than 0")
    return Bounds(
        _checked_size(answer_bytes, "max_answer_bytes"), _checked_size(stream_bytes, "max_stream_bytes"), seconds
    )


DEFAULT_BOUNDS = Bounds()


class Clock:
    """The time a call may take: from a number of seconds for everything, or httpx2's four phases.

    A number bounds the whole call, login and repetitions included; phases given one by one leave the repetitions a
    minute.  `until` is a hard `time.monotonic()` deadline on top; `once` forbids repetitions.
    """

    def __init__(self, timeout: Timeout, *, until: float | None = None, once: bool = False) -> None:
        self.give_up: float = time.monotonic() + (60.0 if isinstance(timeout, httpx2.Timeout) else float(timeout))
        self.once = once
        self._timeout = timeout
        self._bounded = until is not None or not isinstance(timeout, httpx2.Timeout)
        if until is not None:
            self.give_up = min(self.give_up, until)
        self._given = isinstance(timeout, httpx2.Timeout)
        if isinstance(timeout, httpx2.Timeout):
            self._phases: dict[str, float | None] = timeout.as_dict()
        else:
            self._phases = dict.fromkeys(("connect", "read", "write", "pool"), float(timeout))
            self._phases["connect"] = min(float(timeout), _CONNECT)

    @property
    def deadline(self) -> float | None:
        """The moment that ends everything; None where phases were given one by one."""
        return self.give_up if self._bounded else None

    @property
    def silence(self) -> float | None:
        """Seconds between two pieces of what is streamed."""
        return self._phases["read"]

    def half(self, longest: float) -> Clock:
        """The time of what comes before the call, once: half of what is left where that ends, and at most `longest`."""
        now = time.monotonic()
        left = (self.give_up - now) / 2 if self._bounded else longest
        return Clock(self._timeout, until=now + min(max(0.0, left), longest), once=True)

    def phases(self) -> dict[str, float | None]:
        """httpx2's timeouts for a request sent now: never beyond what remains."""
        if not self._bounded:
            return dict(self._phases)
        if self._given:
            return {name: Until.of(self.give_up, limit) for name, limit in self._phases.items()}
        every = Until.of(self.give_up)
        return {"connect": Until.of(self.give_up, _CONNECT), "read": every, "write": every, "pool": every}


def checked_timeout(timeout: Any, name: str = "timeout") -> Timeout:
    """The timeout if it is one.  Raises ArgumentError."""
    if isinstance(timeout, httpx2.Timeout):
        if all(seconds is None or is_time(seconds) for seconds in timeout.as_dict().values()):
            return timeout
    elif is_time(timeout):
        return float(timeout)
    raise ArgumentError(f"{called(name)}: expected seconds greater than 0")


def is_time(seconds: Any) -> bool:
    """Whether this is a number of seconds that end, greater than 0."""
    return not isinstance(seconds, bool) and isinstance(seconds, int | float) and 0 < seconds <= sys.float_info.max


def checked_retries(retries: Any) -> Retries:
    """A `Retries`; a whole number counts the repetitions.  Raises ArgumentError."""
    if isinstance(retries, Retries):
        return retries
    if isinstance(retries, bool) or not isinstance(retries, int) or retries < 0:
        raise ArgumentError("retries: expected a whole number from 0 up, or Retries(…)")
    return Retries(count=retries)


def taken_proxy(proxy: Any) -> httpx2.Proxy | ArgumentError | None:
    """A proxy as httpx2 has it, which hides its password; or what is to be raised where no frame shows its address."""
    if isinstance(proxy, ArgumentError):
        return proxy
    if proxy is None or isinstance(proxy, httpx2.Proxy):
        taken = proxy
    else:
        try:
            taken = httpx2.Proxy(proxy) if isinstance(proxy, str) else None
        except (ValueError, httpx2.InvalidURL):
            taken = None
        if taken is None or not taken.url.host or not 0 < (taken.url.port or 1) < 65536:
            return ArgumentError("proxy: expected an address such as http://proxy.example.com:3128")
    if taken is not None and taken.url.scheme.startswith("socks"):
        from importlib.util import find_spec

        if find_spec("socksio") is None:
            return ArgumentError("proxy: one that speaks SOCKS needs the package socksio")
    return taken


def hidden_proxy(proxy: Any) -> Any:
    """A proxy as `taken_proxy` has it, to stand in place of what was given."""
    return taken_proxy(proxy)


def _checked_size(size: Any, name: str) -> int | None:
    """A number of bytes, or None for any.  Raises ArgumentError."""
    if size is None:
        return None
    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        raise ArgumentError(f"{name}: expected a whole number from 1 up, or None")
    return size


def transport_options(
    origins: Sequence[str],
    ca_bundle: str | Path | None,
    verify: bool | ssl.SSLContext,
    proxy: httpx2.Proxy | ArgumentError | None,
    limits: httpx2.Limits | None,
    secret: bool,
    deeper: int = 0,
    owned: bool = False,
) -> dict[str, Any]:
    """Keyword arguments for `httpx2.Client` and `httpx2.AsyncClient`; `secret`: a password or token will be sent.

    Warnings show the line that made the client, `deeper` by what stands between.
    Where the client is `owned` by the caller nothing is made, so that there are none.
    Idle connections are kept for a short time only: a server that closes one just as a request leaves makes the
    outcome of that request unknown.
    """
    from http.cookiejar import CookieJar, DefaultCookiePolicy

    if isinstance(proxy, ArgumentError):
        raise proxy
    if limits is not None and not isinstance(limits, httpx2.Limits):
        raise ArgumentError("limits: expected httpx2.Limits")
    for origin in origins:
        if secret and origin.startswith("http:") and not is_this_machine(origin):
            _warn(f"what is sent to {origin} can be read by others on the way, credentials too", deeper)
    if owned:
        return {}
    return {
        "verify": _tls(origins, ca_bundle, verify, proxy is not None, 1 + deeper),
        "proxy": proxy,
        "limits": limits or httpx2.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=4.0),
        # Servers set the session as a cookie too; kept there, it would outlive the session.
        "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        "follow_redirects": False,
    }


def _warn(text: str, deeper: int) -> None:
    warnings.warn(text, InsecureConnectionWarning, stacklevel=4 + deeper)
    logger.warning("%s", text)


def _tls(
    origins: Sequence[str], ca_bundle: str | Path | None, verify: bool | ssl.SSLContext, proxied: bool, deeper: int
) -> bool | ssl.SSLContext:
    if not isinstance(verify, bool):
        import ssl

        if not isinstance(verify, ssl.SSLContext):
            raise ArgumentError("verify: expected True, False or an ssl.SSLContext")
        return verify
    if not verify:
        if ca_bundle is not None:
            raise ArgumentError(f"{called('ca_bundle')}: has no meaning with verify=False")
        for origin in origins:
            if origin.startswith("https:"):
                _warn(f"the certificate of {origin} is not checked (verify=False)", deeper)
        return False
    import ssl

    if ca_bundle is None:
        if proxied or any(origin.startswith("https:") for origin in origins):
            return True
        from .unread_tls import UnreadContext

        return UnreadContext(ssl.PROTOCOL_TLS_CLIENT)

    try:
        path = Path(ca_bundle)
        is_there = path.exists()
    except (TypeError, ValueError):
        raise ArgumentError(f"{called('ca_bundle')}: expected the path of a file or folder") from None
    if not is_there:
        raise ArgumentError(f"{called('ca_bundle')}: there is no file{shown('ca_bundle', str(path))}")
    try:
        if path.is_dir():
            return ssl.create_default_context(capath=path)
        return ssl.create_default_context(cafile=path)
    except (OSError, ssl.SSLError):
        raise ArgumentError(f"{called('ca_bundle')}:{shown('ca_bundle', str(path))} holds no PEM certificate") from None
