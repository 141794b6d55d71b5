"""Emits what makes the client a distribution: `pyproject.toml`, `README.md`, `py.typed` and the runtime."""

from __future__ import annotations

import functools
from pathlib import Path, PurePosixPath

from vcsdk.config.model import Config
from vcsdk.emitters.client.errors import base_class, raised
from vcsdk.emitters.contract import samples
from vcsdk.emitters.contract.links import links
from vcsdk.emitters.file import File, text_file
from vcsdk.emitters.prose import one_line, sentence
from vcsdk.emitters.render import render
from vcsdk.ir import Api, Operation, Safety
from vcsdk.load import Document

_RUNTIME = Path(__file__).parents[1] / "copied" / "runtime"


def emit(api: Api, config: Config, document: Document) -> list[File]:
    """The files around the modules, and `_runtime/` as it was written and tested."""
    package = config.package
    title = one_line(api.title) or package.distribution
    summary = f"Typed Python client for {title}, sync and async."
    pyproject = render(
        "packaging/pyproject.toml.jinja", package=package, summary=summary, links=links(config, document)
    )
    folder = PurePosixPath("src", package.module)
    return [
        text_file(config, "pyproject.toml", pyproject),
        text_file(config, "README.md", render("packaging/README.md.jinja", readme=_readme(api, config, title))),
        text_file(config, str(folder / "py.typed"), ""),
        *(text_file(config, str(folder / "_runtime" / name), text) for name, text in runtime_sources()),
    ]


@functools.cache
def runtime_sources() -> tuple[tuple[str, str], ...]:
    """The runtime's files: path below `_runtime`, text."""
    paths = sorted(_RUNTIME.rglob("*.py"))
    return tuple((path.relative_to(_RUNTIME).as_posix(), path.read_text(encoding="utf-8")) for path in paths)


def _readme(api: Api, config: Config, title: str) -> dict[str, object]:
    reading = next((o for o in api.operations if samples.is_plain(o)), None)
    starting = _first_task(api)
    shown = [o for o in (reading, starting) if o is not None] or list(api.operations[:1])
    main = starting or shown[0] if shown else None
    caught = [r for r in raised(api, main) if r.class_name != "OutcomeUnknown"] if main is not None else []
    return {
        "title": title,
        "description": sentence(api.description),
        "package": config.package,
        "operations": len(api.operations),
        "schemas": len(api.schemas),
        "has_basic": api.profile == "vapi" or any(s.kind == "basic" for s in api.security_schemes.values()),
        "main": main,
        "reading": reading if reading is not main else None,
        "main_call": samples.call(api, main) if main is not None else "",
        "reading_call": samples.call(api, reading) if reading is not None else "",
        "caught": caught[:2],
        "base": base_class(api),
        "models": sorted({name for o in shown for name in samples.imported_models(api, o)}),
        "vapi": api.profile == "vapi",
    }


def _first_task(api: Api) -> Operation | None:
    tasks = [o for o in api.operations if o.task]
    harmless = [o for o in tasks if o.safety is not Safety.DESTRUCTIVE]
    return next((o for o in tasks if o.disrupts_connection), next(iter(harmless), None))
