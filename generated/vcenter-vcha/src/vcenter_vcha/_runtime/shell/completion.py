"""What a shell offers for an unfinished command line, and the scripts that ask for it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

from . import texts
from .options import Options
from .parsing import takes_value
from .tree import Command, Group
from .usage import UsageError

SCRIPTS = {
    "bash": """_{name}() {{
    local IFS=$'\\n' words=("${{COMP_WORDS[@]:1:COMP_CWORD}}")
    COMPREPLY=($({prog} --complete -- "${{words[@]}}" 2>/dev/null))
}}
complete -o default -F _{name} {prog}
""",
    "zsh": """#compdef {prog}
_{name}() {{
    local -a found
    found=(${{(f)"$({prog} --complete -- "${{(@)words[2,$CURRENT]}}" 2>/dev/null)"}})
    if (( $#found )); then compadd -- $found; else _files; fi
}}
compdef _{name} {prog}
""",
    "fish": """function __{name}
    set -l words (commandline -opc) (commandline -ct)
    set -l found ({prog} --complete -- $words[2..] 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c {prog} -f -a '(__{name})'
""",
}


def script(shell: str, prog: str) -> str:
    """The script that makes a shell complete the program of this name."""
    return SCRIPTS[shell].format(prog=prog, name=prog.replace("-", "_").replace(".", "_"))


def candidates(root: Group, actions: Sequence[argparse.Action], words: Sequence[str]) -> list[str]:
    """What may stand in place of the last word, which may be begun; what would be a path is left to the shell."""
    *before, begun = words or [""]
    shared = {flag: action for action in actions for flag in action.option_strings}
    at: Group | Command = root
    options: Options | None = None
    pending: str | None = None
    for word in before:
        if pending is not None:
            pending = None
        elif word.startswith("-") and word != "-":
            pending = None if "=" in word or not _takes_value(word, options, shared) else word
        elif isinstance(at, Group):
            try:
                at = at.find(word)
            except UsageError:
                return []
            options = Options(at.function) if isinstance(at, Command) else None
    if pending is not None:
        found: Iterable[str] = _values(pending, options, shared)
    elif begun.startswith("-"):
        found = [*(options.by_flag if options is not None else ()), *_below(options, begun), *shared]
    else:
        found = [*at.groups, *at.commands] if isinstance(at, Group) else ()
    return sorted({each for each in found if each.startswith(begun)})


def _takes_value(flag: str, options: Options | None, shared: dict[str, argparse.Action]) -> bool:
    if options is not None:
        if flag in options.by_flag:
            return not texts.is_flag(options.by_flag[flag].kind)
        if "." in flag:
            return True
        if flag == "--null":
            return True
        if flag.startswith("--no-") and f"--{flag[5:]}" in options.by_flag:
            return False
    return flag in shared and takes_value(shared[flag])


def _values(flag: str, options: Options | None, shared: dict[str, argparse.Action]) -> Iterable[str]:
    if options is not None and flag in options.by_flag:
        return texts.listed(options.by_flag[flag].taken)
    if options is not None and "." in flag:
        try:
            return [value for option in options.dotted([flag]) for value in texts.listed(option.taken)]
        except UsageError:
            return ()
    if flag == "--null" and options is not None:
        return [each[2:] for each in options.by_flag]
    return shared[flag].choices or () if flag in shared else ()


def _below(options: Options | None, begun: str) -> Iterable[str]:
    if options is None:
        return ()
    root = options.by_flag.get(begun.partition(".")[0])
    flags = [f"--no-{flag[2:]}" for flag, option in options.by_flag.items() if texts.is_flag(option.kind)]
    return flags if root is None else [option.flag for option in options.shown(root)]
