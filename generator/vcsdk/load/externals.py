"""References into other files become references into `components` of the one document."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote, urlsplit

from vcsdk.access import real
from vcsdk.diagnostics import Diagnostics, Level, Origin
from vcsdk.load.document import Document
from vcsdk.load.extensions import entries, is_extension
from vcsdk.load.grammar import FREE_MAPS, GRAMMAR, SECTIONS, Shape
from vcsdk.load.identified import may_identify, resolve_identified
from vcsdk.load.limits import MAX_FILES, written_out
from vcsdk.load.misspelt import meant
from vcsdk.load.pointer import as_reference, escape, exists, find, from_fragment, join, split
from vcsdk.load.read import read
from vcsdk.load.swagger2_schemas import reference as as_reference_of_3

_SUSPECT = re.compile(r"""\$ref["']?\s*:\s*["']?[^#"'\s]|\.(?:ya?ml|json)["'#\s]""")


def may_refer_outside(text: str) -> bool:
    """False where a text certainly has no reference to another file; saves the walk that bundling takes."""
    return _SUSPECT.search(text) is not None


def refers_outside(data: Any) -> bool:
    """False where no reference leads out of the data, wherever it stands: a description may well mention a file."""
    pending = [data]
    while pending:
        node = pending.pop()
        if type(node) is list:
            pending += node
        elif type(node) is dict:
            for key, value in node.items():
                if type(value) is dict or type(value) is list:
                    pending.append(value)
                elif key == "$ref" and type(value) is str and not value.startswith("#"):
                    return True
            rule = node.get("discriminator")
            mapping = rule.get("mapping") if type(rule) is dict else None
            if type(mapping) is dict and any(type(v) is str and not v.startswith("#") for v in mapping.values()):
                return True
    return False


def bundle(document: Document, path: Path, diagnostics: Diagnostics, *, allow_outside: Sequence[Path] = ()) -> None:
    """Bring every node that the document refers to in other files into its `components`.

    Names are stable: a component that is nothing but a reference takes the node's place; else the node keeps the name
    it has in its file, with the file's name (then a number) behind it where that is taken.  `path` is the document's
    file; others outside its folder, and outside those of `allow_outside`, are refused, network addresses always.
    """
    _Bundle(document, path, diagnostics, allow_outside).run()


