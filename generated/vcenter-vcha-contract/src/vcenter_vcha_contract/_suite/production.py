"""Hosts that a user has marked as production: no run may change anything there, whatever its command line says.

The file is the user's own, `$XDG_CONFIG_HOME/vcsdk/production.toml` (`~/.config` where that is not set):

    hosts = ["vc-prod-*.example.com", "192.0.2.*"]

Patterns are those of a shell (`*`, `?`, `[…]`); networks (`192.0.2.0/24`) may stand there, too, and hosts with port,
user or scheme.  They are held against the host of the target's URL, its aliases and all its addresses; a host in the
list stands for all of its addresses, too.
"""

from __future__ import annotations

import fnmatch
import ipaddress
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from . import hosts as known_hosts
from .hosts import Address, Place

# RFC 4291, 2.5.5.2: addresses of IPv4 as IPv6 writes them.
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_PORT = re.compile(r"(?<=[^:]):\d+$")


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
    for host in hosts:
        try:
            usable = _is_pattern(host) or bool(known_hosts.host_of(host))
        except ValueError:
            usable = False
        if not usable:
            raise ProductionFileError(f"{file}: error: `{host}` in `hosts` is neither a host nor a pattern")
    return tuple(hosts)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a target is production: `pattern` is what in the list says so, or None.

    `doubt` says what could not be compared, "" if all was: then nobody knows that the target is not production.
    """

    pattern: str | None = None
    doubt: str = ""


def judge(url: str, hosts: tuple[str, ...], find: Callable[[str], Place] = known_hosts.find) -> Judgement:
    """Hold a target against the list, by name and by address.

    `find` looks a host up.
    """
    if not hosts:
        return Judgement()
    target = find(known_hosts.host_of(url))
    by_name = next((pattern for pattern in hosts if _is_called(target.names, pattern)), None)
    if by_name is not None:
        return Judgement(by_name)
    if not target.addresses:
        return Judgement(doubt=f"{url}: its host cannot be resolved, and may be one of those marked as production")
    names: frozenset[str] | None = None
    lost: list[str] = []
    for pattern in hosts:
        if _is_at(target.addresses, pattern):
            return Judgement(pattern)
        if _is_pattern(pattern):
            names = known_hosts.called(target.addresses) if names is None else names
            if _is_called(names, pattern):
                return Judgement(pattern)
            continue
        marked = find(known_hosts.host_of(pattern))
        if marked.addresses & target.addresses:
            return Judgement(pattern)
        if not marked.addresses:
            lost.append(pattern)
    # What the system's own list of hosts does not have is not on this machine.
    if lost and not target.is_this_machine:
        names_of = ", ".join(lost)
        return Judgement(doubt=f"{url} may be production: marked as such, and not to be resolved now: {names_of}")
    return Judgement()


def matching(url: str, hosts: tuple[str, ...]) -> str | None:
    """The first pattern that the URL's host matches by name or address, or None."""
    return judge(url, hosts).pattern


def _is_called(names: frozenset[str], pattern: str) -> bool:
    wanted = known_hosts.spellings(_PORT.sub("", pattern) if _is_pattern(pattern) else known_hosts.host_of(pattern))
    return any(fnmatch.fnmatchcase(name, each) for name in names for each in wanted)


def _is_at(addresses: frozenset[Address], pattern: str) -> bool:
    """True if the pattern is one of addresses, and one of them matches."""
    try:
        network = ipaddress.ip_network(pattern, strict=False)
    except ValueError:
        spelled = {text for address in addresses for text in (str(address), address.exploded)}
        wanted = _PORT.sub("", pattern).lower()
        return _is_pattern(pattern) and any(fnmatch.fnmatchcase(text, wanted) for text in spelled)
    if isinstance(network, ipaddress.IPv6Network) and network.subnet_of(_MAPPED):
        inner = int(network.network_address) & 0xFFFFFFFF
        network = ipaddress.ip_network((inner, network.prefixlen - _MAPPED.prefixlen))
    return any(address in network for address in addresses)


def _is_pattern(text: str) -> bool:
    bracketed = text.startswith("[") and known_hosts.literal(text[1:].partition("]")[0]) is not None
    return not bracketed and any(sign in text for sign in "*?[")
