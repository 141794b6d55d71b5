"""Installs what was published from the index into a fresh environment, and imports it there."""

from __future__ import annotations

import json
import netrc
import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from urllib.parse import urlsplit

from vcsdk import scratch
from vcsdk.release.credentials import Credentials
from vcsdk.release.refusal import refusal
from vcsdk.write.manifest import sha256

_LONGEST = 900.0
"""Seconds that the installation may take: an index may drip what pip waits for."""
_IMPORT = "import importlib, sys; [importlib.import_module(name) for name in sys.argv[1:]]"


@dataclass(frozen=True, slots=True)
class Source:
    """Where to install from: the listing of the index, others for dependencies, and what reaching them needs."""

    listing: str
    others: tuple[str, ...] = ()
    ca_bundle: Path | None = None
    credentials: Credentials | None = None


def install(wheels: Sequence[Path], source: Source) -> None:
    """Install the distributions of these wheels by name and version, as users will, and import what is in them.

    Raises:
        InputError: `install-failed` (pip refused, or took another file than the published one), `import-failed`.
    """
    with scratch.folder("install") as folder:
        environment = folder / "env"
        venv.create(environment, with_pip=False, symlinks=os.name != "nt")
        python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        report = folder / "report.json"
        command = [
            *_pip(python),
            "--report",
            str(report),
            *_options(source),
            *(_requirement(wheel) for wheel in wheels),
        ]
        hint = "name the index of the dependencies with --extra-index-url, or leave this out: --no-verify-install"
        try:
            done = subprocess.run(
                command,
                env=_environment(source, Path(folder)),
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                check=False,
                timeout=_LONGEST,
            )
        except subprocess.TimeoutExpired:
            text = f"pip did not end within {_LONGEST:.0f} s"
            raise refusal("install-failed", text, source.listing, hint) from None
        if done.returncode != 0:
            raise refusal("install-failed", f"pip cannot install it: {_last(done.stderr)}", source.listing, hint)
        _compare(json.loads(report.read_text(encoding="utf-8")), wheels, source)
        modules = [module for wheel in wheels for module in modules_of(wheel)]
        tried = subprocess.run(
            [str(python), "-I", "-c", _IMPORT, *modules], cwd=folder, capture_output=True, text=True, check=False
        )
        if tried.returncode != 0:
            raise refusal("import-failed", f"it installs but cannot be imported: {_last(tried.stderr)}", source.listing)


def modules_of(wheel: Path) -> list[str]:
    """The packages that a wheel installs: "vcenter_vcha"."""
    with zipfile.ZipFile(wheel) as archive:
        inits = [name for name in archive.namelist() if name.count("/") == 1 and name.endswith("/__init__.py")]
    return sorted(name.partition("/")[0] for name in inits)


def _pip(python: Path) -> list[str]:
    return [
        sys.executable,
        "-P",
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--no-input",
        "--quiet",
        "--no-compile",
    ]


def _options(source: Source) -> list[str]:
    options = ["--index-url", source.listing, "--disable-pip-version-check"]
    for other in source.others:
        options += ["--extra-index-url", other]
    for url in (source.listing, *source.others):
        parts = urlsplit(url)
        if parts.scheme == "http":
            options += ["--trusted-host", parts.netloc]
    if source.ca_bundle is not None:
        options += ["--cert", str(source.ca_bundle)]
    return options


def _requirement(wheel: Path) -> str:
    name, version = wheel.name.split("-")[:2]
    return f"{name}=={version}"


def _environment(source: Source, folder: Path) -> dict[str, str]:
    """The environment for pip, which reads passwords from a netrc file; a command line would show them."""
    environment = dict(os.environ)
    if source.ca_bundle is not None:
        # pip, by way of requests, prefers this variable to its own `--cert`.
        environment["REQUESTS_CA_BUNDLE"] = str(source.ca_bundle)
    known = source.credentials
    if known is None or known.source == "netrc":
        return environment
    file = folder / "netrc"
    file.touch(mode=0o600)
    before = Path(os.environ.get("NETRC") or Path.home() / ".netrc")
    # Of several entries for a host the last counts.
    user, password = known.on_the_wire
    entries = {**_entries(before), str(urlsplit(source.listing).hostname): (user, "", password)}
    file.write_text("".join(starmap(_entry, entries.items())), encoding="utf-8")
    return {**environment, "NETRC": str(file)}


def _entries(file: Path) -> dict[str, tuple[str, str, str]]:
    """What a netrc file says of each host; nothing where pip could not read it either."""
    try:
        return netrc.netrc(str(file)).hosts
    except (OSError, netrc.NetrcParseError, UnicodeError):
        return {}


def _entry(host: str, known: tuple[str, str, str]) -> str:
    user, _, password = map(_token, known)
    return f"{'default' if host == 'default' else f'machine {_token(host)}'} login {user} password {password}\n"


def _token(text: str) -> str:
    """A text as a netrc file has it, whatever stands in it: blanks, quotation marks, a number sign."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _compare(
    report: dict[str, list[dict[str, dict[str, dict[str, dict[str, str]]]]]], wheels: Sequence[Path], source: Source
) -> None:
    """Whether pip took the very files: another index may have one of the same name and version."""
    taken = {
        item["download_info"].get("archive_info", {}).get("hashes", {}).get("sha256") for item in report["install"]
    }
    for wheel in wheels:
        if sha256(wheel.read_bytes()) not in taken:
            text = f"pip took another file than {wheel.name} as it was published"
            raise refusal("install-failed", text, source.listing, "another index has the same name and version")


def _last(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["no output"])[-1].removeprefix("ERROR: ")
