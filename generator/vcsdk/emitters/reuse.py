"""Takes over the text of modules from an earlier run, where nothing that they are made of has changed.

A module is made of some operations or schemas and of the schemas that these lead to, however far.  Its text is kept
under a digest of all that, of what emitters know of the API as a whole, and of the toolkit: what is found under it is
what emitting would give.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import jinja2
import msgspec

from vcsdk import cache
from vcsdk.access import real
from vcsdk.config.model import Config
from vcsdk.emitters.closed import SIZE, closed
from vcsdk.ir import Api, Operation, Schema, Struct
from vcsdk.ir.usage import Usage

_FEW = 100
"""Operations below which emitting everything takes no longer than looking."""
_REFERENCE = re.compile(rb"#/[^\x00-\x1f\x7f-\xff]*")
_PLAIN = re.compile(r"#/[ -~]*")


class Texts:
    """The texts of modules.  This one has none from before: each is made."""

    def text(self, what: str, roots: Iterable[Operation | Schema], make: Callable[[], str], *others: object) -> str:  # noqa: ARG002
        """The text that `make` gives, or gave.

        Args:
            what: The emitter, and the module's name.
            roots: What the module is made of.
            make: Depends on the roots and what they lead to, the API as a whole, and `others`; has no effect.
            others: What decides the text beside these; must be encodable.
        """
        return make()


FRESH = Texts()


class KnownTexts(Texts):
    """Texts of an earlier run by the digest of what they are made of; `used` are those of this run."""

    def __init__(self, known: Mapping[bytes, str], whole: bytes, digests: Mapping[str, bytes]) -> None:
        # Its own digest is kept too, without a text, to tell whether the others can be found.
        self.used: dict[bytes, str] = {whole: ""}
        self.texts = known
        self._whole = whole
        self._digests = digests

    @classmethod
    def of(cls, api: Api, config: Config, known: Mapping[bytes, str]) -> KnownTexts | None:
        """Those of this API; None where its parts cannot be told apart for sure."""
        if not all(_PLAIN.fullmatch(key) for key in api.schemas):
            return None
        try:
            return cls(known, _whole(api, config), _digests(api))
        except (OverflowError, TypeError, UnicodeEncodeError, RecursionError):
            # A number that is too long, half a surrogate pair: nothing to keep, nothing to fail for.
            return None

    @property
    def likely(self) -> bool:
        """True where the earlier run was of the same toolkit and operations, so that most texts are there."""
        return self._whole in self.texts

    def text(self, what: str, roots: Iterable[Operation | Schema], make: Callable[[], str], *others: object) -> str:
        """As in `Texts`."""
        digest = hashlib.blake2b(self._whole, digest_size=SIZE)
        digest.update(_encode((what, others)))
        for root in roots:
            digest.update(self._digests[root.key])
        key = digest.digest()
        text = self.texts.get(key)
        self.used[key] = made = make() if text is None else text
        return made


def kept_under(sources: Iterable[str], config: Config) -> str:
    """The name, without an ending, under which is kept what was made of a description's files."""
    named = _encode(([str(real(Path(file))) for file in sources], config.package.distribution, config.package.module))
    return hashlib.sha256(named).hexdigest()[:32]


def recall(name: str) -> dict[bytes, str]:
    """The texts that `remember` kept under a name."""
    try:
        return msgspec.msgpack.decode(cache.read(f"{name}.texts") or b"\x80", type=dict[bytes, str])
    except msgspec.MsgspecError:
        return {}


def remember(name: str, known: Mapping[bytes, str], used: Mapping[bytes, str]) -> None:
    """Keep the texts of this run for the next, where an earlier one has not left the same."""
    if used.keys() != known.keys():
        cache.write(f"{name}.texts", _encode(used))


def worthwhile(api: Api) -> bool:
    """True for an API that is large enough to look for texts."""
    return len(api.operations) >= _FEW


def _whole(api: Api, config: Config) -> bytes:
    """What every module may depend on: all but the insides of schemas, and what single operations take."""
    outline = msgspec.structs.replace(
        api,
        operations=tuple(msgspec.structs.replace(o, arguments=(), body=None) for o in api.operations),
        schemas={},
        resources={},
    )
    resources = [(r.path, r.class_name, r.module, r.children) for r in api.resources.values()]
    schemas = [(s.key, s.name, s.module) for s in api.schemas.values()]
    toolkit = (cache.toolkit(), jinja2.__version__)
    return hashlib.sha256(_encode((toolkit, repr(config), outline, resources, schemas))).digest()


def _digests(api: Api) -> dict[str, bytes]:
    """A digest of each schema and operation, with all that it leads to."""
    keys = {key.encode(): key for key in api.schemas}
    usage = Usage(api)
    own: dict[str, bytes] = {}
    leads: dict[str, list[str]] = {}
    for part in (*api.schemas.values(), *api.operations):
        encoded = _encode(part)
        leads[part.key] = [keys[found] for found in set(_REFERENCE.findall(encoded)) if found in keys]
        if isinstance(part, Struct) and any(f.read_only or f.write_only for f in part.fields):
            encoded += _encode((part.key in usage.requests, part.key in usage.answers))
        own[part.key] = hashlib.blake2b(encoded, digest_size=SIZE).digest()
    return closed(own, leads)


_encode = msgspec.msgpack.Encoder().encode
