"""Hosts that a user has marked as production: no run may change anything there, whatever its command line says.

The file is the user's own, `$XDG_CONFIG_HOME/vcsdk/production.toml` (`~/.config` where that is not set):

    hosts = ["vc-prod-*.example.com", "192.0.2.*"]

Patterns are those of a shell (`*`, `?`, `[…]`), and are held against the host of the target's URL without its port.
"""

from __future__ import annotations

import fnmatch
import tomllib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit


class ProductionFileError(ValueError):
    """The file cannot be read; the text names it and says why.  It is never taken for an empty one."""


def path(environment: Mapping[str, str]) -> Path:
    """Where the file is for this environment, whether or not it exists."""
    base = environment.get("XDG_CONFIG_HOME", "")
    # A relative path is to be ignored (XDG Base Directory Specification).
    folder = Path(base) if base.startswith("/") else Path.home() / ".config"
    return folder / "vcsdk" / "production.toml"


def patterns(file: Path) -> tuple[str, ...]:
    """The patterns in the file; none if there is no file.

    Raises:
        ProductionFileError: It cannot be read, is no TOML, or says something else than `hosts`.
    """
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise ProductionFileError(f"{file}: error: cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise ProductionFileError(f"{file}: error: {error}") from None
    hosts = content.pop("hosts", [])
    if content:
        raise ProductionFileError(f"{file}: error: `{next(iter(content))}` is not known; the file has `hosts` only")
    if not isinstance(hosts, list) or not all(isinstance(host, str) and host for host in hosts):
        raise ProductionFileError(f'{file}: error: `hosts` must be a list of patterns, such as ["vc-prod-*"]')
    return tuple(hosts)


def matching(url: str, hosts: tuple[str, ...]) -> str | None:
    """The first pattern that the URL's host matches, or None."""
    host = (urlsplit(url).hostname or "").rstrip(".").lower()
    return next((p for p in hosts if fnmatch.fnmatchcase(host, p.rstrip(".").lower())), None)
