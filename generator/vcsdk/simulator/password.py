"""Where the simulator's password comes from: an environment variable or a file, never the command line."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

DEFAULT_VARIABLE = "VCSDK_SIMULATOR_PASSWORD"
DEFAULT_FILE = Path(".vcsdk-simulator-password")


class NoPasswordError(Exception):
    """The place that was named has no password; the text says which place."""


def find_password(
    environment: Mapping[str, str], variable: str | None = None, file: Path | None = None
) -> tuple[str, str]:
    """The password and where a person finds it (`$NAME`, or a file's name).

    In this order: the variable that was named, the file that was named, the default variable, the default file.
    A file that does not exist is written with a random password, readable by its owner only.

    Raises:
        NoPasswordError: The named variable is unset or empty, or the file is empty.
        OSError: The file cannot be read or written.
    """
    if variable is not None:
        if not environment.get(variable):
            raise NoPasswordError(f"the environment variable {variable} is not set")
        return environment[variable], f"${variable}"
    if file is None and environment.get(DEFAULT_VARIABLE):
        return environment[DEFAULT_VARIABLE], f"${DEFAULT_VARIABLE}"
    return _from_file(file or DEFAULT_FILE), f"file {file or DEFAULT_FILE}"


def _from_file(path: Path) -> str:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        lines = path.read_text(encoding="utf-8").splitlines()
        if not lines or not lines[0]:
            raise NoPasswordError(f"the file {path} is empty") from None
        return lines[0]
    password = secrets.token_urlsafe(18)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(password + "\n")
    return password
