"""Brings built files to an index: all of them, once, or says what keeps it from doing so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from packaging.utils import InvalidSdistFilename, InvalidWheelFilename, parse_sdist_filename, parse_wheel_filename

from vcsdk.diagnostics import WHOLE, Diagnostic, Diagnostics, InputError, Level, Location
from vcsdk.release import attestation
from vcsdk.release.index import Index
from vcsdk.release.refusal import refusal
from vcsdk.write.manifest import sha256


@dataclass(slots=True)
class Published:
    """What became of each file: `sent` now, or `present` with the same content before.

    Of those sent, `attested` are listed with a provenance now, `unlisted` went with their attestations and are listed
    without one, and `withheld` have attestations, which the index does not say that it takes.
    """

    sent: list[Path] = field(default_factory=list)
    present: list[Path] = field(default_factory=list)
    attested: list[Path] = field(default_factory=list)
    unlisted: list[Path] = field(default_factory=list)
    withheld: list[Path] = field(default_factory=list)


def find(folder: Path) -> list[Path]:
    """The wheels and source distributions in a folder (or the one file), in the order in which they are sent.

    A project's source distribution goes first: whoever installs meanwhile gets the version before, or a complete one.

    Raises:
        InputError: `nothing-to-publish`.
    """
    if folder.is_file():
        found = [folder]
    else:
        found = sorted(path for pattern in ("*.tar.gz", "*.whl") for path in folder.glob(pattern))
    if not found:
        raise refusal("nothing-to-publish", "there are no built files here", folder, "build them first: vcsdk build")
    return sorted(found, key=lambda path: (project_of(path), path.suffix == ".whl", path.name))


def project_of(file: Path) -> str:
    """The normalised name of the project that a file belongs to.

    Raises:
        InputError: `nothing-to-publish`: the file is not called as built files are.
    """
    try:
        if file.suffix == ".whl":
            return str(parse_wheel_filename(file.name)[0])
        return str(parse_sdist_filename(file.name)[0])
    except (InvalidWheelFilename, InvalidSdistFilename) as error:
        raise refusal("nothing-to-publish", f"this is no built package: {error}", file) from None


def publish(files: Sequence[Path], index: Index, told: Callable[[str, Path], None]) -> Published:
    """Send the files that the index does not have.  Nothing is sent if it has one of them with other content.

    Args:
        files: As `find` gives them.
        index: Where to.
        told: Called with "sent" or "present" as each file is dealt with.

    Attestations that lie beside the files go with them to an index that says that it takes some (PEP 740).

    Raises:
        InputError: `attestation`: one is of something else, which is found before anything is sent. `other-content`;
            `not-listed`: what was sent is not there; `index-unreachable` or `index-refused`,
            with the number of files that are there.
    """
    signs = {file: attestation.beside(file) for file in files}
    kept = {project: index.files(project) for project in dict.fromkeys(project_of(file) for file in files)}
    differing = Diagnostics()
    result = Published()
    for file in files:
        known = kept[project_of(file)].get(file.name)
        if known is None:
            continue
        if index.digest(known) == sha256(file.read_bytes()):
            result.present.append(file)
        else:
            text = f"{index.listing} has {file.name} with other content"
            hint = "a published version does not change: release a new one (vcsdk release)"
            differing.add(Diagnostic(Level.ERROR, "other-content", text, Location(file.as_posix(), WHOLE), hint))
    differing.stop_if_failed()
    for file in files:
        if file in result.present:
            told("present", file)
            continue
        sealed = signs[file] if index.takes_attestations else []
        try:
            index.send(file, sealed, lambda file=file: _arrived(index, file))  # type: ignore[misc]
        except InputError as error:
            done = len(result.sent) + len(result.present)
            (found,) = error.diagnostics.found
            text = f"{found.message}; {done} of {len(files)} files are there"
            raise refusal(found.rule, text, found.location.file, found.hint) from None
        if not index.has_in_time(lambda file=file: _arrived(index, file)):  # type: ignore[misc]
            text = f"the index took {file.name}, and its listing does not have it"
            hint = "what answers 200 to everything is no package index; does --upload-url belong to this one?"
            raise refusal("not-listed", text, index.listing, hint)
        result.sent.append(file)
        if sealed:
            (result.attested if _provenance(index, file) else result.unlisted).append(file)
        elif signs[file]:
            result.withheld.append(file)
        told("sent", file)
    return result


def _provenance(index: Index, file: Path) -> str | None:
    """Where the index says that the attestations of a file are."""
    known = index.files(project_of(file)).get(file.name)
    return None if known is None else known.provenance


def _arrived(index: Index, file: Path) -> bool:
    """Whether the index has this very file now.

    Raises:
        InputError: `other-content`: it has another one by that name.
    """
    known = index.files(project_of(file)).get(file.name)
    if known is None:
        return False
    if index.digest(known) != sha256(file.read_bytes()):
        raise refusal("other-content", f"{index.listing} has {file.name} with other content", file)
    return True
