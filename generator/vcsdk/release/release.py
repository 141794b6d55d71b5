"""Plans a release from what changed, and carries it out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from pathlib import Path

from msgspec.structs import replace

from vcsdk import __version__
from vcsdk.diagnostics import Diagnostics
from vcsdk.diff import Cause, Finding, causes_of, compared
from vcsdk.diff.causes.cause import Kind
from vcsdk.diff.scale import Section
from vcsdk.emitters import File, emit_all
from vcsdk.emitters.completeness import account
from vcsdk.emitters.filters import code_span
from vcsdk.emitters.surface import surface_of
from vcsdk.naming import record_text
from vcsdk.naming.proposals import proposals
from vcsdk.naming.record import EMPTY
from vcsdk.pipeline import Described, read_api
from vcsdk.placing import place
from vcsdk.release import changelog, history, package, setting
from vcsdk.release.changelog import entry, insert
from vcsdk.release.extensions import with_extensions
from vcsdk.release.history import Released
from vcsdk.release.notes import Note, notes
from vcsdk.release.refusal import refusal
from vcsdk.release.version import Demand, at_least, demanded, raised
from vcsdk.surface import Surface, parse, render
from vcsdk.surface.located import located
from vcsdk.write import MANIFEST, Facts, write
from vcsdk.write.drift import Drift, compare
from vcsdk.write.manifest import sha256

_FIRST = "The first release."


@dataclass(frozen=True, slots=True)
class Plan:
    """A release that has not happened.

    `last` is None for the first one.  `version` is `last`'s where there is nothing to release (`demand` is NOTHING).
    `drift` says which generated files change; `texts` gives what else is written, by path, and `state` what remembers
    the release.  `changed` are all files that are another, new or gone afterwards, in order.
    """

    described: Described
    out: Path
    last: Released | None
    demand: Demand
    version: str
    findings: Sequence[Finding]
    entry: str
    files: Sequence[File]
    facts: Facts
    drift: Drift
    texts: dict[Path, str]
    state: dict[str, str]
    causes: Sequence[Cause] = ()
    changed: Sequence[Path] = ()

    @property
    def client(self) -> str:
        """The distribution of the client; the contract's has `-contract` behind it."""
        return self.described.config.package.distribution

    @property
    def folder(self) -> Path:
        """The folder of the client package."""
        return self.out / self.client

    @property
    def bound(self) -> str:
        """What the contract package requires of the client."""
        return f"{self.client}>={self.version}"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a description asks for after the last release: what changed, what callers read of it, the next version.

    `last` is None before the first release.  `own` are the hand-written modules (`own_files`),
    `names` the public names of the client and its extensions.
    """

    last: Released | None
    findings: Sequence[Finding]
    causes: Sequence[Cause]
    notes: Sequence[Note]
    demand: Demand
    version: str
    own: Mapping[str, str]
    names: Surface

    def entry(self, version: str, date: datetime.date | None) -> str:
        """The changelog's entry under a version; without a date for a draft."""
        return entry(version, date, self.notes, _FIRST if self.last is None else "")


def look(described: Described, out: Path, files: Sequence[File] | None = None, *, settled: bool = False) -> Outlook:
    """Compare with what was released last.

    Args:
        described: The description as it is now.
        out: The folder of the packages.
        files: What `described` gives, if it was emitted already.
        settled: Names were settled anew, and each that is another one has a line of its own besides.

    Raises:
        InputError: Generated files were edited, or what was released last cannot be read.
    """
    names = described.config.package
    folder = out / names.distribution
    package.mend(out)
    own = own_files(folder, out / f"{names.distribution}-contract")
    own_of_client = [path.partition("/")[2] for path in own if path.startswith(f"{names.distribution}/")]
    # Read back as the one of the last release will be, so that both have lost the same in writing.
    made = surface_of(described.api, described.config)
    surface = parse(render(with_extensions(made, folder, own_of_client)))
    last = history.find(folder)
    if last is None:
        return Outlook(None, (), (), (), Demand.MINOR, names.version, own, surface)
    old = history.read(folder)
    # What was released counts, not what this toolkit would make of it: a newer one may name things otherwise.
    surfaces = (located(history.surface(folder), surface_of(old.api, old.config)), located(surface, made))
    found = compared(old, described, surfaces)
    causes = causes_of(found.findings, found.comparison)
    told = notes([c for c in causes if not settled or c.kind is not Kind.NAMES], old.api, described.api)
    demand = demanded(causes)
    if demand is Demand.NOTHING:
        known = files if files is not None and names.version == last.version else _emit(described, last.version)
        if _digest(known, own) != last.content:
            demand = Demand.PATCH
            told = [Note(Section.CHANGED, breaking=False, text=_without_findings(last))]
    version = last.version if demand is Demand.NOTHING else raised(last.version, demand)
    return Outlook(last, found.findings, causes, told, demand, version, own, surface)


