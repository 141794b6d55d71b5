"""Spec text is data: whatever it holds, the package imports and none of it runs."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from vcsdk.pipeline import read_api

from tests.generated import write_client

EXERCISE = Path(__file__).with_name("exercise.py")
RUN = "__import__('pathlib').Path('ran').write_text('x')"
TEXTS = [
    f'"""\n{RUN}\n"""',
    f"'''\n{RUN}\n'''",
    f'"; {RUN}; "',
    f"'; {RUN}; '",
    f'\\"; {RUN} #',
    "ends in a backslash \\",
    'ends in a quote "',
    'two ""',
    "{{ 7 * 7 }}{% for x in y %}{# c #}",
    f"{{{{ {RUN} }}}}",
    f"{{{RUN}}}",
    f"a\n{RUN}\nb\r{RUN}\rc\u2028{RUN}\u2029d\x0c{RUN}\x85{RUN}",
    "bidi \u202e\u2066 evil \u2069 zero\u200bwidth \ufeff bell\x07 escape\x1b[31m del\x7f",
    f"# {RUN}\n## head\n```\n</script><script>alert(1)</script>",
    "%s %(x)s ${x} $(rm -rf /) `id`",
    "é 漢字 🎉",
    "",
    " ",
    "import",
    "class",
    "__init__",
    "self",
    "Model",
    "Any",
    "None",
    "1st",
    "../../etc/passwd",
    "x" * 120,
]


def hostile(text: str) -> dict[str, object]:
    """A description with the text in every place where text may stand."""
    schema = {
        "title": text,
        "description": text,
        "type": "object",
        "required": [text],
        "properties": {
            text: {"type": "string", "description": text, "default": text, "pattern": text, "example": text},
            f"e {text}": {"type": "string", "enum": [text, f"{text}2"], "default": text, "description": text},
            f"c {text}": {"enum": [text], "type": "string"},
            f"o {text}": {"type": "object", "properties": {text: {"type": "integer", "description": text}}},
        },
    }
    answer = {"description": text, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}}
    operation = {
        "operationId": text or "empty",
        "summary": text,
        "description": text,
        "tags": [text],
        "parameters": [
            {"name": text or "p", "in": "query", "description": text, "schema": {"type": "string", "default": text}},
            {
                "name": "h",
                "in": "header",
                "description": text,
                "example": text,
                "schema": {"enum": [text], "type": "string"},
            },
        ],
        "requestBody": {
            "description": text,
            "content": {"application/json": {"schema": schema, "example": {text: text}}},
        },
        "responses": {"200": answer, "403": {"description": text}, "default": answer},
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": text or "t", "version": text or "1", "description": text},
        "servers": [{"url": "https://x.example.com/api", "description": text}],
        "paths": {
            "/a/{b}": {
                "parameters": [{"name": "b", "in": "path", "required": True, "schema": {"type": "string"}}],
                "get": {key: value for key, value in operation.items() if key != "requestBody"},
                "post": {**operation, "operationId": f"p {text}"},
            }
        },
        "components": {
            "schemas": {
                "S": schema,
                "P": {
                    "type": "object",
                    "properties": {"plain": {"type": "string", "description": text, "default": text}},
                },
                "E": {
                    "type": "string",
                    "enum": [text, f"{text} 2", "plain"],
                    "x-enum-descriptions": {"plain": text},
                    "description": text,
                },
                "A": {"type": "array", "items": {"$ref": "#/components/schemas/E"}, "description": text},
            },
            "securitySchemes": {"k": {"type": "apiKey", "in": "header", "name": text or "k", "description": text}},
        },
        "security": [{"k": []}],
    }


def description(text: str, folder: Path) -> Path:
    path = folder / "hostile.json"
    path.write_text(json.dumps(hostile(text)))
    return path


@pytest.mark.slow
def test_no_text_of_the_description_runs(tmp_path: Path) -> None:
    arguments: list[str] = []
    for index, text in enumerate(TEXTS):
        folder = tmp_path / f"{index}"
        folder.mkdir()
        read = read_api(description(text, folder))
        source = write_client(read.api, read.config, read.document, folder)
        arguments += [str(source), read.config.package.module]
        project = tomllib.loads((source.parent / "pyproject.toml").read_text())
        assert project["project"]["name"] == read.config.package.distribution
    done = subprocess.run(
        [sys.executable, str(EXERCISE), *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    # The folder that was printed last has the index of the text that broke out.
    assert done.returncode == 0, done.stdout.splitlines()[-1] + done.stderr
    assert done.stdout.count(" 2 operations") == len(TEXTS)
    assert not list(tmp_path.rglob("ran"))
