"""What a host is called and where it is, however it is spelled."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import httpx2

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_THIS_MACHINE: frozenset[Address] = frozenset({ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1")})
# RFC 6052, 2.1: the addresses through which networks of IPv6 alone reach those of IPv4.
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
_PUNYCODE = "xn--"


@dataclass(frozen=True, slots=True)
class Place:
    """The names and addresses of one host; no addresses where it cannot be resolved."""

    names: frozenset[str]
    addresses: frozenset[Address]

    @property
    def is_this_machine(self) -> bool:
        """True if it is reached without a network."""
        return bool(self.addresses & _THIS_MACHINE)


def host_of(text: str) -> str:
    """The host in a URL or in what stands for one (`user@host:port`, `[::1]`), without brackets, port and zone.

    Raises:
        ValueError: There is none that could be asked for.
    """
    text = text.strip()
    bracketed = text.startswith("[") and text.endswith("]")
    address = (text[1:-1] if bracketed else text).partition("%")[0]
    if literal(address) is not None:
        return address
    host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    return unquote(host.partition("%25")[0] if ":" in host else host)


def literal(host: str) -> Address | None:
    """The address that a host is: `127.0.0.1`, also as `127.1`, `2130706433`, `0x7f.1`, `0177.1`, and of IPv6."""
    with contextlib.suppress(ValueError):
        return _dialled(ipaddress.ip_address(host.rstrip(".").partition("%")[0]))
    try:
        # What the system's resolver takes for numbers, it never looks up.
        return ipaddress.IPv4Address(socket.inet_aton(host.rstrip(".")))
    except (OSError, ValueError):
        return None


def spellings(host: str) -> frozenset[str]:
    """A name or pattern as it is compared: lower case, no dot at its end, international labels in both forms."""
    plain = unicodedata.normalize("NFKC", host).casefold().replace("\u3002", ".").rstrip(".")
    lowered = host.lower().rstrip(".")
    found = {plain, lowered}
    for name in (plain, lowered):
        found.add(".".join(map(_encoded, name.split("."))))
        found.add(".".join(map(_decoded, name.split("."))))
    return frozenset(found)


def find(host: str) -> Place:
    """The host with its aliases and all its addresses."""
    names, addresses = set(spellings(host)), set()
    known = literal(host)
    if known is not None:
        addresses.add(known)
    else:
        ascii_name = next((name for name in sorted(names) if name.isascii()), host)
        with contextlib.suppress(OSError, UnicodeError):
            found = socket.getaddrinfo(ascii_name, None, type=socket.SOCK_STREAM, flags=socket.AI_CANONNAME)
            for *_, canonical, place in found:
                addresses.add(_dialled(ipaddress.ip_address(str(place[0]).partition("%")[0])))
                names |= spellings(canonical) if canonical else set()
    if any(address.is_loopback or address.is_unspecified for address in addresses):
        addresses |= _THIS_MACHINE
    return Place(frozenset(names), frozenset(addresses))


def called(addresses: frozenset[Address]) -> frozenset[str]:
    """The names that the system knows for addresses, as they are compared; often there are none."""
    names: set[str] = set()
    for address in addresses:
        with contextlib.suppress(OSError, UnicodeError):
            first, others, _ = socket.gethostbyaddr(str(address))
            names = names.union(*map(spellings, (first, *others)))
    return frozenset(names)


def _dialled(address: Address) -> Address:
    """The address of IPv4 behind one of IPv6 that only stands for it."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour
    if inner is None and (address in _TRANSLATED or (address in _COMPATIBLE and int(address) > 1)):
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return inner or address


def _encoded(label: str) -> str:
    if label.isascii():
        return label
    try:
        return httpx2.URL(f"http://{label}").raw_host.decode()
    except (httpx2.InvalidURL, UnicodeError):
        return label


def _decoded(label: str) -> str:
    if not label.startswith(_PUNYCODE):
        return label
    try:
        return label.removeprefix(_PUNYCODE).encode().decode("punycode")
    except UnicodeError:
        return label