def plan(
    description: Path,
    config: Path | None,
    out: Path,
    *,
    floor: str | None,
    date: datetime.date,
    diagnostics: Diagnostics,
    major: bool = False,
) -> Plan:
    """What releasing the packages of a description would do; nothing is changed.

    Args:
        description: The new description.
        config: Its configuration; None for the file beside it.
        out: The folder of the generated packages.
        floor: The version is at least this (PEP 440), if given.
        date: Of the changelog's entry.
        diagnostics: Receives what was found in the description.
        major: Settle every name anew, and raise the major number.

    Raises:
        InputError: Errors stand in the description (`lint` shows them), generated files were edited (`edited-file`),
            the generated packages would be incomplete, or what was released last cannot be read.
    """
    described = _described(description, config, out, diagnostics, major=major)
    source = described.configuration.source
    if source is None:
        hint = "make one: vcsdk init " + description.as_posix()
        raise refusal("no-configuration", "there is no configuration, which keeps the version", description, hint)
    names = described.config.package
    folder = out / names.distribution
    renamed = _renamed(described, folder) if major and history.find(folder) is not None else []
    seen = look(described, out, settled=bool(renamed))
    last, demand = seen.last, seen.demand
    if renamed and last is not None:
        demand = Demand.MAJOR
        seen = replace_fields(seen, demand=demand, version=raised(last.version, demand), notes=[*renamed, *seen.notes])
    version = at_least(seen.version, floor) if demand is not Demand.NOTHING else seen.version
    text = setting.with_version(source, version)
    files = _emit(described, version)
    facts = Facts(described.document.sha256, sha256(text.encode()), __version__)
    if demand is Demand.NOTHING:
        return Plan(described, out, last, demand, version, (), "", files, facts, Drift(), {}, {})
    new = seen.entry(version, date)
    written = {Path(str(described.config.file)): text}
    if described.names is not None:
        written[described.names.path] = record_text.render(history.record(described))
    written[folder / changelog.FILE] = _changelog(folder / changelog.FILE, new, version, last)
    state = history.files(described, Released(version, facts, _digest(files, seen.own)), text, seen.names)
    drift = compare(files, out, facts)
    remembered = {folder / history.FOLDER / name: content for name, content in state.items()}
    return Plan(
        described,
        out,
        last,
        demand,
        version,
        seen.findings,
        new,
        files,
        facts,
        drift,
        written,
        state,
        seen.causes,
        _changed(out, drift, {**written, **remembered}, folder / history.FOLDER),
    )


def _described(
    description: Path, config: Path | None, out: Path, diagnostics: Diagnostics, *, major: bool
) -> Described:
    """The description, named as the last release was; where no record of that is kept, as this toolkit names it."""
    if major:
        return read_api(description, config, diagnostics=diagnostics, record=EMPTY)
    described = read_api(description, config, diagnostics=diagnostics)
    folder = out / described.config.package.distribution
    if described.names is None or described.names.record is not None or history.find(folder) is None:
        return described
    names = history.record(history.read(folder))
    return read_api(description, config, diagnostics=Diagnostics(), record=names)


def _renamed(described: Described, folder: Path) -> list[Note]:
    """A line for each name that was settled anew."""
    names = history.record(history.read(folder))
    found = proposals(described.api, names, described.document.original_ids)
    return [
        Note(Section.CHANGED, breaking=True, text=f"{code_span(each.released)} is called {code_span(each.fresh)}")
        for each in found
    ]


def carry_out(made: Plan, diagnostics: Diagnostics) -> None:
    """Write the packages, and then what tells that they were released; where nothing is to be, tidy up.

    Raises:
        InputError: The packages could not be written; nothing is changed.
    """
    if not made.demand:
        history.tidy(made.folder)
        return
    write(made.files, made.out, made.facts, diagnostics)
    place([(path, text.encode()) for path, text in made.texts.items()])
    # Last, because it decides what a repetition of an interrupted release does.
    history.store(made.folder, made.state)


def own_files(*folders: Path) -> dict[str, str]:
    """SHA-256 (hex) of each hand-written module of the packages in these folders, by package and path.

    Raises:
        InputError: `edited-file`: a generated file differs from what was written, and releasing would lose the edit or
            publish it unseen; `unreadable-manifest`.
    """
    found = [package.read(folder) for folder in folders if (folder / MANIFEST).is_file()]
    return {
        f"{one.folder.name}/{path}": digest
        for one in found
        for path, digest in one.own.items()
        if path.startswith("src/")
    }


def _emit(described: Described, version: str) -> list[File]:
    """The packages under a version.

    Raises:
        InputError: They would not have everything that is declared.
    """
    settings = described.config
    config = replace(settings, package=replace(settings.package, version=version))
    named = replace(described, configuration=replace(described.configuration, config=config))
    files = emit_all(named)
    missing = Diagnostics()
    account(named, files, missing)
    missing.stop_if_failed()
    return files


def _changed(out: Path, drift: Drift, texts: Mapping[Path, str], remembered: Path) -> tuple[Path, ...]:
    """The files that differ from those on the disk, and those that the record of the last release loses."""
    generated = (out / change.path for change in (*drift.changed, *drift.missing, *drift.unexpected))
    written = (path for path, text in texts.items() if not path.is_file() or path.read_bytes() != text.encode())
    gone = (path for path in remembered.rglob("*") if path.is_file() and path not in texts)
    return tuple(sorted({*generated, *written, *gone}))


def _digest(files: Sequence[File], own: Mapping[str, str]) -> str:
    """One digest of everything that users get; of generated code before it is formatted."""
    parts = [f"{file.package}/{file.path} {sha256(file.content.encode())}" for file in files]
    parts += [f"{path} {digest}" for path, digest in own.items()]
    return sha256("\n".join(sorted(parts)).encode())


def _changelog(file: Path, new: str, version: str, last: Released | None) -> str:
    before = changelog.read(file)
    if new in before:
        # An earlier run was interrupted behind this step.
        return before
    if changelog.has(before, version):
        text = f"there is an entry for {version}, but {last.version if last else 'nothing'} was released last"
        raise refusal("released-already", text, file, "raise the version with --at-least, or mend the file")
    return insert(before, new)


def _without_findings(last: Released) -> str:
    if last.facts.toolkit_version != __version__:
        return f"Generated by vcsdk {__version__}; the last release was by {last.facts.toolkit_version}"
    return "The code; the API is the same"
