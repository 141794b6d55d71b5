"""The lock of `make install`: each pinned version of constraints.txt, by the hashes of its files."""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[3]
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^ ;\\\s]+)", re.MULTILINE)
OUTSIDE = {
    *("vmware-vapi-common-client", "vmware-vapi-runtime", "vmware-vcenter", "pyopenssl"),
    *("apiflask", "apispec", "blinker", "flask", "flask-httpauth", "flask-marshmallow", "itsdangerous", "marshmallow"),
    *("asgiref", "django", "django-ninja", "sqlparse", "webargs"),
}
"""What `make outside` alone installs."""


def pins(text: str) -> dict[str, str]:
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in PIN.findall(text)}


def test_the_lock_has_every_version_that_is_pinned() -> None:
    lock, pinned = (pins((ROOT / name).read_text()) for name in ("requirements.lock", "constraints.txt"))
    assert pinned.keys() - lock.keys() == OUTSIDE
    assert {name: version for name, version in lock.items() if pinned.get(name, version) != version} == {}


def test_every_line_of_the_lock_has_hashes() -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text())
    entries = [entry for entry in entries if not entry.startswith("#")]
    assert len(entries) > 100
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)
    assert not any("://" in entry for entry in entries)


def test_what_is_asked_for_with_an_extra_is_pinned_with_it() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    locked = set(re.findall(r"^([\w.-]+(?:\[[\w,]+\])?)==", lock, re.MULTILINE))
    named = {re.sub(r"[-_.]+", "-", name).lower() for name in locked}
    for name in sorted(named):
        try:
            asked = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue  # of another platform
        for requirement in map(Requirement, asked):
            if requirement.extras and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
                pinned = re.sub(r"[-_.]+", "-", requirement.name).lower()
                assert f"{pinned}[{','.join(sorted(requirement.extras))}]" in named, name
