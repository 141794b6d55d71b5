"""The generators that people use today, in an environment of their own (`requirements.txt` beside this file)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements.txt")


@dataclass(frozen=True, slots=True)
class Peers:
    """Where the other tools are; `openapi_generator` is None with the reason in `no_java` where Java is absent."""

    python: Path
    openapi_python_client: Path
    datamodel_codegen: Path
    openapi_generator: list[str] | None
    no_java: str = ""


def install(environment: Path) -> Peers:
    """Make the environment if it is not there or its requirements have changed, and find the tools in it."""
    stamp = environment / "requirements.txt"
    wanted = REQUIREMENTS.read_text()
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(environment, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", str(REQUIREMENTS), "ruff", "httpx"], check=True)
        stamp.write_text(wanted)
    binaries = environment / "bin"
    jar = next(iter(sorted(environment.rglob("openapi-generator*.jar"))), None)
    java = shutil.which("java")
    generator = [java, "-jar", str(jar)] if java and jar else None
    return Peers(
        binaries / "python",
        binaries / "openapi-python-client",
        binaries / "datamodel-codegen",
        generator,
        "" if generator else "no Java on this machine" if not java else "the package brings no jar",
    )
