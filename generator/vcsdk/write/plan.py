"""Decides, without changing anything, which files a run replaces, removes and leaves alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import msgspec

from vcsdk.diagnostics import Diagnostics, Level
from vcsdk.emitters.file import File
from vcsdk.write.destination import Hashes, UnsafePathError, content_at, finding, hash_at, inside
from vcsdk.write.formatting import SETTINGS, format_sources, formatter
from vcsdk.write.manifest import MANIFEST, Entry, Facts, Manifest, dump, parse, sha256


class Plan(msgspec.Struct):
    """What a run would do; all paths are below the output folder.

    `write` gives the staged file of each path whose bytes change, manifests included.  `edited` are the paths among
    them that a person had changed, `kept` those no longer emitted that stay because a person had changed them.
    """

    packages: list[str] = msgspec.field(default_factory=list)
    write: dict[PurePosixPath, Path] = msgspec.field(default_factory=dict)
    unchanged: list[PurePosixPath] = msgspec.field(default_factory=list)
    remove: list[PurePosixPath] = msgspec.field(default_factory=list)
    kept: list[PurePosixPath] = msgspec.field(default_factory=list)
    edited: list[PurePosixPath] = msgspec.field(default_factory=list)
    manifests: dict[PurePosixPath, tuple[Manifest | None, Manifest]] = msgspec.field(default_factory=dict)


class _Known(msgspec.Struct):
    """What the last run left in a package; `manifest` is None where there is none, `legible` tells a broken one."""

    manifest: Manifest | None
    legible: bool = True

    def entry(self, path: PurePosixPath) -> Entry | None:
        return self.manifest.files.get(str(path)) if self.manifest else None


def make_plan(files: Sequence[File], out: Path, shown: Path, facts: Facts, staging: Path, found: Diagnostics) -> Plan:
    """Compare what is emitted with what is on the disk, formatting only what has changed.

    Args:
        files: What the emitters made.
        out: The output folder, resolved; need not exist.
        shown: The output folder as the user named it, for findings.
        facts: For the manifests.
        staging: An existing empty folder for the new contents.
        found: Receives errors (then the plan must not be carried out) and warnings.

    Raises:
        InputError: The files cannot be placed, or are not Python.
        OSError: Something cannot be read, or the staging folder not be written.
    """
    placed = _place(files, shown, found)
    found.stop_if_failed()
    known = {package: _read_manifest(package, out, shown, found) for package in sorted({f.package for f in files})}
    disk = _read_disk(placed, out, shown, found)
    found.stop_if_failed()

    entries: dict[PurePosixPath, Entry] = {}
    sources: dict[PurePosixPath, str] = {}
    unformatted: dict[PurePosixPath, str] = {}
    plan = Plan(packages=list(known))
    (staging / "text").mkdir()
    (staging / "formatted").mkdir()
    for path, file in placed.items():
        content = file.content.encode()
        if file.kind == "text":
            entries[path] = Entry(sha256(content))
            if entries[path].sha256 != disk[path]:
                plan.write[path] = staging / "text" / str(len(plan.write))
                plan.write[path].write_bytes(content)
            continue
        entry = known[file.package].entry(file.path)
        source = sha256(content)
        # The result is known already: same text, same formatter, and nobody touched the file since.
        if entry is not None and entry == Entry(disk[path] or "", source) and _formats_alike(known[file.package]):
            entries[path] = entry
        else:
            sources[path], unformatted[path] = file.content, source

    staged, problems = format_sources(sources, staging / "formatted")
    for problem in problems:
        found.add(problem)
    found.stop_if_failed()
    for path, result in staged.items():
        entries[path] = Entry(sha256(result.read_bytes()), unformatted[path])
        if entries[path].sha256 != disk[path]:
            plan.write[path] = result
    _settle(plan, placed, known, disk, shown, found)
    _settle_stale(plan, placed, known, out, shown, found)
    _settle_manifests(plan, entries, known, out, facts, staging)
    found.stop_if_failed()
    return plan


def _formats_alike(known: _Known) -> bool:
    return known.manifest is not None and known.manifest.formatter == formatter_id()


def formatter_id() -> str:
    """The formatter with its settings: what must be equal for its results to be equal."""
    return " ".join((formatter(), *SETTINGS[2:]))


def _place(files: Sequence[File], shown: Path, found: Diagnostics) -> dict[PurePosixPath, File]:
    placed: dict[PurePosixPath, File] = {}
    for file in sorted(files, key=lambda f: (f.package, str(f.path))):
        try:
            path = inside(file.package, file.path)
            if not file.content.isascii():
                file.content.encode()
        except UnsafePathError as error:
            found.add(finding(Level.ERROR, "unsafe-path", str(error), shown))
        except UnicodeEncodeError as error:
            text = f"the generated file cannot be written as UTF-8: {error.reason} at character {error.start}"
            found.add(finding(Level.ERROR, "not-unicode", text, shown / file.package / file.path))
        else:
            if path in placed or path.name == MANIFEST:
                found.add(finding(Level.ERROR, "duplicate-file", "two generated files have this path", shown / path))
            placed[path] = file
    return placed


def _read_manifest(package: str, out: Path, shown: Path, found: Diagnostics) -> _Known:
    try:
        path = inside(package, PurePosixPath(MANIFEST))
        content = content_at(out, path)
    except UnsafePathError as error:
        found.add(finding(Level.ERROR, "unsafe-path", str(error), shown / package / MANIFEST))
        return _Known(None)
    if content is None:
        return _Known(None)
    try:
        return _Known(parse(content))
    except ValueError as error:
        text = f"the manifest cannot be read ({error}); nothing is removed and every file counts as generated"
        found.add(finding(Level.WARNING, "unreadable-manifest", text, shown / path))
        return _Known(None, legible=False)


def _read_disk(
    placed: dict[PurePosixPath, File], out: Path, shown: Path, found: Diagnostics
) -> dict[PurePosixPath, str | None]:
    disk: dict[PurePosixPath, str | None] = {}
    hashes = Hashes(out)
    for path in placed:
        try:
            disk[path] = hashes.at(path)
        except UnsafePathError as error:
            found.add(finding(Level.ERROR, "unsafe-path", str(error), shown / path))
    return disk


def _settle(
    plan: Plan,
    placed: dict[PurePosixPath, File],
    known: dict[str, _Known],
    disk: dict[PurePosixPath, str | None],
    shown: Path,
    found: Diagnostics,
) -> None:
    """Sort the emitted files into unchanged, written and edited."""
    for path, file in placed.items():
        package = known[file.package]
        entry = package.entry(file.path)
        if path not in plan.write:
            plan.unchanged.append(path)
        elif disk[path] is None or (entry is not None and entry.sha256 == disk[path]):
            pass
        elif entry is not None or not package.legible:
            plan.edited.append(path)
            text = "this generated file had been edited; the edit is overwritten"
            hint = "put your own code into files of other names; they survive"
            found.add(finding(Level.WARNING, "overwrote-edited-file", text, shown / path, hint))
        else:
            text = "a file that vcsdk did not write stands where a generated one belongs"
            hint = "move it away or delete it, then generate again"
            found.add(finding(Level.ERROR, "file-in-the-way", text, shown / path, hint))


def _settle_stale(
    plan: Plan,
    placed: dict[PurePosixPath, File],
    known: dict[str, _Known],
    out: Path,
    shown: Path,
    found: Diagnostics,
) -> None:
    """Decide about files of the last run that are no longer emitted."""
    for package, last in known.items():
        for name, entry in sorted(last.manifest.files.items()) if last.manifest else ():
            # The manifest is a file that anybody can edit: its paths are no more trusted than its hashes.
            try:
                path = inside(package, PurePosixPath(name))
                current = None if path in placed else hash_at(out, path)
            except UnsafePathError:
                continue
            if current is None:
                continue
            if current == entry.sha256:
                plan.remove.append(path)
                continue
            plan.kept.append(path)
            text = "this file is no longer generated, but it had been edited; it is kept"
            found.add(finding(Level.WARNING, "kept-edited-file", text, shown / path, "delete it if you do not need it"))


def _settle_manifests(
    plan: Plan,
    entries: dict[PurePosixPath, Entry],
    known: dict[str, _Known],
    out: Path,
    facts: Facts,
    staging: Path,
) -> None:
    for number, (package, last) in enumerate(known.items()):
        below = {str(p.relative_to(package)): e for p, e in entries.items() if p.parts[0] == package}
        manifest = Manifest(facts, formatter_id(), below)
        path = PurePosixPath(package, MANIFEST)
        plan.manifests[path] = (last.manifest, manifest)
        content = dump(manifest)
        if content == content_at(out, path):
            plan.unchanged.append(path)
            continue
        plan.write[path] = staging / f"manifest-{number}"
        plan.write[path].write_bytes(content)
