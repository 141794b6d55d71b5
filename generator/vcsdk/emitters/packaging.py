"""Emits what makes the client a distribution: `pyproject.toml`, `README.md`, `py.typed` and the runtime."""

from __future__ import annotations

import functools
from pathlib import Path, PurePosixPath

from vcsdk.config.model import Config
from vcsdk.emitters.carried import carried
from vcsdk.emitters.file import File, text_file
from vcsdk.emitters.metadata import shown, summary_of
from vcsdk.emitters.prose import one_line
from vcsdk.emitters.readme import readme
from vcsdk.emitters.render import render
from vcsdk.emitters.reuse import FRESH, Texts
from vcsdk.ir import Api
from vcsdk.load import Document

_RUNTIME = Path(__file__).parents[1] / "copied" / "runtime"
_CLASSIFIERS = (
    "Development Status :: 4 - Beta",
    "Framework :: AsyncIO",
    "Intended Audience :: Developers",
    "Operating System :: OS Independent",
)
_OF_VCENTER = ("Intended Audience :: System Administrators", "Topic :: System :: Systems Administration")
_OF_OTHERS = ("Topic :: Software Development :: Libraries :: Python Modules",)


def emit(api: Api, config: Config, document: Document, texts: Texts = FRESH) -> list[File]:  # noqa: ARG001  every emitter is called alike
    """The files around the modules, and what the API needs of `_runtime/`, as it was written and tested."""
    package = config.package
    title = one_line(api.title) or package.distribution
    said = summary_of(document)
    summary = f"Typed Python client for {title}{f': {said}' if said else ', sync and async.'}"
    kinds = (*_CLASSIFIERS, *(_OF_VCENTER if api.profile == "vapi" else _OF_OTHERS))
    about = shown(config, document, package.metadata.description or summary, kinds)
    pyproject = render("packaging/pyproject.toml.jinja", package=package, about=about)
    folder = PurePosixPath("src", package.module)
    return [
        text_file(config, "pyproject.toml", pyproject),
        text_file(config, "README.md", _readme(api, config, document, title)),
        text_file(config, str(folder / "py.typed"), ""),
        *(text_file(config, str(folder / "_runtime" / name), text) for name, text in carried(api, runtime_sources())),
    ]


def _readme(api: Api, config: Config, document: Document, title: str) -> str:
    if config.package.metadata.readme is not None:
        return config.package.metadata.readme.text
    page = readme(api, title, config, document.omissions)
    return render("packaging/README.md.jinja", package=config.package, readme=page)


@functools.cache
def runtime_sources() -> tuple[tuple[str, str], ...]:
    """The runtime's files: path below `_runtime`, text."""
    paths = sorted(_RUNTIME.rglob("*.py"))
    return tuple((path.relative_to(_RUNTIME).as_posix(), path.read_text(encoding="utf-8")) for path in paths)
