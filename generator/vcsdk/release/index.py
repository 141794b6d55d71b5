"""A package index: what it has, and sending it more."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth
from twine.package import PackageFile
from twine.repository import Repository

from vcsdk.release import listing
from vcsdk.release.credentials import Credentials
from vcsdk.release.listing import Listed
from vcsdk.release.places import Places
from vcsdk.release.refusal import refusal

_TIMES = (10.0, 120.0)
"""Seconds to wait for a connection, and for the next bytes of an answer."""

_BUSY = {429, 500, 502, 503, 504}
_BLOCK = 1 << 20
_LONGEST = 64 << 20
"""Most bytes of a listing that are read; the largest projects of the largest index have a tenth."""
_LARGEST = 1 << 30
"""Most bytes of a file that are read for its digest."""

T = TypeVar("T")


class _Scoped(AuthBase):
    """Signs in at the index alone: its listing may link to files anywhere."""

    def __init__(self, credentials: Credentials, urls: Iterable[str]) -> None:
        self._basic = HTTPBasicAuth(credentials.username, credentials.password)
        self._origins = {_origin(url) for url in urls}

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return self._basic(request) if _origin(request.url or "") in self._origins else request


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


class _Again(Exception):
    """What may well work a moment later; the text says what happened."""


class Index:
    """An index that is spoken to with patience: what may be repeated is, up to `attempts` times with growing pauses."""

    def __init__(
        self,
        places: Places,
        credentials: Credentials | None,
        *,
        ca_bundle: Path | None = None,
        attempts: int = 5,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.places = places
        self._credentials = credentials
        self._attempts = attempts
        self._pause = pause
        self._repository = Repository(places.upload, None, None, disable_progress_bar=True)
        self._session: requests.Session = self._repository.session
        self._takes_attestations = False
        if credentials is not None:
            self._session.auth = _Scoped(credentials, (places.upload, *places.listings))
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=urllib3.Retry(0, redirect=False)))
        # `Session.verify` would give way to the variable REQUESTS_CA_BUNDLE; a request's own argument does not.
        always: dict[str, Any] = {"timeout": _TIMES, **({"verify": str(ca_bundle)} if ca_bundle is not None else {})}
        self._session.request = functools.partial(self._session.request, **always)  # type: ignore[method-assign]

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *exc: object) -> None:
        self._repository.close()

    @functools.cached_property
    def listing(self) -> str:
        """The address of the listing that answers, with a slash at its end; `pip install --index-url` takes it.

        Raises:
            InputError: None does.
        """
        for url in self.places.listings:
            answer, text = self._patiently(functools.partial(self._get, url))
            if answer.status_code == 200:
                self._takes_attestations = listing.takes_attestations(text, answer.headers.get("content-type", ""))
                return url
            if answer.status_code in (401, 403):
                self._expect_success(answer, url)
        text = "there is no package index: no listing answers"
        raise refusal(
            "not-an-index", text, self.places.listings[0], "give the address that `pip install --index-url` takes"
        )

    @property
    def takes_attestations(self) -> bool:
        """Whether its listing says that it is one of PEP 740.

        Raises:
            InputError: No listing answers.
        """
        return self.listing != "" and self._takes_attestations

    def files(self, project: str) -> dict[str, Listed]:
        """The files that the index has of a project (its normalised name), by name; empty for an unknown one.

        Raises:
            InputError: `index-unreachable`, `index-refused` or `not-an-index`.
        """
        url = f"{self.listing}{project}/"
        answer, text = self._patiently(functools.partial(self._get, url))
        if answer.status_code == 404:
            return {}
        self._expect_success(answer, url)
        try:
            return listing.read(text, answer.headers.get("content-type", ""), answer.url)
        except ValueError as error:
            raise refusal("not-an-index", f"the listing cannot be read: {error}", url) from None

    def digest(self, file: Listed) -> str:
        """SHA-256 (hex) of a file that the index has; it is downloaded if the listing does not say.

        Raises:
            InputError: `index-unreachable` or `index-refused`.
        """
        return file.sha256 or self._patiently(functools.partial(self._download_digest, file.url))

    def send(self, file: Path, attestations: Sequence[Path], arrived: Callable[[], bool]) -> None:
        """Upload a file, and in the same request what attests it.

        An upload whose answer was lost may have succeeded, and an index that has the file refuses it the second time:
        `arrived` tells, and is asked before a repetition and after a refusal.

        Raises:
            InputError: `index-unreachable`, or `index-refused` with what the index said.
        """
        package = PackageFile.from_filename(str(file), None)
        if attestations:
            package.add_attestations([str(path) for path in attestations])
        tried = False

        def attempt() -> requests.Response | None:
            nonlocal tried
            if tried and arrived():
                return None
            tried = True
            with contextlib.redirect_stdout(io.StringIO()):
                return self._answered(lambda: self._repository.upload(package, max_redirects=1))

        answer = self._patiently(attempt)
        if answer is None or (answer.ok and not answer.is_redirect):
            return
        if answer.status_code in (400, 403, 409) and arrived():
            return
        self._expect_success(answer, self.places.upload)

    def has_in_time(self, arrived: Callable[[], bool]) -> bool:
        """Whether a file is there within a few questions: an index may list what it took a moment later."""
        for attempt in range(1, self._attempts + 1):
            if arrived():
                return True
            if attempt < self._attempts:
                self._pause(0.5 * 2 ** (attempt - 1))
        return False

    def _get(self, url: str) -> tuple[requests.Response, str]:
        """An answer with its text, as far as a listing goes.

        Raises:
            InputError: `not-an-index`: it goes further.
        """
        with self._answered(lambda: self._session.get(url, headers={"Accept": listing.ACCEPT}, stream=True)) as answer:
            content = bytearray()
            try:
                for block in answer.iter_content(_BLOCK):
                    content += block
                    if len(content) > _LONGEST:
                        text = f"the listing has more than {_LONGEST >> 20} MiB"
                        raise refusal("not-an-index", text, url)
            except requests.RequestException as error:
                raise _Again(_reason(error)) from None
            try:
                return answer, content.decode(answer.encoding or "utf-8", "replace")
            except LookupError:
                return answer, content.decode("utf-8", "replace")

    def _download_digest(self, url: str) -> str:
        seen = hashlib.sha256()
        with self._answered(lambda: self._session.get(url, stream=True)) as answer:
            self._expect_success(answer, url)
            try:
                for number, block in enumerate(answer.iter_content(_BLOCK)):
                    if number > _LARGEST // _BLOCK:
                        raise refusal("not-an-index", f"a file has more than {_LARGEST >> 30} GiB", url)
                    seen.update(block)
            except requests.RequestException as error:
                raise _Again(_reason(error)) from None
        return seen.hexdigest()

    def _answered(self, request: Callable[[], Any]) -> requests.Response:
        """The answer to a request that may be repeated if there is none, or if the index is busy."""
        try:
            answer: requests.Response = request()
        except requests.exceptions.SSLError as error:
            hint = "name the authority's certificate with --ca-bundle"
            raise refusal(
                "index-unreachable", f"the certificate is refused: {_reason(error)}", self.places.upload, hint
            ) from None
        except (requests.ConnectionError, requests.Timeout) as error:
            raise _Again(_reason(error)) from None
        if answer.status_code in _BUSY:
            raise _Again(f"the index answers {answer.status_code} {answer.reason}")
        return answer

    def _patiently(self, action: Callable[[], T]) -> T:
        for attempt in range(1, self._attempts + 1):
            try:
                return action()
            except _Again as error:
                reason = str(error)
            if attempt < self._attempts:
                self._pause(0.5 * 2 ** (attempt - 1))
        times = "once" if self._attempts == 1 else f"{self._attempts} times"
        text = f"cannot be reached (tried {times}): {reason}"
        raise refusal(
            "index-unreachable", text, self.places.upload, "run the same command again; what has arrived stays"
        )

    def _expect_success(self, answer: requests.Response, url: str) -> None:
        if answer.ok and not answer.is_redirect:
            return
        said = " ".join(answer.reason.split()) if answer.reason else ""
        status = f"{answer.status_code} {said}".strip()
        if answer.status_code in (401, 403):
            known = self._credentials
            if known is None:
                text, hint = (
                    f"the index wants a user name and password ({status})",
                    ("set VCSDK_INDEX_USERNAME and VCSDK_INDEX_PASSWORD, or use a netrc file or the keyring"),
                )
            else:
                text = f"the index refuses user `{known.username}` with the password from {known.source} ({status})"
                hint = "check both; the password is not shown here"
            raise refusal("index-refused", text, url, hint)
        if answer.is_redirect:
            text = f"the index sends elsewhere, to {answer.headers.get('location', '?')}"
            raise refusal("index-refused", text, url, "if you trust that address, name it with --upload-url")
        raise refusal("index-refused", f"the index answers {status}", url)


def _reason(error: BaseException) -> str:
    """The innermost cause in words; what requests says around it names objects and addresses in memory."""
    seen: BaseException = error
    while True:
        inner = next((a for a in (getattr(seen, "reason", None), *seen.args) if isinstance(a, BaseException)), None)
        if inner is None:
            break
        seen = inner
    text = str(seen.args[-1] if seen.args else seen) or type(seen).__name__
    return text.partition(">: ")[2] or text
