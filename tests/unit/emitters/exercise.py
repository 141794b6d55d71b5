"""Run in a process of its own: imports every module of generated packages and builds a decoder for every model.

Arguments: folder and package name, in turn.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import types
from typing import Any

import msgspec


def hidden(kind: Any) -> list[Any]:
    """The types behind a `Choice` or an `OpenModel`."""
    if isinstance(kind, types.UnionType):
        return [part for member in kind.__args__ for part in hidden(member)]
    found = [kind.__known__] if hasattr(kind, "__known__") else []
    if hasattr(kind, "__decode__") and hasattr(kind, "mapping"):
        found += [*kind.members(), *kind.mapping().values()]
    return found


def main(source: str, module: str) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == module]:
        del sys.modules[name]
    sys.path.insert(0, source)
    importlib.invalidate_caches()
    print(source)
    package = importlib.import_module(module)
    for found in pkgutil.walk_packages(package.__path__, f"{module}."):
        importlib.import_module(found.name)
    for name in package.__all__:
        getattr(package, name)
    from_runtime = importlib.import_module(f"{module}._runtime.secret")
    decoded = 0
    for name in package.models.__all__:
        kind: Any = getattr(package.models, name)
        # Unions that decode themselves, and models that keep what they do not know, hide types from msgspec.
        for each in (kind, *hidden(kind)):
            msgspec.json.Decoder(each, dec_hook=from_runtime.dec_hook)
        decoded += 1
    operations = 0
    for found in list(sys.modules):
        if found.startswith(f"{module}.resources."):
            for value in vars(sys.modules[found]).values():
                if type(value).__name__ == "Operation":
                    operations += 1
                    for answer in value.answers.values():
                        for one in answer if isinstance(answer, tuple) else (answer,):
                            _ = one.decoder
                    for body in value.body if isinstance(value.body, tuple) else filter(None, (value.body,)):
                        _ = body.decoder
    print(f"{decoded} models, {operations} operations")
    sys.path.remove(source)


for folder, name in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
    main(folder, name)
