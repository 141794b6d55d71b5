"""The site builds without a warning, every page is in its navigation, and every link inside it leads somewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from docs.pages import PAGES as REFERENCE
from tests.docs.markdown import DOCS, PAGES, ROOT


class Page(HTMLParser):
    """The links, the anchors and the pictures of a page."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.anchors.add(value)
            elif name in ("href", "src") and value:
                self.links.append(value)


def broken(site: Path) -> Iterator[str]:
    """Each link of a site that leads nowhere in it, as `page: link`; links to other hosts are not followed."""
    pages = {file.resolve(): Page(file) for file in site.rglob("*.html")}
    for file, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            place = f"{file.relative_to(site.resolve())}: {link}"
            if not target.is_file() or (
                parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors
            ):
                yield place


def build(source: Path, site: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", str(source), str(site)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built from a copy: a build writes the reference pages beside its sources."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(DOCS, folder / "docs", ignore=shutil.ignore_patterns("reference", "__pycache__"))
    shutil.copytree(ROOT / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("templates", "generated"):
        (folder / name).symlink_to(ROOT / name)
    done = build(folder / "docs", folder / "site")
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.mark.slow
def test_every_link_leads_somewhere(site: Path) -> None:
    assert list(broken(site)) == []


@pytest.mark.slow
def test_every_page_is_in_the_navigation(site: Path) -> None:
    start = Page(site / "index.html")
    names = [page.relative_to(DOCS).with_suffix(".html").as_posix() for page in PAGES]
    names += [f"reference/{name}.html" for name in REFERENCE]
    assert len(names) > 15
    for name in names:
        assert name == "index.html" or name in start.links, name


@pytest.mark.slow
def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    for file in site.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert 'src="http' not in text, file
        assert '<link rel="stylesheet" type="text/css" href="http' not in text, file


def test_files_that_the_pages_and_the_readme_name_are_there() -> None:
    for page in [*PAGES, ROOT / "README.md"]:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            # The reference pages are written by the build.
            if "reference/" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
        for path in re.findall(r"`((?:docs|examples|generator|spec|tests|templates)/[\w./-]+\.\w+)`", text):
            if not path.startswith("docs/reference"):
                assert (ROOT / path).exists(), f"{page.name}: {path}"


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<p id="here"><a href="#here"><a href="b.html#there"><a href="c.html"><a href="#no">'
    )
    (tmp_path / "b.html").write_text('<p id="elsewhere"><a href="a.html#here"><a href="http://example.com/nothing">')
    assert list(broken(tmp_path)) == ["a.html: b.html#there", "a.html: c.html", "a.html: #no"]


@pytest.mark.slow
def test_a_page_that_is_in_no_navigation_or_links_to_nothing_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text('extensions = ["myst_parser"]\nmyst_heading_anchors = 4\n')
    (tmp_path / "index.md").write_text("# Start\n\n[page](other.md#nothing)\n")
    (tmp_path / "other.md").write_text("# Other\n")
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode != 0
    assert "toctree" in done.stderr
    assert "nothing" in done.stderr
