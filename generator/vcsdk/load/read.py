"""A file to a `Source` and its data, or diagnostics that say why not."""

from __future__ import annotations

import codecs
import json
import re
import sys
from pathlib import Path
from typing import Any

from vcsdk.diagnostics import WHOLE, Diagnostic, Diagnostics, Level, Location
from vcsdk.load.limits import MAX_BYTES, MAX_DEPTH, UnboundedError, measure, refuse_cycles, written_out
from vcsdk.load.refusals import ConstantError, DuplicateKeyError, NotYamlError
from vcsdk.load.source import Source

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks of encodings other than UTF-8; that of UTF-16 begins like one of UTF-32."""
_LONE_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_CONSTANT = re.compile(rf"{_QUOTED}|(NaN|-?Infinity)")
_TOKEN = re.compile(rf"{_QUOTED}|[\[\]{{}}]")


def read(path: Path, name: str, diagnostics: Diagnostics) -> tuple[Source, Any] | None:
    """Read a YAML or JSON file; `name` is what diagnostics call it.

    None means that an error was added to `diagnostics`.
    """
    source = _read_text(path, name, diagnostics)
    if source is None:
        return None
    try:
        data = _parse_within_limits(source, path.suffix.lower() == ".json")
    except UnboundedError as problem:
        location = source.at(problem.place) if isinstance(problem.place, int) else source.locate(problem.place)
        diagnostics.add(source.error(problem.rule, problem.message, location))
    except DuplicateKeyError:
        _report_duplicates(source, diagnostics)
    except RecursionError:
        message = f"nested more than {MAX_DEPTH} levels deep"
        diagnostics.add(source.error("too-deep", message, source.at(_offset_of_depth(source.text))))
    except json.JSONDecodeError as problem:
        diagnostics.add(source.error("not-json", f"not JSON: {problem.msg}", source.at(problem.pos)))
    except NotYamlError as problem:
        offset = min(problem.offset, len(source.text))
        hint = "YAML indents with spaces, not tabs" if source.text[offset : offset + 1] == "\t" else None
        diagnostics.add(source.error("not-yaml", f"not YAML: {problem.message}", source.at(offset), hint))
    except UnicodeEncodeError:
        match = _LONE_SURROGATE.search(source.text)
        where = source.at(match.start() if match else 0)
        diagnostics.add(source.error("not-utf8", "half a surrogate pair is not a character", where))
    except ConstantError as problem:
        place = source.at(_offset_of(_CONSTANT, source.text))
        diagnostics.add(source.error("not-a-value", f"{problem} is not a JSON value", place))
    except ValueError:
        # Whole numbers are the one kind of value that Python bounds (`sys.set_int_max_str_digits`).
        most = sys.get_int_max_str_digits()
        place = source.at(_offset_of(re.compile(rf"{_QUOTED}|([0-9]{{{most + 1},}})"), source.text))
        diagnostics.add(source.error("not-a-value", f"a whole number of more than {most} digits is not read", place))
    else:
        return source, data
    return None


def _parse_within_limits(source: Source, named_json: bool) -> Any:
    """The data of a text: bounded, a tree, its keys text; whatever is wrong is raised."""
    data = _parse_json(source, named_json)
    if not source.is_json:
        return _parse_yaml(source)
    measure(data)
    if _LONE_SURROGATE.search(source.text):
        json.dumps(data, ensure_ascii=False).encode()
    return data


def _parse_yaml(source: Source) -> Any:
    # Many descriptions are JSON, and do not wait for the imports.
    from vcsdk.load import yaml_events, yaml_pieces

    pieces = yaml_pieces.recall(source.text, source.file)
    if pieces is not None:
        source.known_positions = pieces.positions
        return pieces.data
    read = yaml_events.parse(source.text)
    if read is not None:
        source.nodes = read.nodes
        yaml_pieces.remember(source.text, source.file, read)
        return read.data
    from vcsdk.load import yaml_data

    data, has_unquoted_keys = yaml_data.parse(source.text)
    aliased = "*" in source.text and "&" in source.text
    if aliased:
        refuse_cycles(data)
    measure(data)
    if aliased:
        data = written_out(data)
    return yaml_data.plain_keys(data) if has_unquoted_keys else data


def _read_text(path: Path, name: str, diagnostics: Diagnostics) -> Source | None:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as problem:
        missing = isinstance(problem, FileNotFoundError)
        message = "there is no such file" if missing else f"cannot be read: {problem.strerror or problem}"
        diagnostics.add(Diagnostic(Level.ERROR, "unreadable-file", message, Location(name, WHOLE)))
        return None
    if len(content) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB"
        diagnostics.add(Diagnostic(Level.ERROR, "too-large", message, Location(name, WHOLE)))
        return None
    encoding = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "utf-8")
    try:
        # Tools that put a byte order mark before what has one leave two.
        text = content.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError as problem:
        before = problem.object[: problem.start].decode(encoding, "replace").lstrip("\ufeff")
        source = Source(name, content, problem.object.decode(encoding, "replace").lstrip("\ufeff"))
        bad = problem.object[problem.start]
        message = f"not UTF-8: byte 0x{bad:02x} at offset {problem.start}"
        diagnostics.add(source.error("not-utf8", message, source.at(len(before)), "save the file as UTF-8"))
        return None
    return Source(name, content, text)


def _parse_json(source: Source, named_json: bool) -> Any:
    """The data of a JSON text, then `is_json` is set; None for a text that may be YAML."""
    if not named_json and source.text.lstrip(" \t\r\n")[:1] not in ("{", "["):
        return None
    try:
        try:
            data = json.loads(source.text, object_pairs_hook=_object, parse_constant=_refuse_constant)
        except DuplicateKeyError:
            # What is behind the first repeated key may be no JSON, and then nothing in it can be placed.
            json.loads(source.text, object_pairs_hook=lambda _: None)
            source.is_json = True
            raise
    except json.JSONDecodeError:
        if named_json:
            raise
        return None
    source.is_json = True
    return data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DuplicateKeyError
    return found


def _refuse_constant(text: str) -> Any:
    raise ConstantError(text)


def _report_duplicates(source: Source, diagnostics: Diagnostics) -> None:
    for duplicate in source.positions.duplicates():
        first, second = source.at(duplicate.first), source.at(duplicate.second)
        message = f"the key `{duplicate.key}` is already given in line {first.line}"
        if first.line == second.line:
            message = f"the key `{duplicate.key}` is already given at column {first.column}"
        diagnostics.add(source.error("duplicate-key", message, second, "keep one of them"))


def _offset_of(pattern: re.Pattern[str], text: str) -> int:
    """Where the first match begins that is no text in quotes; 0 where there is none."""
    return next((match.start(1) for match in pattern.finditer(text) if match[1] is not None), 0)


def _offset_of_depth(text: str) -> int:
    depth = 0
    for match in _TOKEN.finditer(text):
        if match.group() in ("[", "{"):
            depth += 1
            if depth > MAX_DEPTH:
                return match.start()
        elif match.group() in ("]", "}"):
            depth -= 1
    return 0
