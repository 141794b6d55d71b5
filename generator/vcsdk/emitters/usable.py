"""Whether an emitted client package can be used: its modules are imported, decoders built, signatures annotated.

It is the emitted text that is imported, from memory and under a name of its own, so that nothing need be written and
nothing of this process is met.  What a package can hold is large: `tried_apart` does it in an interpreter of its own,
beside other work, where there is a core for it.  That interpreter loads this file alone, so nothing of the toolkit is
imported here.
"""

from __future__ import annotations

import gc
import importlib
import importlib.machinery
import json
import re
import sys
import types
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.abc import Loader
else:
    # `importlib.abc` takes longer to import than a small package.
    Loader = object

ROOT = "_vcsdk_emitted"
_RUNTIME = f"{ROOT}._runtime"
_COPIED = Path(__file__).parents[1] / "copied" / "runtime"

_SIGNATURE = re.compile(r"^    (?:async )?(def \w+\((?!self\) )[^\n]*\) -> [^\n]*:)$", re.MULTILINE)
"""What is said of a method; a property, which leads to another resource, takes nothing but itself."""

Unusable = tuple[str, str, str]
"""A module of the package ("models.pet"), a name in it ("Pet", "Pets.get", "" for the module), and what is wrong."""


def of_texts(texts: Mapping[str, str], only: Collection[str] | None = None) -> list[Unusable]:
    """What cannot be used of a package, tried in this interpreter.

    Args:
        texts: The text of each module by its name below the package: "models.pet" and so on, "" for the package itself.
            Its `_runtime` is the toolkit's own.
        only: The modules to try; None tries them all.
    """
    return list(_found(texts, only))


def ended(number: int) -> list[Unusable]:
    """What is said of a package where trying it ended the interpreter by a signal."""
    return [("", "", f"the interpreter that tried it was ended by signal {number}")]


@contextmanager
def tried_apart(
    texts: Mapping[str, str], only: Collection[str] | None = None
) -> Iterator[Callable[[], list[Unusable]]]:
    """The same in an interpreter of its own while the block goes on, which gets a function that waits for the result.

    That is for packages that are large: what they hold does not come on top of what this process has read.
    """
    import subprocess
    import tempfile

    # `-S`: what it imports from is what this one imports from, and that is known.
    command = [sys.executable, "-I", "-S", __file__]
    with tempfile.TemporaryFile() as given:
        condensed = {name: _condensed(name, text) for name, text in texts.items()}
        given.write(json.dumps([sys.path, condensed, None if only is None else [*only]]).encode())
        given.seek(0)
        with subprocess.Popen(command, stdin=given, stdout=subprocess.PIPE) as process:

            def result() -> list[Unusable]:
                said, _ = process.communicate()
                if process.returncode < 0:
                    return ended(-process.returncode)
                if process.returncode:
                    return [("", "", f"the interpreter that tried it ended with {process.returncode}")]
                return [(module, name, told) for module, name, told in json.loads(said)]

            try:
                yield result
            except BaseException:
                process.kill()
                raise


def _condensed(name: str, text: str) -> str:
    """A module of resources with nothing but what is to be tried: imports, constants, and signatures.

    Most of a large package is the bodies and docstrings of methods, in which only syntax can be wrong; that is the
    formatter's to find.
    """
    head, *classes = text.split("\n\nclass ")
    if not name.startswith("resources."):
        return text
    condensed = [head]
    for each in classes:
        signatures = "".join(f"    {line} ...\n" for line in _SIGNATURE.findall(each))
        condensed.append(f"class {each[: each.index('(')]}:\n    _: None\n{signatures}")
    return "\n\n".join(condensed)


class _Finder(Loader):
    """Finds the modules of the package in their texts, and those of its runtime where the toolkit has them."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = {f"{ROOT}.{name}" if name else ROOT: text for name, text in texts.items()}
        self.packages = {name.rpartition(".")[0] for name in self.texts} | {ROOT}

    def find_spec(self, fullname: str, *_: Any) -> importlib.machinery.ModuleSpec | None:
        if fullname == _RUNTIME:
            found = importlib.machinery.PathFinder.find_spec("runtime", [str(_COPIED.parent)])
            if found is None or found.origin is None:
                return None
            loader = importlib.machinery.SourceFileLoader(fullname, found.origin)
            spec = importlib.machinery.ModuleSpec(fullname, loader, origin=found.origin, is_package=True)
            spec.submodule_search_locations = [str(_COPIED)]
            spec.has_location = True
            return spec
        name = self._name(fullname)
        if name is None:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=fullname in self.packages)

    def _name(self, fullname: str) -> str | None:
        return next((each for each in (fullname, f"{fullname}.__init__") if each in self.texts), None)

    def create_module(self, _: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        """A module like any other."""

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the text of a module."""
        name = module.__name__
        code = compile(self.texts[self._name(name) or name], f"<{name}>", "exec", dont_inherit=True)
        exec(code, vars(module))  # noqa: S102  our own text


