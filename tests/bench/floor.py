"""The least a generator has to do: read the description into dicts, write this much text, format it once.

Run as `python floor.py DESCRIPTION TEXTS OUT`; TEXTS is the output of a real generator, whose bytes are written again.
Nothing is rendered.  YAML is read from the events of PyYAML's C parser, the fastest there is; no scalar is resolved.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import ruff


def from_events(text: str) -> Any:
    """The mappings, sequences and texts of a YAML document without anchors."""
    import yaml
    from yaml.cyaml import CParser

    event = CParser(text).get_event
    root: list[Any] = []
    holder: Any = root
    key: str | None = None
    above: list[Any] = []
    while (found := event()) is not None:
        kind = type(found)
        if kind is yaml.ScalarEvent:
            if type(holder) is list:
                holder.append(found.value)
            elif key is None:
                key = found.value
            else:
                holder[key], key = found.value, None
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            made: Any = {} if kind is yaml.MappingStartEvent else []
            if type(holder) is list:
                holder.append(made)
            else:
                holder[key] = made
            above.append(holder)
            holder, key = made, None
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            holder = above.pop()
    return root[0]


description, texts, out = (Path(argument) for argument in sys.argv[1:4])
content = description.read_bytes()
document = json.loads(content) if description.suffix == ".json" else from_events(content.decode())
assert document["paths"]
for source in sorted(texts.rglob("*")):
    if source.is_file():
        target = out / source.relative_to(texts)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
subprocess.run([ruff.find_ruff_bin(), "format", "--isolated", "--no-cache", "--quiet", str(out)], check=True)
