"""Which hosts count as production, and where the list is."""

from __future__ import annotations

from pathlib import Path

import pytest
from vcsdk.copied.suite import production


@pytest.mark.parametrize(
    ("url", "pattern"),
    [
        ("https://vc-prod-1.example.com", "vc-prod-*"),
        ("https://VC-Prod-1.Example.com:443", "vc-prod-*"),
        ("https://vc-prod-1.example.com.", "vc-prod-?.example.com"),
        ("https://192.0.2.7", "192.0.2.*"),
        ("https://[2001:db8::7]:8443", "2001:db8::*"),
        ("https://vc.example.com", None),
        ("https://my-vc-prod-1.example.com", None),
    ],
)
def test_a_host_is_found_however_it_is_written(url: str, pattern: str | None) -> None:
    patterns = ("vc-prod-*", "vc-prod-?.example.com", "192.0.2.*", "2001:db8::*")

    found = production.matching(url, tuple(p for p in patterns if pattern is None or p == pattern))

    assert found == pattern


def test_the_file_is_where_users_keep_their_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/me")

    assert production.path({"XDG_CONFIG_HOME": "/etc/mine"}) == Path("/etc/mine/vcsdk/production.toml")
    assert production.path({}) == Path("/home/me/.config/vcsdk/production.toml")
    # The specification says to ignore a relative one.
    assert production.path({"XDG_CONFIG_HOME": "mine"}) == Path("/home/me/.config/vcsdk/production.toml")


def test_no_file_marks_nothing(tmp_path: Path) -> None:
    assert production.patterns(tmp_path / "production.toml") == ()


def test_a_folder_in_its_place_is_no_empty_list(tmp_path: Path) -> None:
    with pytest.raises(production.ProductionFileError, match="cannot be read"):
        production.patterns(tmp_path)
