"""Production is found by name and by address, however either is spelled."""

from __future__ import annotations

import ipaddress
import socket
from pathlib import Path

import pytest
from vcsdk.copied.suite import hosts, preflight, production, settings
from vcsdk.copied.suite.operations import Catalogue
from vcsdk.copied.suite.preflight import Survey

_RECORDS = {
    "vc.example.com": ("vc-prod-1.example.com", ["192.0.2.7"]),
    "vc-prod-1.example.com": ("vc-prod-1.example.com", ["192.0.2.7"]),
    "both.example.com": ("both.example.com", ["198.51.100.1", "2001:db8::7"]),
    "six.example.com": ("six.example.com", ["2001:db8::7"]),
    "lab.example.com": ("lab.example.com", ["203.0.113.9"]),
    "xn--bcher-kva.example": ("xn--bcher-kva.example", ["203.0.113.8"]),
    "localhost": ("localhost", ["127.0.0.1"]),
}
_NAMES = {"192.0.2.7": ("vc-prod-1.example.com", ["vcenter"])}


@pytest.fixture(autouse=True)
def resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    """A network of its own: what is written here is all there is."""

    def addresses(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        if host.rstrip(".") not in _RECORDS:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        canonical, found = _RECORDS[host.rstrip(".")]
        return [(None, None, 6, canonical, (address, 0)) for address in found]

    def name(address: str) -> tuple[str, list[str], list[str]]:
        if address not in _NAMES:
            raise socket.herror(1, "Unknown host")
        first, others = _NAMES[address]
        return first, others, [address]

    monkeypatch.setattr(socket, "getaddrinfo", addresses)
    monkeypatch.setattr(socket, "gethostbyaddr", name)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080",
        "http://127.1",
        "http://2130706433",
        "http://0x7f.1",
        "http://0x7f000001",
        "http://0177.0.0.1",
        "http://127.0.0.1.",
        "http://[::ffff:127.0.0.1]",
        "http://[::ffff:7f00:1]:8443",
        "http://[::FFFF:7F00:0001]",
        "http://[::127.0.0.1]",
        "http://[64:ff9b::7f00:1]",
        "http://[2002:7f00:1::]",
        "http://[::1]",
        "http://localhost",
        "http://LOCALHOST.:80",
        "http://0.0.0.0",
        "http://0",
        "http://[::]",
    ],
)
@pytest.mark.parametrize(
    "entry", ["127.0.0.1", "127.1", "2130706433", "[::ffff:127.0.0.1]", "localhost", "127.0.0.0/8"]
)
def test_an_address_is_one_however_it_is_spelled(url: str, entry: str) -> None:
    assert production.judge(url, ("vc-prod-*", entry)).pattern == entry


@pytest.mark.parametrize(
    ("url", "entry"),
    [
        ("https://vc.example.com", "vc-prod-*"),
        ("https://vc.example.com", "vc-prod-1.example.com"),
        ("https://vc.example.com", "192.0.2.7"),
        ("https://vc.example.com", "192.0.2.*"),
        ("https://vc.example.com", "192.0.2.0/24"),
        ("https://192.0.2.7", "::ffff:192.0.2.0/120"),
        ("https://[::ffff:192.0.2.7]", "::ffff:0:0/96"),
        ("https://vc.example.com", "::ffff:192.0.2.7/128"),
        ("https://192.0.2.7", "vc.example.com"),
        ("https://192.0.2.7", "vc-prod-?.example.com"),
        ("https://192.0.2.7", "VCENTER*"),
        ("https://3221225991", "VC-Prod-1.Example.COM."),
        ("https://[::ffff:192.0.2.7]", "https://administrator@vc-prod-1.example.com:443/ui"),
        ("https://both.example.com", "six.example.com"),
        ("https://both.example.com", "[2001:db8::7]:443"),
        ("https://[2001:0DB8:0::7]", "2001:db8::*"),
        ("https://[2001:db8::7]", "2001:db8::/32"),
        ("https://six.example.com", "both.example.com:443"),
        ("https://VC.EXAMPLE.COM.:8443", "vc.example.com"),
        ("https://bücher.example", "xn--bcher-kva.example"),
        ("https://xn--bcher-kva.example", "BÜCHER.example"),
        ("https://xn--bcher-kva.example", "bü*.example"),
        ("https://bücher.example", "203.0.113.8"),
        ("https://unresolvable.example.com", "unresolvable.*:443"),
    ],
)
def test_a_host_is_found_by_alias_and_address(url: str, entry: str) -> None:
    assert production.judge(url, (entry,)) == production.Judgement(entry)


