"""Attestations of PEP 740 as they lie beside built files: what they are called, and whether they are of these files."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from vcsdk.release.refusal import refusal
from vcsdk.write.manifest import sha256

SUFFIX = ".publish.attestation"
"""Behind the name of the file that is attested, as `twine`, `uv publish` and pypi-attestations have it."""
_ANY = ".*.attestation"
_LARGEST = 1 << 20
"""Most bytes of an attestation that are read; one of Sigstore's has some 8 KB."""


def beside(file: Path) -> list[Path]:
    """The attestations that lie beside a built file, in the order of their names.

    Raises:
        InputError: `attestation`: one is none, or is that of another file or of other content.
    """
    start, end = file.name + ".", _ANY.rpartition("*")[2]
    found = sorted(
        path
        for path in file.parent.iterdir()
        if path.name.startswith(start) and path.name.endswith(end) and path.name.count(".") == file.name.count(".") + 2
    )
    for path in found:
        _hold(path, file)
    return found


def forget(file: Path) -> None:
    """Remove the attestation that `vcsdk build --attest` left beside a file whose content is another now."""
    file.with_name(file.name + SUFFIX).unlink(missing_ok=True)


def _hold(path: Path, file: Path) -> None:
    """Whether an attestation is of a file: its statement names the file, and the SHA-256 of what it has."""
    if path.stat().st_size > _LARGEST:
        raise refusal("attestation", f"an attestation has no more than {_LARGEST >> 20} MiB", path)
    try:
        subjects = _statement(path.read_bytes())["subject"]
        named = {subject["name"]: subject["digest"].get("sha256") for subject in subjects}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        hint = "delete it, or sign again: vcsdk build --attest"
        raise refusal("attestation", "this is no attestation of PEP 740", path, hint) from None
    if named != {file.name: sha256(file.read_bytes())}:
        hint = "the file was built anew since; sign again: vcsdk build --attest"
        raise refusal("attestation", f"this attests something else than {file.name} as it is", path, hint)


def _statement(content: bytes) -> Any:
    made = json.loads(content)
    if made["version"] != 1:
        raise ValueError(made["version"])
    return json.loads(base64.b64decode(made["envelope"]["statement"], validate=True))
