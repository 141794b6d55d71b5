from __future__ import annotations

import pytest
from vcsdk.diagnostics import InputError
from vcsdk.release.places import places


@pytest.mark.parametrize(
    ("index", "upload"),
    [
        # Addresses as the documentation of each index gives them.
        ("http://localhost:8080/simple/", "http://localhost:8080/"),
        ("https://d.example/team/dev/+simple/", "https://d.example/team/dev/"),
        ("https://n.example/repository/p/simple/", "https://n.example/repository/p/"),
        ("https://a.example/artifactory/api/pypi/p/simple/", "https://a.example/artifactory/api/pypi/p"),
        (
            "https://g.example/api/v4/projects/7/packages/pypi/simple/",
            "https://g.example/api/v4/projects/7/packages/pypi",
        ),
        ("https://pypi.org/simple/", "https://upload.pypi.org/legacy/"),
    ],
)
@pytest.mark.parametrize("slash", ["/", ""])
def test_the_upload_address_follows_from_the_listing(index: str, upload: str, slash: str) -> None:
    found = places(index.rstrip("/") + slash, None)
    assert (found.listings, found.upload) == ((index,), upload)


def test_the_upload_address_finds_its_listing() -> None:
    found = places("https://d.example/team/dev/", None)
    assert found.listings == ("https://d.example/team/dev/simple/", "https://d.example/team/dev/+simple/")
    assert found.upload == "https://d.example/team/dev/"


def test_a_named_upload_address_counts() -> None:
    assert places("https://p.example/simple/", "https://up.example/legacy/").upload == "https://up.example/legacy/"


@pytest.mark.parametrize(
    "url", ["", "pypi.example.com/simple", "ftp://p.example/simple/", "https:///simple/", "/simple/"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(InputError):
        places(url, None)


@pytest.mark.parametrize(
    ("url", "clear"),
    [("http://p.example/simple/", True), ("http://localhost/simple/", False), ("https://p.example/simple/", False)],
)
def test_a_password_in_the_clear_is_noticed(url: str, clear: bool) -> None:
    assert places(url, None).in_the_clear is clear