@pytest.mark.parametrize(
    "entry", ["vc-prod-*", "vc-prod-1.example.com", "192.0.2.*", "192.0.2.0/24", "both.example.com", "2001:db8::*"]
)
def test_another_host_is_not_production(entry: str) -> None:
    assert production.judge("https://lab.example.com", (entry,)) == production.Judgement()
    assert production.judge("http://127.0.0.1:8080", (entry,)) == production.Judgement()


def test_what_cannot_be_resolved_is_in_doubt_where_there_is_a_list() -> None:
    assert production.judge("https://gone.example.com", ()) == production.Judgement()
    told = production.judge("https://gone.example.com", ("vc-prod-*",))
    assert told.pattern is None
    assert "cannot be resolved" in told.doubt


def test_a_marked_host_that_cannot_be_resolved_may_be_any_other_but_this_machine() -> None:
    told = production.judge("https://lab.example.com", ("gone.example.com", "vc-prod-*"))

    assert told.pattern is None
    assert "gone.example.com" in told.doubt
    assert "vc-prod" not in told.doubt
    assert production.judge("http://127.0.0.1:8080", ("gone.example.com",)) == production.Judgement()


def test_what_is_found_for_sure_is_found_beside_what_is_lost() -> None:
    assert production.judge("https://lab.example.com", ("gone.example.com", "203.0.113.9")).pattern == "203.0.113.9"


@pytest.mark.parametrize("entry", ["[::1", "//", ":443"])
def test_an_entry_that_is_no_host_is_refused(entry: str, tmp_path: Path) -> None:
    file = tmp_path / "production.toml"
    file.write_text(f'hosts = ["{entry}"]\n', encoding="utf-8")

    with pytest.raises(production.ProductionFileError, match="neither a host nor a pattern"):
        production.patterns(file)


@pytest.mark.parametrize("level", ["write", "destructive"])
def test_doubt_speaks_against_runs_that_change_something(level: str, tmp_path: Path) -> None:
    made = _settings("https://gone.example.com", level, tmp_path)

    told = list(preflight.objections(Survey(), made, Catalogue(())))

    assert any("cannot be resolved" in text for text in told)
    assert preflight.is_final(made) == (level == "destructive")


def test_doubt_does_not_speak_against_reading(tmp_path: Path) -> None:
    made = _settings("https://gone.example.com", "read", tmp_path)

    assert list(preflight.objections(Survey(), made, Catalogue(()))) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://lab.example.com#@vc-prod-1.example.com",
        "https://lab.example.com?",
        "https://lab.example.com\\@vc-prod-1.example.com",
        "https://vc-prod-1.example.com\\.lab.example.com",
        "https://root:secret@vc-prod-1.example.com",
        "https://root@lab.example.com",
        "https://vc-prod-1%2eexample.com/",
        "https://vc-prod-1\t.example.com",
        "https://[::1",
    ],
)
def test_an_address_that_can_be_read_in_two_ways_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(settings.SettingsError):
        _settings(url, "read", tmp_path)


def test_the_zone_of_an_address_does_not_matter() -> None:
    assert hosts.literal("fe80::1%eth0") == ipaddress.ip_address("fe80::1")


def _settings(url: str, level: str, folder: Path) -> settings.Settings:
    (folder / "vcsdk").mkdir(exist_ok=True)
    (folder / "vcsdk" / "production.toml").write_text('hosts = ["vc-prod-*"]\n', encoding="utf-8")
    catalogue = Catalogue(())
    return settings.read({"url": url, "level": level}, catalogue, {"XDG_CONFIG_HOME": str(folder)})
