"""The commands of the how-to pages run, in the order of the page."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from vcsdk.cli.main import main
from vcsdk.pipeline import Described
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.docs import shell
from tests.docs.markdown import DOCS, ROOT, blocks
from tests.e2e.conftest import described
from tests.e2e.release import pypi

__all__ = ["described"]

pytestmark = pytest.mark.slow


def script(page: str) -> str:
    """The commands of a page, each block behind an `echo` of its place; none may be left out."""
    found = blocks(DOCS / "how-to" / page)
    assert not [block.place for block in found if block.mark]
    return "\n".join(f"echo '# {block.place}'\n{block.code}" for block in found if block.language == "sh")


def configuration(page: str, start: str) -> str:
    """The block of TOML on a page that starts with this."""
    (code,) = [b.code for b in blocks(DOCS / "how-to" / page) if b.language == "toml" and b.code.startswith(start)]
    return code


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the fragment's description and its packages, in git."""
    folder = tmp_path / "project"
    (folder / "spec/overlays").mkdir(parents=True)
    for name in ("vcha.yaml", "vcha.toml", "overlays/vcha-gaps.yaml"):
        (folder / "spec" / name).write_bytes((ROOT / "spec" / name).read_bytes())
    assert main(["generate", str(folder / "spec/vcha.yaml"), "-o", str(folder / "generated"), "--quiet"]) == 0
    return folder


def shown(page: str) -> dict[str, str]:
    """What the page says the commands at a place print, where it says so."""
    found: dict[str, str] = {}
    place = ""
    for block in blocks(DOCS / "how-to" / page):
        if block.language == "sh":
            place = block.place
        elif block.language == "text":
            assert place not in found, block.place
            found[place] = block.code
    return found


def lasting(text: str) -> str:
    """The text without the day, and without how many files are as before: each new one of the runtime adds to them."""
    return re.sub(r"\d+ as before", "N as before", re.sub(r"\d{4}-\d\d-\d\d", "DAY", text))


VENDOR = (
    (
        "required: [planned]\n      properties:\n",
        "required: [planned, reason]\n      properties:\n        reason:\n          type: string\n"
        "          description: For the audit log.\n",
    ),
    (
        "          description: When the session was last used.\n",
        "          description: When the session was last used.\n        client_id:\n          type: string\n"
        "          description: The program that signed in.\n",
    ),
    ("summary: Sign out.", "summary: End the session."),
)
"""What the page says that the vendor changed."""


def test_the_page_for_sdk_owners(project: Path) -> None:
    commit = "git init -q . && git add . && git commit -q -m start"
    assert shell.run(f"vcsdk release spec/vcha.yaml && {commit}", project)[0] == 0
    description = project / "spec/vcha.yaml"
    text = description.read_text()
    for before, after in VENDOR:
        assert text.count(before) == 1
        text = text.replace(before, after)
    description.write_text(text)
    (project / "accepted.toml").write_text(configuration("sdk-owners.md", "[fingerprints]"))
    status, said = shell.run(script("sdk-owners.md"), project)
    assert status == 0, said
    printed = dict(part.split("\n", 1) for part in f"\n{said}".split("\n# ")[1:] if part.startswith("docs/how-to/"))
    pages = shown("sdk-owners.md")
    assert len(pages) == 6
    for place, expected in pages.items():
        # What goes to stderr, such as an entry of the accepted findings that names none, is not shown.
        assert lasting(expected) in lasting(f"{printed[place]}\n"), place
    assert "## [0.2.0]" in (project / "generated/vcenter-vcha/CHANGELOG.md").read_text()
    log = subprocess.run(["git", "log", "--format=%s"], cwd=project, capture_output=True, text=True, check=True)
    assert log.stdout.split("\n")[:2] == ["Release the client", "start"]


def test_the_page_for_qa_teams(project: Path, described: Described) -> None:
    (project / "known.toml").write_text(configuration("qa-teams.md", "[[known]]"))
    commands = script("qa-teams.md").replace("vcsdk contract run", "vcsdk contract run --fuzz-examples 1 -k session")
    commands = commands.replace(
        "vcsdk contract compare", "cp -r nightly/today nightly/yesterday\nvcsdk contract compare"
    )
    options = SimulatorOptions(failover_seconds=0.2, outage=0.2, unavailable=0.1, task_seconds=0.05)
    with Simulator(described, options).running() as url:
        secrets = {"VC_PASSWORD": options.password, "VC_READER_PASSWORD": options.password}
        status, said = shell.run(
            commands, project, VC_URL=url, VC_USERNAME=options.username, VC_READER=options.guest, **secrets
        )
    assert status == 0, said
    assert said.count("The contract holds") == 2, said
    assert options.password not in said
    assert (project / "nightly/today/index.html").is_file()


def test_the_page_for_platform_teams(project: Path, tmp_path: Path) -> None:
    with pypi.running(tmp_path / "index" / "packages") as index:
        commands = script("platform-teams.md").replace("VCSDK_INDEX_USERNAME=ci", f"VCSDK_INDEX_USERNAME={pypi.USER}")
        # The index of the test has no httpx2, so that nothing can be installed from it.
        address = "https://pypi.example.com/simple/"
        assert address in commands
        commands = commands.replace(address, f"{index.simple} --no-verify-install")
        status, said = shell.run(commands, project, INDEX_PASSWORD=pypi.PASSWORD)
        assert status == 0, said
        assert "4 files sent, 0 there before" in said
        assert len(index.names) == 4
        (wheel,) = (project / "dist").glob("vcenter_vcha-*.whl")
        wheel.write_bytes(b"other")
        verify = commands[commands.index("python - <<'END'") :]
        assert "AssertionError" in shell.run(verify, project)[1]
