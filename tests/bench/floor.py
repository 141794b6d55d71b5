"""The least a generator has to do: parse, build something, render this much text with Jinja, format it.

Run as `python floor.py DESCRIPTION TEXTS OUT`; TEXTS is the output of a real generator, whose bytes are rendered again.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jinja2
import ruff

description, texts, out = (Path(argument) for argument in sys.argv[1:4])
document = json.loads(description.read_bytes())
nodes = [(kind, name, node) for kind, group in document["components"].items() for name, node in group.items()]
nodes += [("operation", path, operation) for path, item in document["paths"].items() for operation in item.values()]
template = jinja2.Environment(autoescape=False, keep_trailing_newline=True).from_string(
    "{% for line in lines %}{{ line }}{% endfor %}"
)
for source in sorted(texts.rglob("*")):
    if source.suffix in (".py", ".md", ".toml", ".json") and source.is_file():
        target = out / source.relative_to(texts)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(template.render(lines=source.read_text().splitlines(keepends=True)))
subprocess.run([ruff.find_ruff_bin(), "format", "--isolated", "--quiet", str(out)], check=True)
