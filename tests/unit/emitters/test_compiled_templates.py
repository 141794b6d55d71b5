"""The first run of a toolkit compiles its templates beside; what is wrong with one is told where it is rendered."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import jinja2
import pytest
from vcsdk.diagnostics import InputError
from vcsdk.emitters import render

ROOT = Path(__file__).parents[3]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("VCSDK_CACHE_DIR", str(tmp_path / "cache"))
    render.environment.cache_clear()
    yield tmp_path / "cache"
    render.environment.cache_clear()


def test_every_template_that_an_emitter_may_render_is_compiled_once(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not render.compiled()

    render.compile_templates()

    assert render.compiled()
    render.environment.cache_clear()
    monkeypatch.setattr(jinja2.Environment, "compile", lambda *_, **__: pytest.fail("compiled again"))
    for folder in ("client", "contract", "docs", "models", "packaging"):
        for path in (render.templates_folder() / folder).glob("*.jinja"):
            render.environment().get_template(f"{folder}/{path.name}")


def test_nothing_is_compiled_ahead_where_it_cannot_be_kept(kept: Path) -> None:
    kept.write_text("a file where the folder should be")

    assert render.compiled()


@pytest.mark.slow
def test_a_generation_leaves_them_compiled_whether_there_is_a_second_core_or_not(tmp_path: Path) -> None:
    for cores in ("two", "one"):
        cache = tmp_path / cores
        one = "import os; os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])\n" if cores == "one" else ""
        script = (
            f"{one}import sys\nfrom vcsdk.cli.main import main\n"
            f"sys.exit(main(['generate', 'spec/vcha.yaml', '-q', '-o', {str(tmp_path / cores / 'out')!r}]))"
        )
        environment = {**os.environ, "VCSDK_CACHE_DIR": str(cache)}
        subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=60, env=environment)
        assert len(list(cache.glob("templates-*/*"))) >= 20
    texts = [
        {path.relative_to(tmp_path / cores): path.read_bytes() for path in (tmp_path / cores / "out").rglob("*.py")}
        for cores in ("two", "one")
    ]
    assert texts[0] == texts[1]


def test_a_template_that_is_broken_is_told_where_it_is_rendered(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "client").mkdir()
    (tmp_path / "client" / "a.jinja").write_text("fine\n{% if %}\n")
    (tmp_path / "client" / "b.jinja").write_text("{{ name }}\n")
    monkeypatch.setattr(render, "templates_folder", lambda: tmp_path)

    render.compile_templates()

    assert render.render("client/b.jinja", name="x") == "x\n"
    with pytest.raises(InputError) as refused:
        render.render("client/a.jinja")
    (found,) = refused.value.diagnostics
    assert (found.rule, found.location.line) == ("template-error", 2)


@pytest.mark.parametrize(
    "damage",
    [lambda b: b[:-9], lambda b: b[:40], lambda b: b[:-1] + bytes([b[-1] ^ 1]), lambda b: b"", lambda b: b[32:]],
)
def test_a_compiled_template_that_was_damaged_is_compiled_again(
    kept: Path, damage: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.jinja").write_text("{{ name }} is here\n")
    monkeypatch.setattr(render, "templates_folder", lambda: tmp_path)
    assert render.render("a.jinja", name="x") == "x is here\n"
    (code,) = kept.glob("templates-*/*")
    whole = code.read_bytes()
    code.write_bytes(damage(whole))

    render.environment.cache_clear()
    assert render.render("a.jinja", name="y") == "y is here\n"
    assert code.read_bytes() == whole