class _Unsent(Loader):
    """Stands in for the HTTP library of a client, which takes long to import: nothing is sent here.

    What the texts say of it is said by the toolkit itself, whatever the description.
    """

    def find_spec(self, fullname: str, *_: Any) -> importlib.machinery.ModuleSpec | None:
        return importlib.machinery.ModuleSpec(fullname, self) if fullname == "httpx2" else None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Names(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """There is nothing in it but what is asked for."""


class _Names(types.ModuleType):
    """A module in which every name is a class."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (Exception,), {})
        setattr(self, name, made)
        return made


def _found(texts: Mapping[str, str], only: Collection[str] | None) -> Iterator[Unusable]:
    finder, unsent = _Finder(texts), _Unsent()
    sys.meta_path[:0] = [finder, unsent]
    try:
        modules: dict[str, types.ModuleType] = {}
        told: set[str] = set()
        tried = finder.texts if only is None else [f"{ROOT}.{name}" if name else ROOT for name in only]
        for name in tried:
            short = name.removeprefix(f"{ROOT}.").removesuffix(".__init__")
            try:
                modules[short] = importlib.import_module(name.removesuffix(".__init__"))
            except Exception as error:
                # What imports a module that fails, fails with the same words.
                if _said(error) not in told:
                    yield short, "", _said(error)
                told.add(_said(error))
        if told:
            return
        for name, module in modules.items():
            if name.startswith("models."):
                for found in _undecodable(name, module):
                    told.add(found[2])
                    yield found
        for name, module in modules.items():
            if name.startswith("resources."):
                yield from (found for found in _unannotated(name, module) if found[2] not in told)
    finally:
        sys.meta_path.remove(finder)
        sys.meta_path.remove(unsent)
        for name in [name for name in sys.modules if name == ROOT or name.startswith(f"{ROOT}.")]:
            del sys.modules[name]
        if isinstance(sys.modules.get("httpx2"), _Names):
            del sys.modules["httpx2"]


def _undecodable(name: str, module: types.ModuleType) -> Iterator[Unusable]:
    """The classes and aliases of a module of models that have no decoder."""
    operation = importlib.import_module(f"{_RUNTIME}.operation")
    everything = dict(vars(module))
    aliases = everything.get("__annotations__", {})
    own = {
        key: value
        for key, value in everything.items()
        if not key.startswith("_") and (key in aliases or getattr(value, "__module__", "") == module.__name__)
    }
    for key, kind in own.items():
        try:
            # What an open model decodes by is a class inside it.
            operation._decoder(getattr(kind, "__known__", kind))
        except Exception as error:
            yield name, key, _said(error)


def _unannotated(name: str, module: types.ModuleType) -> Iterator[Unusable]:
    """The methods of a module of resources whose annotations mean nothing, and the constants that decode nothing."""
    operation = importlib.import_module(f"{_RUNTIME}.operation")
    met: set[str] = set()
    for key, value in list(vars(module).items()):
        if isinstance(value, operation.Operation):
            try:
                _decoders(value)
            except Exception as error:
                yield name, key, _said(error)
        if not isinstance(value, type) or value.__module__ != module.__name__:
            continue
        for method, function in vars(value).items():
            for annotation in getattr(function, "__annotations__", {}).values():
                if annotation in met:
                    continue
                met.add(annotation)
                try:
                    eval(annotation, vars(module))  # noqa: S307  our own text
                except Exception as error:
                    yield name, f"{key}.{method}", _said(error)


def _decoders(operation: Any) -> None:
    bodies = operation.body if isinstance(operation.body, tuple) else (operation.body,)
    answers = [
        answer for each in operation.answers.values() for answer in (each if isinstance(each, tuple) else (each,))
    ]
    for part in (*bodies, *answers):
        if part is not None and part.type is not None and "json" in part.content_type:
            _ = part.decoder


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]


def _main() -> None:
    gc.disable()
    path, texts, only = json.load(sys.stdin)
    sys.path[:] = path
    json.dump(list(_found(texts, only)), sys.stdout)


if __name__ == "__main__":
    _main()
