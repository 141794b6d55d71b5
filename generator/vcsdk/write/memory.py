"""Remembers what a run answered, so that the same run over unchanged files can answer at once.

What decides the answer is compared, never guessed: the request, the toolkit itself, every file that was read, and every
file that was written.  The memory is a folder of the user's (`VCSDK_CACHE_DIR`, else the XDG cache folder); without it,
or where it cannot be written, everything runs in full.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

import msgspec

from vcsdk import cache
from vcsdk.access import real
from vcsdk.write.destination import UnsafePathError, hash_at, inside
from vcsdk.write.formatting import formatter
from vcsdk.write.manifest import MANIFEST, parse, sha256

_FORMAT = 1
_MOST = 64


class _Record(msgspec.Struct):
    """`sources` gives the SHA-256 of each file read, None of one that was looked for; `packages` that of manifests."""

    toolkit: str
    sources: dict[str, str | None]
    packages: dict[str, str]
    answer: bytes


def recall(out: Path, request: Sequence[str]) -> bytes | None:
    """What `remember` was given for this request, if doing it again would change nothing; else None.

    Args:
        out: The output folder.
        request: Whatever decides the answer besides files: the words of the command line.
    """
    try:
        record = msgspec.msgpack.decode(_place(out, request).read_bytes(), type=_Record)
        if record.toolkit != _toolkit() or any(_hash(Path(p)) != known for p, known in record.sources.items()):
            return None
        intact = all(_is_intact(out, package, known) for package, known in record.packages.items())
    except (OSError, ValueError, msgspec.MsgspecError):
        return None
    return record.answer if intact else None


def remember(
    out: Path, request: Sequence[str], sources: Mapping[Path, str | None], packages: Sequence[str], answer: bytes
) -> None:
    """Keep an answer for the next run.

    Args:
        out: The output folder, as the run left it.
        request: As for `recall`.
        sources: SHA-256 (hex) of each file that was read; None for one that was looked for and is not there.
        packages: The packages that the run wrote.
        answer: What the next run shall say: it will have written nothing.
    """
    with suppress(OSError):
        place = _place(out, request)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        manifests = {package: _hash(out / package / MANIFEST) or "" for package in packages}
        record = _Record(_toolkit(), {str(real(path)): known for path, known in sources.items()}, manifests, answer)
        temporary = cache.unfinished(place)
        temporary.write_bytes(msgspec.msgpack.encode(record))
        temporary.replace(place)
        _forget_old(place.parent)


def _place(out: Path, request: Sequence[str]) -> Path:
    key = msgspec.json.encode([_FORMAT, str(Path.cwd()), str(real(out)), list(request)])
    return cache.folder() / f"{hashlib.sha256(key).hexdigest()[:32]}.run"


def _toolkit() -> str:
    return f"{cache.toolkit()} {formatter()}"


def _hash(path: Path) -> str | None:
    try:
        return sha256(path.read_bytes())
    except FileNotFoundError:
        return None


def _is_intact(out: Path, package: str, known: str) -> bool:
    """Whether a package is to the byte what the remembered run left."""
    content = (out / package / MANIFEST).read_bytes()
    if sha256(content) != known:
        return False
    try:
        return all(
            hash_at(out, inside(package, PurePosixPath(path))) == entry.sha256
            for path, entry in parse(content).files.items()
        )
    except UnsafePathError:
        return False


def _forget_old(folder: Path) -> None:
    records = sorted(folder.glob("*.run"), key=lambda path: path.stat().st_mtime_ns)
    for path in records[:-_MOST]:
        path.unlink(missing_ok=True)