class _Bundle:
    """`_homes` is where a node of another file goes, by file, pointer, and the kind it is used as."""

    def __init__(self, document: Document, path: Path, diagnostics: Diagnostics, allow_outside: Sequence[Path]) -> None:
        self._document = document
        self._diagnostics = diagnostics
        self._folders = [real(folder) for folder in (path.parent, *allow_outside)]
        main = self._folders[0] / path.name
        self._paths: dict[str, Path] = {document.file: main}
        self._names: dict[Path, str | None] = {real(main): document.file}
        self._data: dict[str, Any] = {document.file: document.data}
        self._homes: dict[tuple[str, str, str], str] = {}
        self._told: set[tuple[str, str]] = set()
        self._queue: deque[tuple[str, str, str, str]] = deque()

    def run(self) -> None:
        self._claim()
        self._rewrite("document", self._document.data, Origin(self._document.file))
        while self._queue:
            file, pointer, kind, home = self._queue.popleft()
            node = written_out(find(self._data[file], pointer))
            self._rewrite(kind, node, Origin(file, pointer))
            *above, name = split(home)
            holder = self._document.data
            for token in above:
                holder = holder.setdefault(token, {})
            holder[name] = node
            self._document.added(home, Origin(file, pointer))

    def _claim(self) -> None:
        """Let components that are nothing but a reference to another file be the home of what it names."""
        components = self._document.data.get("components")
        for kind, section in SECTIONS.items():
            nodes = components.get(section) if isinstance(components, dict) else None
            for name, node in nodes.items() if isinstance(nodes, dict) else ():
                reference = node.get("$ref") if isinstance(node, dict) else None
                if isinstance(reference, str) and not reference.startswith("#"):
                    home = join("/components", section, name)
                    place = Origin(self._document.file, f"{home}/$ref")
                    if self._component(reference, kind, place) is not None:
                        continue
                    target = self._target(reference, place)
                    if target is not None and target.file != self._document.file:
                        self._settle(target, kind, home)

    def _settle(self, target: Origin, kind: str, home: str) -> None:
        if (target.file, target.pointer, kind) not in self._homes:
            self._homes[target.file, target.pointer, kind] = home
            self._queue.append((target.file, target.pointer, kind, home))

    def _rewrite(self, kind: str, node: Any, origin: Origin) -> None:
        """Spell all references below a node as in the one document; `origin` is where the node was written."""
        for key, value in node.items() if isinstance(node, dict) else ():
            place = Origin(origin.file, f"{origin.pointer}/{escape(key)}")
            if key == "$ref" and isinstance(value, str) and kind in SECTIONS:
                node[key] = self._spelled(value, kind, place)
            elif kind == "discriminator" and key == "mapping" and isinstance(value, dict):
                for name, target in value.items():
                    if isinstance(target, str) and ("#" in target or target.endswith((".yaml", ".yml", ".json"))):
                        value[name] = self._spelled(target, "schema", Origin(place.file, join(place.pointer, name)))
            else:
                shape = GRAMMAR[kind].get(key) if kind in GRAMMAR else Shape("one", FREE_MAPS[kind])
                if shape is not None and shape.kind and (kind in GRAMMAR or not is_extension(key)):
                    self._descend(shape, value, place)

    def _descend(self, shape: Shape, value: Any, place: Origin) -> None:
        if shape.form == "one":
            self._rewrite(shape.kind, value, place)
        elif shape.form == "list" and isinstance(value, list):
            for position, item in enumerate(value):
                self._rewrite(shape.kind, item, Origin(place.file, f"{place.pointer}/{position}"))
        elif shape.form == "map" and isinstance(value, dict):
            for name, item in entries(value) if shape.extensible else value.items():
                self._rewrite(shape.kind, item, Origin(place.file, join(place.pointer, name)))

    def _spelled(self, reference: str, kind: str, place: Origin) -> str:
        """A reference as the one document spells it; one that leads nowhere stays as it was written."""
        if reference.startswith("#") and place.file == self._document.file:
            return reference
        if (named := self._component(reference, kind, place)) is not None:
            return named
        target = self._target(reference, place)
        if target is None:
            return reference
        if target.file == self._document.file:
            return as_reference(target.pointer)
        home = self._homes.get((target.file, target.pointer, kind))
        if home is None:
            home = self._free_home(target, kind)
            self._settle(target, kind, home)
        return as_reference(home)

    def _component(self, reference: str, kind: str, place: Origin) -> str | None:
        """The component that a bare name stands for, as in Swagger 1.2, where no file is called so."""
        components = self._document.data.get("components")
        nodes = components.get(SECTIONS[kind]) if isinstance(components, dict) else None
        if place.file != self._document.file or not isinstance(nodes, dict) or reference not in nodes:
            return None
        if (self._paths[place.file].parent / reference).exists():
            return None
        home = as_reference(join("/components", SECTIONS[kind], reference))
        self._tell("misspelt-ref", f"there is no file `{reference}`; took `{self._document.as_written(home)}`", place)
        return home

    def _free_home(self, target: Origin, kind: str) -> str:
        section = join("/components", SECTIONS[kind])
        components = self._document.data.get("components")
        nodes = components.get(SECTIONS[kind]) if isinstance(components, dict) else None
        taken = {join(section, name) for name in nodes} if isinstance(nodes, dict) else set()
        taken.update(self._homes.values())
        stem = PurePosixPath(target.file).name.partition(".")[0]
        name = split(target.pointer)[-1] if target.pointer else stem
        wanted, number = join(section, name), 1
        while wanted in taken:
            wanted = join(section, f"{name}_{stem}" if number == 1 else f"{name}_{stem}_{number}")
            number += 1
        return wanted

    def _target(self, reference: str, place: Origin) -> Origin | None:
        """What a reference names; None where it is refused or names nothing, with an error."""
        address, _, fragment = reference.partition("#")
        file = self._open(address, place) if address else place.file
        if file is None:
            return None
        if file == self._document.file and self._document.version == "2.0":
            fragment = as_reference_of_3(f"#{fragment}")[1:]
        pointer = from_fragment(fragment)
        if not exists(self._data[file], pointer):
            found = meant(self._data[file], pointer)
            if found is None:
                self._refuse("dangling-ref", f"`{reference}` does not exist", place)
                return None
            self._tell("misspelt-ref", f"`{reference}` does not exist; took `{found}` of the file", place)
            pointer = found
        return Origin(file, pointer)

    def _open(self, address: str, place: Origin) -> str | None:
        """The name of the file at an address, which is read on first use; None where it cannot be, with an error."""
        try:
            return self._file_at(address, place)
        except (ValueError, OSError):  # an address that is none, a name that no file can have
            self._refuse("dangling-ref", f"`{address}` is neither an address nor the name of a file", place)
            return None

    def _file_at(self, address: str, place: Origin) -> str | None:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            hint = "keep a copy beside the description, and refer to that"
            self._refuse("ref-network", f"`{address}` is on the network, which is never read", place, hint)
            return None
        path = real(self._paths[place.file].parent / unquote(parts.path))
        if "\\" in address and not path.is_file() and path not in self._names:
            self._tell("misspelt-ref", f"`{address}` has backslashes; took slashes", place)
            return self._file_at(address.replace("\\", "/"), place)
        if path in self._names:
            return self._names[path]
        if address == "/" or path == real(self._paths[place.file].parent):
            self._tell_folder(address, place)
            return place.file
        if not any(path.is_relative_to(folder) for folder in self._folders):
            message = f"`{address}` is outside the folder of the description"
            self._refuse("ref-outside", message, place, self._how_to_allow(place, unquote(parts.path)))
            return None
        if len(self._names) >= MAX_FILES:
            self._refuse("too-large", f"the description is spread over more than {MAX_FILES} files", place)
            return None
        if not path.is_file():
            self._refuse("dangling-ref", f"there is no file `{address}`", place)
            return None
        name = (PurePosixPath(place.file).parent / unquote(parts.path)).as_posix()
        loaded = read(path, name, self._diagnostics)
        self._names[path] = name if loaded is not None else None
        if loaded is None:
            return None
        self._document.sources[name], self._data[name], self._paths[name] = loaded[0], loaded[1], path
        if self._document.is_31 and isinstance(loaded[1], dict) and may_identify(loaded[0].text):
            resolve_identified(loaded[1], "document" if "openapi" in loaded[1] else "schema")
        return name

    def _tell_folder(self, address: str, place: Origin) -> None:
        """One warning for each way to say so in a file: most that say it say it everywhere."""
        if (place.file, address) not in self._told:
            self._told.add((place.file, address))
            self._tell("ref-to-folder", f"`{address}` names a folder; took the file that refers to it", place)

    def _how_to_allow(self, place: Origin, address: str) -> str | None:
        """What lets a file outside be read; None for a link from inside, and an absolute path."""
        if address.startswith("/"):
            return None
        lexical = Path(normpath(self._paths[place.file].parent / address))
        if any(lexical.is_relative_to(folder) for folder in self._folders):
            return None
        above = normpath(PurePosixPath(place.file).parent / address).rpartition("/")[0] or "/"
        return f"`--allow-outside {above}`, or `allow_outside` below `[api]`, lets files of that folder be read"

    def _tell(self, rule: str, message: str, place: Origin) -> None:
        if (place.file, place.pointer + message) in self._told:
            return
        self._told.add((place.file, place.pointer + message))
        self._diagnostics.add(self._document.diagnose(Level.WARNING, rule, message, self._found(place)))

    def _refuse(self, rule: str, message: str, place: Origin, hint: str | None = None) -> None:
        self._diagnostics.add(self._document.diagnose(Level.ERROR, rule, message, self._found(place), hint))

    def _found(self, place: Origin) -> str | Origin:
        """Where a place was written: a node of the document itself may have moved since it was read."""
        return place.pointer if place.file == self._document.file else place
