"""What was released last, kept in the client package in a folder `.vcsdk/` that generating leaves alone.

`released.json` holds the version and what the packages were made from, `description.json` the description with its
overlays applied (of a set, `descriptions/` each of them), `config.toml` its configuration, `surface.txt` the public
names of the client, those of its extensions included, and `config.names.txt` the record of names as it was written
beside the configuration.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
from packaging.version import Version

from vcsdk import address
from vcsdk.config.read import access
from vcsdk.diagnostics import Diagnostics
from vcsdk.diff.read import allow_missing_schemas
from vcsdk.load import Document, apply_overlay, labels, load, remote
from vcsdk.naming import Record, record_text
from vcsdk.naming.record_file import beside
from vcsdk.naming.recording import record_of
from vcsdk.pipeline import Described, read_api
from vcsdk.release.refusal import refusal
from vcsdk.surface import Surface, SurfaceError, parse, render
from vcsdk.write import Facts
from vcsdk.write.exchange import exchange
from vcsdk.write.manifest import sha256

FOLDER = ".vcsdk"
_OLD = f"{FOLDER}.old"
_WAITING = f"{FOLDER}.part"
_DESCRIPTIONS = "descriptions"
_HINT = "restore the file as it was committed with the last release"
_STATE, _DESCRIPTION, _CONFIG, _SURFACE = "released.json", "description.json", "config.toml", "surface.txt"
_NAMES = beside(Path(_CONFIG)).name


class _Form(msgspec.Struct, forbid_unknown_fields=True):
    version: str
    description_sha256: str
    config_sha256: str
    toolkit_version: str
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Released:
    """A release: its version, from what its packages were made, and a digest of all that was in them."""

    version: str
    facts: Facts
    content: str


def find(package: Path) -> Released | None:
    """The last release of the client package in this folder; None before the first.

    Raises:
        InputError: `unreadable-release`: the files that tell are not as they were written.
    """
    file = state_file(package)
    if not file.is_file():
        return None
    try:
        form = msgspec.json.decode(file.read_bytes(), type=_Form)
        Version(form.version)
    except (msgspec.DecodeError, ValueError) as error:
        raise refusal(
            "unreadable-release", f"this does not tell what was released last: {error}", file, line=1
        ) from None
    return Released(
        form.version, Facts(form.description_sha256, form.config_sha256, form.toolkit_version), form.content_sha256
    )


def state_file(package: Path) -> Path:
    """The file that tells of the last release of the client package in this folder."""
    return _folder(package) / _STATE


def digest(file: Path) -> str | None:
    """SHA-256 (hex) of a file; None if there is none."""
    return sha256(file.read_bytes()) if file.is_file() else None


def read(package: Path) -> Described:
    """What was released last, read as it would be today.

    Raises:
        InputError: It cannot be used.
    """
    folder = _folder(package)
    named = sorted((folder / _DESCRIPTIONS).rglob("*.json")) or [folder / _DESCRIPTION]
    return read_api(named, folder / _CONFIG, tolerate=allow_missing_schemas, overlaid=True)


def surface(package: Path) -> Surface:
    """The public names of the last release.

    Raises:
        InputError: `unreadable-release`.
    """
    return surface_in(_folder(package) / _SURFACE)


def surface_in(file: Path) -> Surface:
    """The public names that a file tells.

    Raises:
        InputError: `unreadable-release`.
    """
    text = "this does not tell the names of the last release"
    try:
        found = parse(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, SurfaceError) as error:
        line = error.line if isinstance(error, SurfaceError) else 1
        raise refusal("unreadable-release", f"{text}: {error}", file, _HINT, line=line) from None
    if not found.package or not found.modules:
        # Nothing would have been released, and whatever is there now would be new.
        raise refusal("unreadable-release", f"{text}: it has no names", file, _HINT, line=1)
    return found


def files(described: Described, released: Released, config: str, names: Surface) -> dict[str, str]:
    """The text of each file that remembers a release, by name; `config` is the TOML text."""
    form = _Form(
        released.version,
        released.facts.description_sha256,
        released.facts.config_sha256,
        released.facts.toolkit_version,
        released.content,
    )
    state = msgspec.json.format(msgspec.json.encode(form), indent=1).decode() + "\n"
    return {
        **_effective(described),
        _CONFIG: config,
        _SURFACE: render(names),
        _NAMES: record_text.render(record(described)),
        _STATE: state,
    }


def record(described: Described) -> Record:
    """The names that a description was given, for later releases to keep."""
    return record_of(described.api, described.document.original_ids)


def store(package: Path, texts: Mapping[str, str]) -> None:
    """Put what `files` gave in place of what was there, all of it or nothing."""
    folder, waiting, old = package / FOLDER, package / _WAITING, package / _OLD
    tidy(package)
    waiting.mkdir(parents=True)
    for name, text in texts.items():
        (waiting / name).parent.mkdir(parents=True, exist_ok=True)
        (waiting / name).write_text(text, encoding="utf-8", newline="\n")
    if folder.exists() and exchange(waiting, folder):
        shutil.rmtree(waiting)
        return
    # Without such a step the folder is missing for a moment; `_folder` finds the one before under its other name.
    if folder.exists():
        folder.rename(old)
    waiting.rename(folder)
    if old.exists():
        shutil.rmtree(old)


def tidy(package: Path) -> None:
    """Take away what a run that was killed in `store` left; it had come to the end, or not to the beginning."""
    folder, old = package / FOLDER, package / _OLD
    if not folder.exists() and old.exists():
        old.rename(folder)
    for leftover in (package / _WAITING, old):
        if leftover.exists():
            shutil.rmtree(leftover)


def _folder(package: Path) -> Path:
    """Where the last release is remembered; a run that was killed in `store` left it under its other name."""
    folder, old = package / FOLDER, package / _OLD
    return old if old.exists() and not folder.exists() else folder


def _kept(path: Path, document: Document) -> Path:
    """The file of a description; of one on the network the copy that it was read from."""
    return remote.copy_of(document.sources[address.shown(path)].sha256) or path


def _effective(described: Described) -> dict[str, str]:
    """Each description as JSON before it was normalised: a newer toolkit may normalise otherwise."""
    found = Diagnostics()
    document, config = described.document, described.config
    paths = [address.as_path(file) for file in document.descriptions or (document.file,)]
    allowed = access(Path(config.file)).allow_outside if config.file is not None else ()
    documents = [load(_kept(path, document), found, allow_outside=allowed) for path in paths]
    folder = Path(config.file).parent if config.file is not None else Path()
    for listed in config.overlays:
        apply_overlay(documents, folder / listed, found)
    names = (
        [f"{_DESCRIPTIONS}/{label}.json" for label in labels([address.file_name(path) for path in paths])]
        if len(paths) > 1
        else [_DESCRIPTION]
    )
    return {name: json.dumps(document.data, indent=1) + "\n" for name, document in zip(names, documents, strict=True)}
