"""What our models and pydantic's make of one JSON value, and whether that is the same."""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import jsonschema_rs
import msgspec
import pydantic
from vcsdk.ir import Struct
from vcsdk.pipeline import Described

from tests.oracle.alike import same
from tests.oracle.pydantic_models import PydanticModels
from tests.oracle.values import class_name, stands_alone

MASKED = "**********"


@dataclass(frozen=True)
class Verdict:
    """Agreement (`who` is ""), or who is alone: "we reject", "they reject" or "we encode", with what was said of it.

    `said` are pydantic's error types where they reject, our message where we do, else how what we encode differs
    from what they do.
    """

    who: str
    said: tuple[str, ...] = ()
    detail: Any = None


class Judges:
    """Our generated models and the pydantic ones of the same document."""

    def __init__(self, described: Described, package: ModuleType, theirs: PydanticModels) -> None:
        self._package = package
        self._theirs = theirs
        secret = importlib.import_module(f"{package.__name__}._runtime.secret")
        self._dec_hook, self._enc_hook = secret.dec_hook, secret.enc_hook
        self._sent = _writes_pairs(package)
        self._discriminators = {s.tag_field for s in described.api.schemas.values() if isinstance(s, Struct)} - {None}
        self._schemas = described.api.schemas

    def stands_alone(self, name: str) -> bool:
        """False for a base with a discriminator that nothing refers to: values are of the schemas that inherit it."""
        return stands_alone(self._schemas, name)

    def judge(self, name: str, value: Any, *, valid: bool) -> Verdict:
        """Decode with both, and encode a valid value again."""
        text = json.dumps(value).encode()
        mine, my_error = self._decode(name, text)
        theirs, their_error = None, None
        try:
            theirs = self._theirs.decode(name, text)
        except pydantic.ValidationError as error:
            their_error = error
        if my_error is not None and their_error is None:
            return Verdict("we reject", (my_error,))
        if my_error is None and their_error is not None:
            said = tuple(sorted({_kind_of(error) for error in their_error.errors()}))
            return Verdict("they reject", said, str(their_error))
        if my_error is not None or not valid:
            return Verdict("")
        encoded = self._sent(json.loads(msgspec.json.encode(mine, enc_hook=self._enc_hook)), self._kind(name))
        if (said := _round_trip(mine, encoded)) is not None:
            return Verdict("we encode", (said,), encoded)
        if same(encoded, value):
            return Verdict("")
        # What neither knows, both leave out.
        other = unmasked(self._theirs.encode(name, theirs), value)
        said = tuple(sorted(set(self._differences(encoded, other))))
        return Verdict("we encode", said, (encoded, other)) if said else Verdict("")

    def _differences(self, mine: Any, theirs: Any) -> Iterator[str]:
        if isinstance(mine, dict) and isinstance(theirs, dict):
            for key in theirs.keys() - mine.keys():
                yield f"leaves out `{key}`"
            for key in mine.keys() - theirs.keys():
                yield "adds the discriminator" if key in self._discriminators else f"adds `{key}`"
            for key in mine.keys() & theirs.keys():
                yield from self._differences(mine[key], theirs[key])
        elif isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
            for one, other in zip(mine, theirs, strict=True):
                yield from self._differences(one, other)
        elif not same(mine, theirs):
            yield "changes a value"

    def _decode(self, name: str, text: bytes) -> tuple[Any, str | None]:
        try:
            return msgspec.json.decode(text, type=self._kind(name), dec_hook=self._dec_hook), None
        except msgspec.ValidationError as error:
            return None, str(error)

    def _kind(self, name: str) -> Any:
        return getattr(self._package.models, class_name(self._schemas, name))


def _round_trip(model: Any, encoded: Any) -> str | None:
    """What is wrong with a model's own forms; None for what is no model."""
    if not hasattr(model, "to_dict"):
        return None
    plain, text = model.to_dict(reveal=True), model.to_json(reveal=True)
    if plain != encoded or json.loads(text) != encoded:
        return "is another by to_dict or to_json"
    kind = type(model)
    # What is kept as it came of a union has one form in JSON only.
    backs = [each.to_dict(reveal=True) for each in (kind.from_dict(plain), kind.from_json(text))]
    return None if backs == [plain, plain] else "does not come back by from_dict or from_json"


def _kind_of(error: Any) -> str:
    """The type of an error; that of a pattern says whether the pattern means what it does in ECMAScript."""
    if error["type"] == "string_pattern_mismatch":
        schema = {"pattern": error["ctx"]["pattern"]}
        if jsonschema_rs.Draft202012Validator(schema).is_valid(error["input"]):
            return "string_pattern_of_another_dialect"
    return str(error["type"])


def _writes_pairs(package: ModuleType) -> Callable[[Any, Any], Any]:
    """How the client writes a JSON value of a type: with maps as lists of pairs, where the API has those."""
    name = f"{package.__name__}._runtime.vapi.sending"
    if importlib.util.find_spec(f"{package.__name__}._runtime.vapi") is None or importlib.util.find_spec(name) is None:
        return lambda value, kind: value
    write: Callable[[Any, Any], Any] = importlib.import_module(name).as_pairs
    return write


def unmasked(theirs: Any, given: Any) -> Any:
    """What pydantic encodes, with secrets that it masks and URLs that it spells anew as they were given."""
    if isinstance(theirs, dict) and isinstance(given, dict):
        return {key: unmasked(value, given.get(key)) for key, value in theirs.items()}
    if isinstance(theirs, list) and isinstance(given, list) and len(theirs) == len(given):
        return [unmasked(value, original) for value, original in zip(theirs, given, strict=True)]
    return given if theirs == MASKED or (isinstance(given, str) and theirs == _as_url(given)) else theirs


def _as_url(text: str) -> str | None:
    try:
        return str(pydantic.AnyUrl(text))
    except pydantic.ValidationError:
        return None


def unexplained(verdict: Verdict, table: list[dict[str, Any]]) -> Iterator[str]:
    """What was said that no entry of the table expects."""
    entries = [entry for entry in table if entry["who"] == verdict.who]
    for said in verdict.said:
        if not any(re.search(entry["said"], said) for entry in entries):
            yield f"{verdict.who}: {said}"
