"""Where an index takes uploads and where it lists what it has."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from vcsdk.release.refusal import refusal

_PUBLIC = {
    "https://pypi.org/simple/": "https://upload.pypi.org/legacy/",
    "https://test.pypi.org/simple/": "https://test.pypi.org/legacy/",
}
_LISTINGS = ("simple", "+simple")
_LOCAL = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Places:
    """`upload` takes files; `listings` are addresses of listings (PEP 503) to try in turn, a slash at their end."""

    listings: tuple[str, ...]
    upload: str

    @property
    def in_the_clear(self) -> bool:
        """Whether passwords would travel unencrypted to another machine."""
        parts = urlsplit(self.upload)
        return parts.scheme == "http" and parts.hostname not in _LOCAL


def places(index: str, upload: str | None) -> Places:
    """The addresses of an index, from the one that `pip install --index-url` takes or the one that uploads go to.

    pypiserver, Nexus, Artifactory and GitLab list at that with `simple/` behind it, devpi with `+simple/`.

    Raises:
        InputError: `not-an-index`: that is no web address.
    """
    for url, option in ((index, "--index-url"), (upload, "--upload-url")):
        if url is not None and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
            raise refusal(
                "not-an-index", "this is not a web address", option, "for example: https://pypi.example.com/simple/"
            )
    parts = urlsplit(index)
    path = parts.path.rstrip("/")
    whole = urlunsplit(parts._replace(path=path + "/", query="", fragment=""))
    above, _, last = path.rpartition("/")
    if last in _LISTINGS:
        return Places((whole,), upload or _PUBLIC.get(whole) or urlunsplit(parts._replace(path=_door(above))))
    return Places(tuple(f"{whole}{name}/" for name in _LISTINGS), upload or index)


def _door(path: str) -> str:
    """The path that takes uploads; GitLab and Artifactory want it without a slash at its end, the others with one."""
    bare = path.endswith("/packages/pypi") or "/api/pypi/" in path
    return path if bare else f"{path}/"
