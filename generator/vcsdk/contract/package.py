"""Where the contract package to run is: named, generated here, or installed."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from vcsdk.access import real

_SUFFIX = "_contract.plugin"


class PackageError(ValueError):
    """There is no contract package, or there are several; the text says what to do."""


@dataclass(frozen=True, slots=True)
class ContractPackage:
    """A contract package: its module, and the folder it is imported from (None if it is installed)."""

    module: str
    source: Path | None

    def description(self) -> Path:
        """The bundled description.

        Raises:
            PackageError: The package has gone.
        """
        if self.source is not None:
            return self.source / self.module / "openapi.json"
        spec = find_spec(self.module)
        if spec is None or spec.origin is None:
            raise PackageError(f"{self.module} is not installed any more")
        return Path(spec.origin).with_name("openapi.json")


def find(named: Path | None, folder: Path = Path("generated")) -> ContractPackage:
    """The package at `named`; else the only one below `folder`; else the only one installed.

    Raises:
        PackageError: Not exactly one package was found.
    """
    if named is not None:
        return _at(named)
    found = sorted(path for path in folder.glob("*") if _modules(path)) if folder.is_dir() else []
    if len(found) == 1:
        return _at(found[0])
    if found:
        names = ", ".join(path.as_posix() for path in found)
        raise PackageError(f"several contract packages: {names}; choose one with --package")
    installed = sorted(
        {e.module.removesuffix(".plugin") for e in entry_points(group="pytest11") if e.module.endswith(_SUFFIX)}
    )
    if len(installed) == 1 and find_spec(installed[0]) is not None:
        return ContractPackage(installed[0], None)
    if installed:
        raise PackageError(f"several contract packages are installed: {', '.join(installed)}; name one with --package")
    raise PackageError(
        f"no contract package in {folder.as_posix()}/ and none installed; "
        "make one with `vcsdk generate`, or name one with --package"
    )


def _at(path: Path) -> ContractPackage:
    modules = _modules(path)
    if len(modules) != 1:
        raise PackageError(f"{path}: no contract package (expected src/<module>/openapi.json and plugin.py)")
    return ContractPackage(modules[0].name, real(path / "src"))


def _modules(path: Path) -> list[Path]:
    return [plugin.parent for plugin in path.glob("src/*/plugin.py") if (plugin.parent / "openapi.json").is_file()]
