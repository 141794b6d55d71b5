"""The manifest of a generated package: from what it was made, and which files it consists of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

MANIFEST = ".vcsdk.json"
"""The manifest's name in each package folder."""


class Facts(msgspec.Struct, frozen=True):
    """From what a package is made: SHA-256 (hex) of the description and the configuration, the toolkit's version.

    `config_sha256` is "" where there is no configuration file.
    """

    description_sha256: str
    config_sha256: str
    toolkit_version: str


class Entry(msgspec.Struct, frozen=True):
    """A generated file: SHA-256 (hex) of its bytes on the disk, and of its text before formatting.

    `source` lets a later run skip the formatter; it is "" for files that are written as they are.
    """

    sha256: str
    source: str = ""


class Manifest(msgspec.Struct, frozen=True):
    """What a manifest file says; `files` is keyed by the path below the package folder.

    `formatter` names the formatter and its settings.  It and `Entry.source` speed up the next run and say
    nothing of the result, so `essence` leaves them out.
    """

    facts: Facts
    formatter: str = ""
    files: Mapping[str, Entry] = msgspec.field(default_factory=dict)

    def essence(self) -> tuple[Facts, dict[str, str]]:
        """What must be equal for two manifests to describe the same output."""
        return self.facts, {path: entry.sha256 for path, entry in self.files.items()}


class _EntryForm(msgspec.Struct, omit_defaults=True):
    sha256: str
    source: str = ""


class _ManifestForm(msgspec.Struct):
    toolkit_version: str
    description_sha256: str
    config_sha256: str
    formatter: str
    files: dict[str, _EntryForm]


def sha256(content: bytes) -> str:
    """SHA-256 of some bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def dump(manifest: Manifest) -> bytes:
    """The manifest as indented JSON with sorted paths, a line feed at its end."""
    facts = manifest.facts
    form = _ManifestForm(
        toolkit_version=facts.toolkit_version,
        description_sha256=facts.description_sha256,
        config_sha256=facts.config_sha256,
        formatter=manifest.formatter,
        files={path: _EntryForm(e.sha256, e.source) for path, e in sorted(manifest.files.items())},
    )
    return msgspec.json.format(msgspec.json.encode(form), indent=1) + b"\n"


def parse(content: bytes) -> Manifest:
    """The manifest in these bytes.

    Raises:
        ValueError: They are not a manifest (a merge conflict, another tool's file).
    """
    try:
        form = msgspec.json.decode(content, type=_ManifestForm)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    return Manifest(
        facts=Facts(form.description_sha256, form.config_sha256, form.toolkit_version),
        formatter=form.formatter,
        files={path: Entry(e.sha256, e.source) for path, e in form.files.items()},
    )
