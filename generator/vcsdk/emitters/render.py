"""Jinja as the emitters use it: strict, with the filters of `filters`, and with errors that name template and line."""

from __future__ import annotations

import functools
import os
import traceback
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from vcsdk import cache
from vcsdk.diagnostics import Diagnostic, Diagnostics, InputError, Level, Location
from vcsdk.emitters import filters

_PACKAGE = Path(__file__).parents[1]
_OF_EMITTERS = frozenset(("client", "contract", "docs", "models", "packaging"))
_MOST_TEMPLATES = 1000
"""Kept compiled: those of a few versions."""


def templates_folder() -> Path:
    """Where the templates are: inside the package in an installed wheel, in the repository's root there."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "templates"


@functools.cache
def environment(folder: Path | None = None) -> jinja2.Environment:
    """The Jinja environment over `folder`, the toolkit's own templates if None.

    An undefined name is an error; nothing is escaped for HTML; a block tag takes its line with it.
    """
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder or templates_folder()),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701  the output is Python, TOML and Markdown, quoted by the filters below
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_bytecode(),
    )
    made.filters |= {
        "pystr": filters.python_literal,
        "docstring": filters.docstring,
        "comment": filters.comment,
        "reflow": filters.reflow,
        "toml": filters.toml,
        "markdown": filters.markdown,
        "code": filters.code_span,
        "code_cell": filters.code_cell,
        "identifier": filters.identifier,
    }
    return made


class _Bytecode(jinja2.BytecodeCache):
    """Compiled templates of earlier runs, which Jinja checks against the source.

    Its own `FileSystemBytecodeCache` fails on a disk that is full, and takes what was damaged.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        content = cache.read(_code(bucket.key))
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        cache.write(_code(bucket.key), bucket.bytecode_to_string(), most=_MOST_TEMPLATES)


def _code(key: str) -> str:
    return f"templates-{jinja2.__version__}/{key}.code"


def _bytecode() -> jinja2.BytecodeCache | None:
    """The cache, where there is a place for it."""
    folder = cache.folder() / f"templates-{jinja2.__version__}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return _Bytecode() if os.access(folder, os.W_OK) else None


def compile_templates() -> None:
    """Compile those of the emitters for the runs to come, and remember that it was done.

    What cannot be compiled is told where it is rendered.
    """
    ours = environment()
    for name in ours.list_templates(filter_func=lambda name: name.partition("/")[0] in _OF_EMITTERS):
        with suppress(jinja2.TemplateError):
            ours.get_template(name)
    cache.write(_compiled(), b"")


def compiled() -> bool:
    """True if that was done by this toolkit, as it is installed here, or there is no place to keep it."""
    return cache.read(_compiled()) is not None or _bytecode() is None


def _compiled() -> str:
    return f"{cache.toolkit()}.templates"


def render(template: str, /, *, folder: Path | None = None, **values: object) -> str:
    """The text of a template (`client/resource.py.jinja`) with these values.

    Raises:
        InputError: The template is missing, malformed, or fails on these values; the finding (`template-error`)
            names the template and the line.
    """
    try:
        return environment(folder).get_template(template).render(values)
    except Exception as error:
        # A filter or an attribute access can raise anything; wherever it happens, the template's line is the news.
        raise _broken(error, template, folder or templates_folder()) from error


def _broken(error: Exception, template: str, folder: Path) -> InputError:
    file, line = template, 1
    hint = None
    if isinstance(error, jinja2.TemplateSyntaxError):
        file, line = error.name or template, error.lineno
    elif isinstance(error, jinja2.TemplateNotFound):
        file, hint = template, f"templates are looked for in `{folder.name}/`"
        if error.name != template:
            file, line = _place(error, template, folder)
    else:
        file, line = _place(error, template, folder)
    kind = "" if isinstance(error, jinja2.TemplateError) else f"{type(error).__name__}: "
    excerpt = _line_of(folder / file, line)
    found = Diagnostics()
    message = f"{kind}{error.message if isinstance(error, jinja2.TemplateError) else error}"
    location = Location(f"{folder.name}/{file}", line)
    found.add(Diagnostic(Level.ERROR, "template-error", message, location, hint, excerpt))
    return InputError(found)


def _place(error: Exception, template: str, folder: Path) -> tuple[str, int]:
    """The innermost template frame of the traceback; Jinja maps its frames back to template lines."""
    place = (template, 1)
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(folder) and frame.lineno is not None:
            place = (path.relative_to(folder).as_posix(), frame.lineno)
    return place


def _line_of(path: Path, line: int) -> str | None:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return lines[line - 1] if 0 < line <= len(lines) else None
