"""The report page: one HTML file that needs nothing else, neither network nor other files."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
import shlex
from collections.abc import Iterable, Mapping
from typing import Any

import jinja2

from vcsdk.contract import places, sentence
from vcsdk.contract.matrix import matrix
from vcsdk.contract.timeline import timeline
from vcsdk.emitters.render import templates_folder

_LOCAL_OPTIONS = (
    "token_env",
    "token_url",
    "level",
    "allow",
    "allow_all",
    "max_accepted",
    "seed",
    "fuzz_examples",
    "undocumented_fields",
    "insecure",
)
_SECONDS = ("timeout", "recovery", "task_timeout", "max_seconds", "operation_seconds")
_ACCOUNTS = (
    ("username", "password_env", "VC_PASSWORD"),
    ("powerless_username", "powerless_password_env", "VC_POWERLESS_PASSWORD"),
    ("client_id", "client_secret_env", "CLIENT_SECRET"),
)
"""A name, what holds its secret, and the variable for it where a run was told the secret in another way."""


def render(results: Mapping[str, Any]) -> str:
    """The page over the content of `results.json`.

    All text of the results is escaped, and a content security policy lets only the page's own script and style run.
    """
    not_exercised: dict[str, list[dict[str, str]]] = {}
    for row in results["not_exercised"]:
        not_exercised.setdefault(row["operation"], []).append(row)
    skipped: dict[str, list[Mapping[str, str]]] = {}
    for row in results["skipped"]:
        skipped.setdefault(row["reason"], []).append(row)
    fails_if = {row["test"]: row.get("fails_if", "") for row in results["tests"]}
    return page(
        "run.html.jinja",
        title="Contract report",
        results=results,
        sentence=sentence.verdict(results),
        matrix=matrix(results["operations"]),
        findings=[_finding(finding, results, fails_if) for finding in results["findings"]],
        checks={finding["check"]: finding["rule"] for finding in results["findings"]},
        not_exercised=not_exercised,
        skipped=[
            (reason, sentence.operations(row["operation"] for row in rows), [row["test"] for row in rows])
            for reason, rows in sorted(skipped.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        ],
        seconds=_SECONDS,
        timeline=timeline(results["tests"], results["seconds"]),
    )


def page(template: str, **values: object) -> str:
    """A page of `templates/report/` with the house's style, script and content security policy."""
    environment = _environment()
    folder = templates_folder() / "report"
    style, script = ((folder / name).read_text(encoding="utf-8") for name in ("style.css", "script.js"))
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return environment.get_template(template).render(style=style, script=script, policy=policy, **values)


@functools.cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_folder() / "report"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "visible": visible,
        "pretty": pretty,
        "duration": duration,
        "headline": sentence.headline,
        "id_of": id_of,
    }
    return made


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def visible(text: str) -> str:
    """The text with characters that cannot be seen, or that turn the reading direction, as escapes."""
    return "".join(c if c.isprintable() or c in "\n\t" else c.encode("unicode_escape").decode() for c in text)


def pretty(body: str | None) -> str:
    """A body as it is read best: JSON indented, anything else as it came."""
    if body is None:
        return ""
    try:
        return visible(json.dumps(json.loads(body), indent=2, ensure_ascii=False))
    except (ValueError, RecursionError):
        return visible(body)


def id_of(kind: str, name: str) -> str:
    """The id of the part of a page that is about an operation or a check: one for each name."""
    return f"{kind}-{_anchor(name)}"


def _anchor(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9.-]", lambda sign: f"_{ord(sign[0]):x}_", text)


def duration(seconds: float) -> str:
    """`0.4 s`, `2 min 5 s`."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60} s"


def _finding(finding: Mapping[str, Any], results: Mapping[str, Any], fails_if: Mapping[str, str]) -> dict[str, Any]:
    found = places.of(finding)
    return {
        **finding,
        "headline": sentence.headline(finding),
        "expected": fails_if.get(finding["pytest_id"], ""),
        "details": finding["message"],
        "command": _command(finding, results),
        "others": [{**place, "headline": sentence.headline(place)} for place in found[1:]],
        "entry": "\n".join(
            f'[[known]]\nfingerprint = "{place["fingerprint"]}"\noperation = {json.dumps(place["operation"])}\n'
            'reason = ""\nowner = ""\nexpires = \n'
            for place in found
        ),
    }


def _command(finding: Mapping[str, Any], results: Mapping[str, Any]) -> str:
    """The line that runs the test again."""
    place, _, name = finding["pytest_id"].partition("::")
    module = ".".join(place.removesuffix(".py").split("/")[-2:])
    # Fuzz tests share one id; the operation behind it is only ours.
    name = name.removesuffix(f"[{finding['operation']}]")
    words = ["pytest", "--pyargs", f"{module}::{name}", "--url", results["target"]["url"]]
    options = results["options"]
    for name, secret, variable in _ACCOUNTS:
        if value := options.get(name):
            words += [_flag(name), str(value), _flag(secret), str(options.get(secret, variable))]
    words += _flags(options)
    return shlex.join(words)


def _flag(option: str) -> str:
    return f"--{option.replace('_', '-')}"


def _flags(options: Mapping[str, Any]) -> Iterable[str]:
    for option in _LOCAL_OPTIONS:
        value, flag = options.get(option), _flag(option)
        if isinstance(value, bool):
            yield from [flag] if value else []
        elif isinstance(value, list):
            for item in value:
                yield from (flag, str(item))
        elif value is not None:
            yield from (flag, str(value))
