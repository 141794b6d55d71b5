"""Completion of command lines in bash, zsh and fish: the script, and where a shell finds it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import click
from click.shell_completion import get_completion_class, shell_complete

from vcsdk.placing import place

SHELLS = ("bash", "zsh", "fish")
_VARIABLE = "_VCSDK_COMPLETE"
_MARK = "# completion of vcsdk"
_ZSH = "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }\n"


def answer(application: click.Command) -> int | None:
    """What the script asks for while a person types, printed; None where it was not the script that called."""
    instruction = os.environ.get(_VARIABLE)
    return shell_complete(application, {}, "vcsdk", _VARIABLE, instruction) if instruction else None


def script(application: click.Command, shell: str) -> str:
    """What a shell has to read so that it completes `vcsdk`.

    Raises:
        ValueError: Nothing is known of such a shell.
    """
    kind = get_completion_class(shell) if shell in SHELLS else None
    if kind is None:
        raise ValueError(f"completion is there for {', '.join(SHELLS)}, not for `{shell}`")
    # zsh completes nothing before its own system is started, which a bare .zshrc does not do.
    return (_ZSH if shell == "zsh" else "") + kind(application, {}, "vcsdk", _VARIABLE).source()


def install(application: click.Command, shell: str, environment: Mapping[str, str]) -> list[Path]:
    """Write the script into the user's folders, and a line that reads it into what the shell reads at its start.

    A second time changes nothing more.  Gives the files that the shell will read.

    Raises:
        ValueError: Nothing is known of such a shell.
        OSError: A file cannot be written.
    """
    text = script(application, shell)
    home = Path(environment.get("HOME") or Path.home())
    if shell == "fish":
        configuration = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
        return [_written(configuration / "fish" / "completions" / "vcsdk.fish", text)]
    data = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    file = _written(data / "vcsdk" / f"completion.{shell}", text)
    start = Path(environment.get("ZDOTDIR") or home) / ".zshrc" if shell == "zsh" else home / ".bashrc"
    before = start.read_text(encoding="utf-8", errors="surrogateescape") if start.exists() else ""
    if _MARK not in before:
        name = str(file).replace("'", "'\\''")
        line = f"[ -r '{name}' ] && . '{name}'  {_MARK}\n"
        joint = "" if before.endswith("\n") or not before else "\n"
        with start.open("a", encoding="utf-8", errors="surrogateescape") as stream:
            stream.write(joint + line)
    return [file, start]


def _written(file: Path, text: str) -> Path:
    (placed,) = place([(file, text.encode())])
    return placed


def _chosen(shell: str) -> str:
    """The shell that is named, or the one that the user logs in with."""
    return shell or Path(os.environ.get("SHELL", "")).name


def _install(ctx: click.Context, option: click.Parameter, shell: str | None) -> None:
    if shell is None or ctx.resilient_parsing:
        return
    try:
        files = install(ctx.find_root().command, _chosen(shell), os.environ)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, option) from None
    for file in files:
        click.echo(f"written    {file}")
    click.echo("Start a new shell to use it.")
    ctx.exit()


def _print(ctx: click.Context, option: click.Parameter, shell: str | None) -> None:
    if shell is None or ctx.resilient_parsing:
        return
    try:
        click.echo(script(ctx.find_root().command, _chosen(shell)), nl=False)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, option) from None
    ctx.exit()


def options() -> list[click.Parameter]:
    """`--install-completion` and `--print-completion`, with the name of a shell or without."""
    texts = {
        "--install-completion": (_install, "Let a shell complete commands and options: bash, zsh or fish."),
        "--print-completion": (_print, "Print the script that does so."),
    }
    return [
        click.Option(
            [name],
            is_flag=False,
            flag_value="",
            metavar="[SHELL]",
            help=f"{text} Default: the shell that you log in with.",
            callback=callback,
            is_eager=True,
            expose_value=False,
        )
        for name, (callback, text) in texts.items()
    ]
