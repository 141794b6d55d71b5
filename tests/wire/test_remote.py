"""Descriptions by their address, against a real server with a certificate of its own authority."""

from __future__ import annotations

import gzip
import json
import ssl
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from vcsdk.load import remote
from vcsdk.load.limits import MAX_BYTES

from tests.unit.cli.conftest import DESCRIPTION, Run, run, tree
from tests.wire.runtime.server import Reply, Seen, Server, serving
from tests.wire.runtime.test_tls import Make, make, pytestmark

__all__ = ["make", "pytestmark", "run"]

Answer = Callable[[Seen], Reply]
TYPE = {"Content-Type": "application/yaml"}


class Site:
    """A server whose answers a test sets; `fetch` is a command line with an address of it."""

    def __init__(self, server: Server, authority: Path, pages: dict[str, Reply]) -> None:
        self.server = server
        self.authority = authority
        self.pages = pages

    @property
    def origin(self) -> str:
        return f"https://127.0.0.1:{self.server.port}"

    def words(self, *words: str) -> list[str]:
        return [f"{self.origin}{words[0]}", *words[1:], "--ca-bundle", str(self.authority)]

    @property
    def asked(self) -> list[str]:
        return [seen.target for seen in self.server.seen]


@pytest.fixture
def site(tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VCSDK_CACHE_DIR", str(tmp_path / "cache"))
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority = make("authority")
    context.load_cert_chain(make("site", issuer=authority))
    pages = {"/v1/pets.yaml": Reply(200, body=DESCRIPTION.encode(), headers=TYPE)}

    def answer(seen: Seen) -> Reply:
        return pages.get(seen.target, Reply(404))

    with serving(answer, context) as server:
        yield Site(server, authority, pages)


def test_a_client_is_generated_and_checked_without_the_network(run: Run, site: Site) -> None:
    made = run("generate", *site.words("/v1/pets.yaml", "-o", "out"))
    assert (made.status, made.err) == (0, "")
    assert f"read       {site.origin}/v1/pets.yaml" in made.out
    assert Path("out/pet-store/src/pet_store/client.py").is_file()
    del site.pages["/v1/pets.yaml"]
    checked = run("check", *site.words("/v1/pets.yaml", "-o", "out"))
    assert (checked.status, checked.err) == (0, "")
    assert site.asked == ["/v1/pets.yaml"]
    assert run("generate", *site.words("/v1/pets.yaml", "-o", "out")).status == 2


def test_generating_again_asks_again(run: Run, site: Site) -> None:
    run("generate", *site.words("/v1/pets.yaml", "-o", "out"))
    before = tree(Path("out"))
    assert run("generate", *site.words("/v1/pets.yaml", "-o", "out")).status == 0
    assert tree(Path("out")) == before
    site.pages["/v1/pets.yaml"] = Reply(200, body=DESCRIPTION.replace("CAT", "COW").encode())
    assert run("generate", *site.words("/v1/pets.yaml", "-o", "out")).status == 0
    assert "COW" in "".join(path.read_text() for path in Path("out/pet-store/src").rglob("models/*.py"))
    assert run("check", *site.words("/v1/pets.yaml", "-o", "out")).status == 0


def test_nothing_of_the_machine_is_in_what_is_generated(run: Run, site: Site, tmp_path: Path) -> None:
    run("generate", *site.words("/v1/pets.yaml", "-o", "out"))
    Path("pets.yaml").write_text(DESCRIPTION)
    run("generate", "pets.yaml", "-o", "again")
    assert tree(Path("out")) == tree(Path("again"))


@pytest.mark.parametrize("command", [["lint"], ["bundle", "-o", "out.json"]])
def test_other_commands_take_an_address(run: Run, site: Site, command: list[str]) -> None:
    assert run(command[0], *site.words("/v1/pets.yaml", *command[1:])).status == 0


def test_two_addresses_are_compared(run: Run, site: Site) -> None:
    site.pages["/v2/pets.yaml"] = Reply(200, body=DESCRIPTION.replace("/pets:", "/animals:").encode())
    result = run("diff", f"{site.origin}/v1/pets.yaml", *site.words("/v2/pets.yaml", "--json"))
    assert result.status == 1
    assert "operation-removed" in {row["rule"] for row in json.loads(result.out)["findings"]}


def test_a_configuration_names_addresses(run: Run, site: Site) -> None:
    names = f'descriptions = ["{site.origin}/v1/pets.yaml"]\nca_bundle = "{site.authority}"\n'
    Path("spec").mkdir()
    Path("spec/pets.toml").write_text(f"[api]\n{names}")
    assert run("generate", "spec/pets.toml", "-o", "generated").status == 0
    assert run("check").status == 0
    assert site.asked == ["/v1/pets.yaml"]


def test_findings_stand_at_the_address_and_show_no_query(run: Run, site: Site) -> None:
    site.pages["/a.json?key=hidden"] = Reply(200, body=b'{"openapi": "3.0.3", "info": {"title": "A", "version": "1"}}')
    result = run("lint", *site.words("/a.json?key=hidden"))
    assert result.status == 2
    assert f"{site.origin}/a.json:1:1: error: the description needs `paths` [missing-field]" in result.err
    assert "hidden" not in result.err + result.out
    assert not any("hidden" in path.read_text() for path in Path("cache").rglob("*") if path.is_file())


def refused(run: Run, *words: str) -> str:
    result = run("generate", *words, "-o", "out")
    assert result.status == 2
    assert not Path("out").exists()
    assert not list(Path("cache").rglob("*.yaml"))
    return result.err


def test_a_redirect_on_the_same_host_is_followed(run: Run, site: Site) -> None:
    site.pages["/pets"] = Reply(302, headers={"Location": "/v1/pets.yaml"})
    assert run("generate", *site.words("/pets", "-o", "out")).status == 0
    assert site.asked == ["/pets", "/v1/pets.yaml"]


@pytest.mark.parametrize(
    "location",
    [
        "https://127.0.0.2:{port}/v1/pets.yaml",
        "http://127.0.0.1:{port}/v1/pets.yaml",
        "https://localhost/x",
        "//evil/x",
    ],
)
def test_a_redirect_to_another_host_is_not(run: Run, site: Site, location: str) -> None:
    site.pages["/pets"] = Reply(301, headers={"Location": location.format(port=site.server.port)})
    assert "[redirect-elsewhere]" in refused(run, *site.words("/pets"))
    assert site.asked == ["/pets"]


def test_redirects_end(run: Run, site: Site) -> None:
    site.pages["/pets"] = Reply(302, headers={"Location": "/pets"})
    assert "more than 5 redirects [unreachable-description]" in refused(run, *site.words("/pets"))


def test_a_server_that_nobody_trusts(run: Run, site: Site) -> None:
    text = refused(run, f"{site.origin}/v1/pets.yaml")
    assert "[unreachable-description]" in text
    assert "--ca-bundle FILE" in text
    assert site.asked == []


def test_certificates_that_are_none(run: Run, site: Site) -> None:
    Path("ca.pem").write_text("none")
    for file in ("ca.pem", "absent.pem"):
        assert "[unreadable-file]" in refused(run, f"{site.origin}/v1/pets.yaml", "--ca-bundle", file)


def test_what_is_too_large(run: Run, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "MAX_BYTES", len(DESCRIPTION) - 1)
    assert "[too-large]" in refused(run, *site.words("/v1/pets.yaml"))
    monkeypatch.setattr(remote, "MAX_BYTES", len(DESCRIPTION))
    assert run("lint", *site.words("/v1/pets.yaml")).status == 0
    assert MAX_BYTES > 1_000_000


def test_what_takes_too_long(run: Run, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_LONGEST", 0.1)
    site.pages["/slow"] = Reply(200, body=b" " * 100, trickle=True)
    assert "[unreachable-description]" in refused(run, *site.words("/slow"))


def test_other_answers(run: Run, site: Site) -> None:
    site.pages["/gone"] = Reply(503)
    site.pages["/page"] = Reply(200, body=b"<html></html>")
    assert "the server answers 404" in refused(run, *site.words("/nothing"))
    assert "the server answers 503" in refused(run, *site.words("/gone"))
    result = run("generate", *site.words("/page", "-o", "out"))
    assert (result.status, "[not-openapi]" in result.err) == (2, True)


@pytest.mark.parametrize(
    ("encoding", "zipped"),
    [("gzip", gzip.compress), ("x-gzip", gzip.compress), ("GZIP", gzip.compress), ("deflate", zlib.compress)],
)
def test_what_is_sent_zipped_is_read(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch, encoding: str, zipped: Callable[[bytes], bytes]
) -> None:
    body, headers = zipped(DESCRIPTION.encode()), {"Content-Encoding": encoding}
    site.pages["/zipped.yaml"] = Reply(200, body=body, headers=headers)
    site.pages["/half.yaml"] = Reply(200, body=body[:-9], headers=headers)
    assert "the answer ends too early" in refused(run, *site.words("/half.yaml"))
    site.pages["/plain.yaml"] = Reply(200, body=DESCRIPTION.encode(), headers=headers)
    assert "[unreachable-description]" in refused(run, *site.words("/plain.yaml"))
    monkeypatch.setattr(remote, "MAX_BYTES", len(DESCRIPTION) - 1)
    assert "[too-large]" in refused(run, *site.words("/zipped.yaml"))
    monkeypatch.setattr(remote, "MAX_BYTES", len(DESCRIPTION))
    assert run("lint", *site.words("/zipped.yaml")).status == 0


def test_what_is_not_whole_is_none(run: Run, site: Site) -> None:
    """The first half of a description in YAML is one, too."""
    half = DESCRIPTION.encode()[:-40]
    site.pages["/half.yaml"] = Reply(200, body=half, headers={"Content-Length": str(len(half) + 40)}, cut="behind")
    assert "the answer ends too early" in refused(run, *site.words("/half.yaml"))
    site.pages["/br.yaml"] = Reply(200, body=half, headers={"Content-Encoding": "br"})
    assert "the encoding br" in refused(run, *site.words("/br.yaml"))


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/a.yaml", "https://", "https://user:secret@127.0.0.1/a.yaml", "https://127.0.0.1:99999/a.yaml"],
)
def test_addresses_that_are_not_asked(run: Run, site: Site, address: str) -> None:
    text = refused(run, address)
    assert "[bad-address]" in text
    assert "secret" not in text


def test_a_kept_copy_that_was_changed_is_none(run: Run, site: Site) -> None:
    run("generate", *site.words("/v1/pets.yaml", "-o", "out"))
    [copy] = Path("cache/descriptions").rglob("pets.yaml")
    copy.write_text(DESCRIPTION.replace("CAT", "COW"))
    assert run("check", *site.words("/v1/pets.yaml", "-o", "out")).status == 0
    assert site.asked == ["/v1/pets.yaml"] * 2


@pytest.mark.parametrize(
    ("described", "server"),
    [
        ("openapi: 3.0.3", ""),
        ("openapi: 3.0.3\nservers: [{url: /}]", ""),
        ("openapi: 3.1.0\nservers: [{url: /api/v2/}]", "/api/v2"),
        ("openapi: 3.0.3\nservers: [{url: ../other}]", "/other"),
        ("openapi: 3.0.3\nservers: [{url: rest}]", "/v1/rest"),
        ("openapi: 3.0.3\nservers: [{url: '/{base}', variables: {base: {default: b}}}]", "/{base}"),
        ("openapi: 3.0.3\nservers: [{url: 'https://other.example.com/x'}]", "https://other.example.com/x"),
        ("swagger: '2.0'\nbasePath: /v7", "/v7"),
        ("swagger: '2.0'\nbasePath: /v7\nhost: other.example.com", "https://other.example.com/v7"),
    ],
)
def test_a_server_is_relative_to_where_the_description_is(described: str, server: str, run: Run, site: Site) -> None:
    paths = "paths: {/x: {get: {operationId: x, responses: {'204': {description: Done.}}}}}"
    text = f"{described}\ninfo: {{title: Thing, version: '1'}}\n{paths}\n"
    site.pages["/v1/thing.yaml?k=v"] = Reply(200, body=text.encode(), headers=TYPE)
    assert run("generate", *site.words("/v1/thing.yaml?k=v", "-o", "out")).status == 0
    where = server if server.startswith("https:") else site.origin + server
    assert f'"": Server("{where}"' in Path("out/thing/src/thing/client.py").read_text()
    assert run("check", *site.words("/v1/thing.yaml?k=v", "-o", "out")).status == 0


def test_the_server_of_an_operation_is_relative_too(run: Run, site: Site) -> None:
    get = "get: {operationId: x, responses: {'204': {description: Done.}}}"
    paths = f"paths: {{/x: {{servers: [{{url: /up}}], {get}}}, /y: {{{get}}}}}".replace("Id: x", "Id: y", 1)
    text = f"openapi: 3.0.3\ninfo: {{title: Thing, version: '1'}}\n{paths}\n"
    site.pages["/v1/thing.yaml"] = Reply(200, body=text.encode(), headers=TYPE)
    assert run("generate", *site.words("/v1/thing.yaml", "-o", "out")).status == 0
    client = Path("out/thing/src/thing/client.py").read_text()
    assert f'Server("{site.origin}")' in client
    assert f'Server("{site.origin}/up")' in client
