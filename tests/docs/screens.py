"""Makes pictures of commands as a terminal shows them: `python -m tests.docs.screens [FOLDER]`.

Without a folder it renews those in docs/images; with one it makes every command in 60 and 120 columns, light and dark.
"""

from __future__ import annotations

import io
import os
import pty
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
THEMES = {"light": "DEFAULT_TERMINAL_THEME", "dark": "MONOKAI"}
"""Those of rich."""
COMMANDS: Mapping[str, str] = {
    "help": "vcsdk --help",
    "generate": "vcsdk generate vcha.yaml -o out",
    "lint": "vcsdk lint vcha.yaml",
    "diff": "vcsdk diff vcha.yaml newer.yaml",
    "contract": "vcsdk contract plan --url http://127.0.0.1:8080 --package out/vcenter-vcha-contract",
}
SHOWN = ("generate", "diff")
_FACE = "font-family: 'DejaVu Sans Mono', monospace; font-size: 14px; line-height: 1.35; margin: 0; padding: 12px;"


def take(folder: Path, names: tuple[str, ...], columns: tuple[int, ...]) -> None:
    """A picture of each command for each width and theme, `NAME-COLUMNS-THEME.png`."""
    with tempfile.TemporaryDirectory() as place:
        fill(Path(place))
        for name in names:
            for width in columns:
                text = screen(COMMANDS[name], Path(place), width)
                for theme in THEMES:
                    _picture(text, width, theme, folder / f"{name}-{width}-{theme}.png")


def fill(place: Path) -> None:
    """The fragment, and one in which something changed."""
    shutil.copytree(ROOT / "spec", place, dirs_exist_ok=True)
    text = (place / "vcha.yaml").read_text(encoding="utf-8")
    newer = text.replace("required: [planned]", "required: [planned, reason]")
    newer = newer.replace("        planned:\n", "        reason:\n          type: string\n        planned:\n", 1)
    shutil.copy(place / "vcha.toml", place / "newer.toml")
    (place / "newer.yaml").write_text(newer, encoding="utf-8")


def screen(command: str, place: Path, columns: int) -> str:
    """What a terminal of this width gets, codes for colours and all."""
    parent, child = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    words = [sys.executable, "-m", *command.split()]
    with subprocess.Popen(words, cwd=place, stdin=child, stdout=child, stderr=child, env=environment) as running:
        os.close(child)
        pieces: list[bytes] = []
        with suppress(OSError):  # the terminal is gone with the command
            while piece := os.read(parent, 65536):
                pieces.append(piece)
        running.wait()
    os.close(parent)
    return f"$ {command}\n" + b"".join(pieces).decode().replace("\r\n", "\n")


def _picture(text: str, columns: int, theme: str, file: Path) -> None:
    from rich import terminal_theme
    from rich.console import Console
    from rich.text import Text

    from tests.e2e.contract.browser import chromium

    colours = getattr(terminal_theme, THEMES[theme])
    style = f"margin: 0; background: {colours.background_color.hex}; color: {colours.foreground_color.hex}"
    code = f'<body style="{style}"><pre style="{_FACE}">{{code}}</pre></body>'
    console = Console(record=True, width=columns, file=io.StringIO())
    console.print(Text.from_ansi(text), soft_wrap=False, overflow="fold")
    html = console.export_html(theme=colours, inline_styles=True, code_format=code)
    page = file.with_suffix(".html")
    page.write_text(html, encoding="utf-8")
    with chromium(int(columns * 8.43) + 40, 400) as browser:
        browser.get(page.as_uri())
        height = browser.execute_script("return document.documentElement.scrollHeight")
        metrics = {"width": int(columns * 8.43) + 40, "height": height, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        browser.save_screenshot(str(file))
    page.unlink()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        take(Path(sys.argv[1]), tuple(COMMANDS), (60, 120))
    else:
        take(IMAGES, SHOWN, (100,))
