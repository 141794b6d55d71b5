"""Where the documents of a bundle go, and in which notation."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from yaml.nodes import ScalarNode

ENDINGS = (".json", ".yaml", ".yml")
"""The endings of files that can be written: they choose the notation."""


@dataclass(frozen=True, slots=True)
class BundleFile:
    """A document and the file it goes to."""

    path: Path
    text: str


def bundle_files(documents: Sequence[dict[str, Any]], path: Path) -> list[BundleFile]:
    """The first document at `path` (`api.json`), the others beside it, numbered from 2 (`api.2.json`).

    The ending chooses the notation: `.json`, or `.yaml` and `.yml`.
    """
    render = _json if path.suffix.lower() == ".json" else _yaml
    return [BundleFile(numbered(path, number), render(document)) for number, document in enumerate(documents, 1)]


def numbered(path: Path, number: int) -> Path:
    """`api.json` for 1, `api.2.json` for 2."""
    return path if number == 1 else path.with_name(f"{path.stem}.{number}{path.suffix}")


def leftovers(path: Path, written: int) -> list[Path]:
    """Numbered files beside `path` that another run left and this one, of `written` files, did not replace."""
    number = re.compile(rf"{re.escape(path.stem)}\.([1-9][0-9]*){re.escape(path.suffix)}")
    found = ((number.fullmatch(beside.name), beside) for beside in path.parent.iterdir())
    return sorted(beside for match, beside in found if match is not None and int(match[1]) > max(written, 1))


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _yaml(document: dict[str, Any]) -> str:
    text: str = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
    return text


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """YAML that 1.1 and 1.2 readers take for the same data, without anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """True: the views share nodes, and an anchor for each would make them unreadable."""
        return True


def _text(dumper: Any, text: str) -> ScalarNode:
    node: ScalarNode = dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)
    return node


_Dumper.add_representer(str, _text)
# Numbers to a 1.2 reader (YAML 1.2.2, 10.3.2) that PyYAML, which is a 1.1 one, would leave unquoted in texts.
_Dumper.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+"),
    list("-+.0123456789"),
)
