"""A package index: what it has, and sending it more."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import logging
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase, HTTPBasicAuth
from twine.exceptions import InvalidDistribution
from twine.package import PackageFile
from twine.repository import Repository
from urllib3.exceptions import HTTPError

from vcsdk.release import listing, said
from vcsdk.release.bounded import Clock, adapter
from vcsdk.release.credentials import Credentials
from vcsdk.release.listing import Listed
from vcsdk.release.places import Places
from vcsdk.release.refusal import refusal

_TIMES = (10.0, 120.0)
"""Seconds to wait for a connection, and for the next bytes of an answer."""
_LISTING, _DOWNLOAD, _UPLOAD = 30.0, 600.0, 120.0
"""Seconds that a listing, the download of a file, and an upload may take as a whole, whatever comes meanwhile."""
_SLOWEST = 10 << 10
"""Bytes a second that an upload has at least; it may take longer by as much as its size asks for."""

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
        self._basic = HTTPBasicAuth(*credentials.on_the_wire)
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
        self._clock = Clock()
        self._takes_attestations = False
        if credentials is not None:
            self._session.auth = _Scoped(credentials, (places.upload, *places.listings))
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, adapter(self._clock))
        # What libraries warn of quotes the server: "Received "500 …"" of twine, "Failed to parse headers" of urllib3.
        for library in ("twine", "urllib3"):
            logging.getLogger(library).addHandler(logging.NullHandler())
            logging.getLogger(library).propagate = False
        # The body of an answer to an upload says nothing that is needed, so it is not read.
        # `Session.verify` would give way to the variable REQUESTS_CA_BUNDLE; a request's own argument does not.
        always: dict[str, Any] = {"timeout": _TIMES, "stream": True}
        if ca_bundle is not None:
            always["verify"] = str(ca_bundle)
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
            InputError: `index-unreachable`, or `index-refused` with what the index said; `nothing-to-publish`: it is no
                package inside.
        """
        package = _package(file, attestations)
        longest = _UPLOAD + file.stat().st_size / _SLOWEST
        tried = False

        def attempt() -> requests.Response | None:
            nonlocal tried
            if tried and arrived():
                return None
            tried = True
            with contextlib.redirect_stdout(io.StringIO()):
                answer = self._answered(lambda: self._repository.upload(package, max_redirects=1), longest)
            self._clock.stop()
            answer.close()
            return answer

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
        headers = {"Accept": listing.ACCEPT}
        content = bytearray()
        with self._answered(lambda: self._session.get(url, headers=headers), _LISTING) as answer:
            for block in self._blocks(answer):
                content += block
                if len(content) > _LONGEST:
                    raise refusal("not-an-index", f"the listing has more than {_LONGEST >> 20} MiB", url)
        try:
            return answer, content.decode(answer.encoding or "utf-8", "replace")
        except (LookupError, ValueError):
            # There is no such encoding, or it is none of texts ("idna").
            return answer, content.decode("utf-8", "replace")

    def _download_digest(self, url: str) -> str:
        seen = hashlib.sha256()
        with self._answered(lambda: self._session.get(url), _DOWNLOAD) as answer:
            self._expect_success(answer, url)
            for number, block in enumerate(self._blocks(answer)):
                if number > _LARGEST // _BLOCK:
                    raise refusal("not-an-index", f"a file has more than {_LARGEST >> 30} GiB", url)
                seen.update(block)
        return seen.hexdigest()

    def _blocks(self, answer: requests.Response) -> Iterator[bytes]:
        """The body of an answer, as long as there is time for it.  Raises `_Again` where it breaks."""
        try:
            yield from answer.iter_content(_BLOCK)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise _Again(self._slowness or said.reason(error)) from None
        finally:
            self._clock.stop()
        if self._slowness is not None:
            raise _Again(self._slowness)

    @property
    def _slowness(self) -> str | None:
        return "the answer took too long" if self._clock.over else None

    def _answered(self, request: Callable[[], Any], seconds: float) -> requests.Response:
        """The head of the answer to a request that may be repeated if there is none, or if the index is busy.

        Raises:
            InputError: `index-refused`: it leads to what is no address, or cannot be read by any rule.
        """
        self._clock.start(seconds)
        try:
            answer = self._asked(request)
        except BaseException:
            self._clock.stop()
            raise
        # A head that was shut down in its middle reads as one that has ended.
        unfit = self._slowness or (f"the index answers {said.status(answer)}" if answer.status_code in _BUSY else None)
        if unfit is not None:
            self._clock.stop()
            answer.close()
            raise _Again(unfit)
        return answer

    def _asked(self, request: Callable[[], Any]) -> requests.Response:
        try:
            answer: requests.Response = request()
            return answer
        except requests.exceptions.SSLError as error:
            if self._slowness is not None:
                raise _Again(self._slowness) from None
            hint = "name the authority's certificate with --ca-bundle"
            raise refusal(
                "index-unreachable", f"the certificate is refused: {said.reason(error)}", self.places.upload, hint
            ) from None
        except (requests.ConnectionError, requests.Timeout) as error:
            raise _Again(self._slowness or said.reason(error)) from None
        except (requests.RequestException, HTTPError, ValueError) as error:
            # Redirects without an end, links to what is no web address, two lengths of one body.
            text = f"what the index answers leads nowhere: {said.reason(error)}"
            raise refusal("index-refused", text, self.places.listings[0], "is this the address of an index?") from None

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
        status = said.status(answer)
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
            text = f"the index sends elsewhere, to {said.address(answer.headers.get('location', '?'))}"
            raise refusal("index-refused", text, url, "if you trust that address, name it with --upload-url")
        raise refusal("index-refused", f"the index answers {status}", url)


def _package(file: Path, attestations: Sequence[Path]) -> PackageFile:
    """A built file as twine sends it.

    Raises:
        InputError: `nothing-to-publish`: it is called like a package and is none inside.
    """
    try:
        package = PackageFile.from_filename(str(file), None)
        if attestations:
            package.add_attestations([str(path) for path in attestations])
    except (InvalidDistribution, tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        text = f"this is no built package: {said.few(str(error))}"
        raise refusal("nothing-to-publish", text, file, "build it again: vcsdk build") from None
    return package
