from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from vcsdk.checks import CHECKS, check
from vcsdk.checks.registry import nearest
from vcsdk.config.model import Config, PackageNames
from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.load import load
from vcsdk.normalize import RULES, normalize

CONFIG = Config(PackageNames("lamps", "lamps", "Lamps"))
# What these see to is an error where they are off.
OFF = (
    *("items-as-list", "missing-responses", "undeclared-path-parameter", "stray-path-parameter"),
    *("parameter-without-form", "repeated-parameter", "types-of-json-schema", "undeclared-security"),
)
IN_PATH = (
    "responses: {{default: {{description: d}}}}, parameters: [{{name: {0}, in: path, required: true, schema: {{}}}}]"
)
HEADER = (
    "responses: {{default: {{description: d}}}}, "
    "parameters: [{{name: H, in: header, required: true, schema: {{enum: [{0}]}}}}]"
)
OK = "responses: {default: {description: Done}}"


def find(tmp_path: Path, text: str, *, version: str = "3.0.3", repair: bool = True) -> list[tuple[str, str, int, str]]:
    """Level, rule, line and message of everything that is wrong; the text starts in line 3."""
    path = tmp_path / "input.yaml"
    path.write_text(f'openapi: {version}\ninfo: {{title: Lamps, version: "1"}}\n{text}')
    diagnostics = Diagnostics()
    document = load(path, diagnostics)
    off = OFF if repair else tuple(rule.id for rule in RULES)
    normalize(document, Config(CONFIG.package, repairs_off=off), diagnostics)
    with contextlib.suppress(InputError):
        check(document, diagnostics)
    return [(d.level.value, d.rule, d.location.line, d.message) for d in diagnostics]


def schema(text: str) -> str:
    return f"paths: {{}}\ncomponents: {{schemas: {{A: {text}, B: {{type: object}}}}}}\n"


def get(fields: str, path: str = "/a") -> str:
    return f"paths:\n  {path}:\n    get: {{operationId: a, {fields}}}\n"


WRONG: list[tuple[str, str]] = [
    ("structure", schema("{properties: []}")),
    ("structure", schema("{required: [1]}")),
    ("structure", schema("{items: [{}]}")),
    ("structure", schema("{$ref: 5}")),
    ("structure", get(f"parameters: [x], {OK}")),
    ("structure", get(f"deprecated: 1, {OK}")),
    ("structure", get(f"security: [{{a: b}}], {OK}") + "components: {securitySchemes: {a: {type: http}}}\n"),
    ("missing-field", "components: {}\n"),
    ("missing-field", get("summary: none")),
    ("missing-field", "paths: {}\nservers: [{}]\n"),
    ("missing-field", schema("{oneOf: [], discriminator: {}}")),
    ("unsupported-part", get(f"{OK}, parameters: [{{name: q, in: querystring, content: {{a/b: {{}}}}}}]")),
    ("unsupported-part", f"paths: {{/a: {{additionalOperations: {{Copy: {{operationId: c, {OK}}}}}}}}}\n"),
    ("dangling-ref", schema("{$ref: '#/components/schemas/C'}")),
    ("dangling-ref", get("responses: {default: {$ref: '#/components/responses/C'}}")),
    ("ref-kind", get("responses: {default: {$ref: '#/components/schemas/A'}}") + "components: {schemas: {A: {}}}"),
    ("ref-cycle", schema("{$ref: '#/components/schemas/A'}")),
    ("path-parameter", get(OK, "/a/{b}")),
    ("path-parameter", get(f"{OK}, parameters: [{{name: b, in: path, required: true, schema: {{}}}}]")),
    ("path-parameter", "paths: {a: {}}\n"),
    ("path-parameter", "paths: {'/{a': {}}\n"),
    ("path-parameter", "paths: {'/{}': {}}\n"),
    ("path-parameter", "paths: {'/{a}/{a}': {}}\n"),
    ("path-query", get(OK, "/a?b=1&b=2")),
    ("duplicate-parameter", get(f"{OK}, parameters: [{', '.join(['{name: b, in: query, schema: {}}'] * 2)}]")),
    ("parameter-form", get(f"{OK}, parameters: [{{name: b, in: query}}]")),
    ("parameter-form", get(f"{OK}, parameters: [{{name: b, in: query, content: {{}}}}]")),
    ("parameter-form", get(f"{OK}, parameters: [{{name: b, in: fragment, schema: {{}}}}]")),
    ("parameter-form", get(f"{OK}, parameters: [{{name: b, in: header, style: form, schema: {{}}}}]")),
    ("unsupported-type", schema("{type: strin}")),
    ("unsupported-type", schema("{type: 'null'}")),
    ("unsupported-type", schema("{type: [string, integer]}")),
    ("status-code", get("responses: {ok: {description: d}}")),
    ("discriminator", schema("{oneOf: [], discriminator: {propertyName: p, mapping: {x: C}}}")),
    ("discriminator", schema("{oneOf: [], discriminator: {propertyName: p, mapping: {x: 5}}}")),
    *(
        ("discriminator", schema(f"{{oneOf: [], discriminator: {{propertyName: p, mapping: {{x: '{target}'}}}}}}"))
        for target in ("#", "#/info", "#/paths", "#/components", "#/components/schemas", "#/info/title", "")
    ),
    ("enum-values", schema("{enum: []}")),
    ("security-scheme", "paths: {}\nsecurity: [{a: []}]\n"),
]
DOUBTFUL: list[tuple[str, str]] = [
    ("unknown-field", schema("{typ: string}")),
    ("unknown-field", get(f"{OK}, responces: {{}}")),
    ("unsupported-part", schema("{not: {type: string}}")),
    ("required-property", schema("{required: [c], properties: {b: {}}}")),
    ("enum-values", schema("{enum: [a, a]}")),
    ("enum-values", schema("{type: integer, enum: [a]}")),
    ("default-value", schema("{type: integer, default: a}")),
    ("default-value", schema("{enum: [a], default: b}")),
    ("default-value", schema("{type: boolean, default: 1}")),
    ("pattern", schema("{pattern: '['}")),
    ("same-request", get(OK) + f"  /a#b: {{get: {{operationId: b, {OK}}}}}\n"),
    (
        "same-request",
        "paths:\n" + "".join(f"  /{{{n}}}: {{get: {{operationId: {n}, {IN_PATH.format(n)}}}}}\n" for n in "ab"),
    ),
    (
        "same-request",
        "paths:\n" + "".join(f"  /a#{n}: {{get: {{operationId: {n}, {HEADER.format('x')}}}}}\n" for n in "ab"),
    ),
]


