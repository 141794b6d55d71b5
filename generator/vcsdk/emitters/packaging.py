"""Emits what makes the client a distribution: `pyproject.toml`, `README.md`, `py.typed` and the runtime."""

from __future__ import annotations

import functools
from pathlib import Path, PurePosixPath

from vcsdk.config.model import Config
from vcsdk.emitters.contract.links import links
from vcsdk.emitters.file import File, text_file
from vcsdk.emitters.prose import one_line
from vcsdk.emitters.readme import readme
from vcsdk.emitters.render import render
from vcsdk.emitters.reuse import FRESH, Texts
from vcsdk.ir import Api
from vcsdk.load import Document

_RUNTIME = Path(__file__).parents[1] / "copied" / "runtime"


def emit(api: Api, config: Config, document: Document, texts: Texts = FRESH) -> list[File]:  # noqa: ARG001  every emitter is called alike
    """The files around the modules, and `_runtime/` as it was written and tested."""
    package = config.package
    title = one_line(api.title) or package.distribution
    summary = f"Typed Python client for {title}, sync and async."
    pyproject = render(
        "packaging/pyproject.toml.jinja", package=package, summary=summary, links=links(config, document)
    )
    page = readme(api, title, config, document.omissions)
    folder = PurePosixPath("src", package.module)
    return [
        text_file(config, "pyproject.toml", pyproject),
        text_file(config, "README.md", render("packaging/README.md.jinja", package=package, readme=page)),
        text_file(config, str(folder / "py.typed"), ""),
        *(text_file(config, str(folder / "_runtime" / name), text) for name, text in runtime_sources()),
    ]


@functools.cache
def runtime_sources() -> tuple[tuple[str, str], ...]:
    """The runtime's files: path below `_runtime`, text."""
    paths = sorted(_RUNTIME.rglob("*.py"))
    return tuple((path.relative_to(_RUNTIME).as_posix(), path.read_text(encoding="utf-8")) for path in paths)