@pytest.mark.parametrize(("rule", "text"), WRONG)
def test_an_error_is_found_alone(tmp_path, rule: str, text: str) -> None:
    assert {(level, found) for level, found, _, _ in find(tmp_path, text)} == {("error", rule)}


@pytest.mark.parametrize(("rule", "text"), DOUBTFUL)
def test_a_warning_is_found_alone(tmp_path, rule: str, text: str) -> None:
    assert {(level, found) for level, found, _, _ in find(tmp_path, text)} == {("warning", rule)}


def test_every_check_has_a_case_and_a_reason() -> None:
    tested = {rule for rule, _ in WRONG + DOUBTFUL} | {"operation-id"}
    assert tested == {rule.id for rule in CHECKS}
    assert len({rule.id for rule in CHECKS}) == len(CHECKS)
    assert all(len(rule.summary) > 20 for rule in CHECKS)


RIGHT = [
    "paths:\n" + "".join(f"  /a#{n}: {{get: {{operationId: {n}, {HEADER.format(n)}}}}}\n" for n in "ab"),
    schema("{type: string, nullable: true, enum: [a, null], default: null}"),
    schema("{type: number, enum: [1, 1.5], default: 1}"),
    schema("{required: [c], allOf: [{$ref: '#/components/schemas/B'}], properties: {b: {}}}"),
    schema("{properties: {$ref: {type: string}, x-a: {type: string}, not: {type: string}}}"),
    schema("{example: {$ref: 5, properties: []}, default: {type: nothing}, x-a: {$ref: '#/nowhere'}}"),
    schema("{pattern: '^\\p{L}(?<name>a)$', additionalProperties: false}"),
    schema("{oneOf: [{$ref: '#/components/schemas/B'}], discriminator: {propertyName: p, mapping: {x: B}}}"),
    get("responses: {2XX: {description: d}, default: {description: d}, x-a: 5}"),
    get(f"{OK}, parameters: [{{name: b, in: query, schema: {{}}}}, {{name: b, in: header, schema: {{}}}}]"),
    get(OK)
    + "  /a#b:\n    get: {operationId: b, parameters: [{name: c, in: query, required: true, schema: {enum: [d]}}], "
    + f"{OK}}}\n",
    get(OK, "/a/{b}").replace("get:", "parameters: [{$ref: '#/components/parameters/b'}]\n    get:")
    + "components: {parameters: {b: {name: b, in: path, required: true, schema: {type: string}}}}\n",
    "paths: {x-internal: 5}\n",
    "paths: {}\nx-parts: {A: {type: string}}\ncomponents: {schemas: {A: {$ref: '#/x-parts/A'}}}\n",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_not_complained_about(tmp_path, text: str) -> None:
    assert find(tmp_path, text) == []


@pytest.mark.parametrize(
    "text", [schema("{type: [string, 'null']}"), schema("{type: 'null'}"), "components: {}\n", get("summary: s")]
)
def test_3_1_allows_more(tmp_path, text: str) -> None:
    assert find(tmp_path, text, version="3.1.0") == []


def test_without_repairs_the_checks_refuse_what_they_would_mend(tmp_path) -> None:
    text = f"paths:\n  /a?b=c:\n    get: {{operationId: a, {OK}}}\n    put: {{operationId: a, {OK}}}\n"
    text += "    post: {responses: {200: {description: d}}}\n"
    found = find(tmp_path, text, repair=False)
    assert [(rule, line) for _, rule, line, _ in found] == [
        ("path-query", 4),
        ("operation-id", 6),
        ("operation-id", 7),
        ("status-code", 7),
    ]


def test_everything_is_found_in_one_run(tmp_path) -> None:
    text = get(f"{OK}, parameters: 5", "/a/{b}") + schema("{type: x, pattern: 5}").replace("paths: {}\n", "")
    assert {rule for _, rule, _, _ in find(tmp_path, text)} == {"structure", "unsupported-type"}


def test_a_node_outside_components_is_checked_once_a_reference_names_it(tmp_path) -> None:
    text = "paths: {}\nx-parts: {A: {type: strin}}\ncomponents: {schemas: {A: {$ref: '#/x-parts/A'}}}\n"
    assert [(rule, line) for _, rule, line, _ in find(tmp_path, text)] == [("unsupported-type", 4)]


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("Std_Error", ["Std_Errors_Error", "Task"], "did you mean `Std_Errors_Error`?"),
        ("LAMP", ["lamp"], "did you mean `lamp`?"),
        ("lamp", ["window"], None),
        ("lamp", [], None),
    ],
)
def test_the_nearest_name_is_suggested(word: str, known: list[str], hint: str | None) -> None:
    assert nearest(word, known) == hint
