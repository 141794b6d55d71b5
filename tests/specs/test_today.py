"""Today's description, vCenter 9.1.1: what VMware writes in prose is known, said once, and said by our names."""

from __future__ import annotations

import ast
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from vcsdk.ir import In, Safety
from vcsdk.ir.since import newer_than
from vcsdk.pipeline import Described, read_api

from tests.specs.published import MISSING, SPECS, Generated

TODAY = "vcenter-9.1.1/vcenter.yaml"
EXPECTED = Path(__file__).parent / "expected" / "since-8.0.2.txt"
SAMPLE = 40
"""Every how many rows of the list one stands in the expectation file."""

SET_PHRASES = (
    "When clients pass a value",
    "When operations return a value",
    "was added in __vSphere",
    "For more information see: *",
    "***",
    "because it was added in a newer version",
    "must be an identifier for the resource type",
)
# Its prose differs from the phrase: nothing says since when the field is there.
KEPT = {"because it was added in a newer version": 10}

pytestmark = pytest.mark.skipif(not (SPECS / TODAY).is_file(), reason=MISSING)


@pytest.fixture(scope="module")
def described() -> Described:
    return read_api(SPECS / TODAY, use_config=False)


@pytest.fixture(scope="module")
def generated(published: Callable[[str], Generated]) -> Generated:
    return published(TODAY)


def descriptions(node: Any) -> Iterator[str]:
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from descriptions(value)
    if isinstance(node, dict) and isinstance(node.get("description"), str):
        yield node["description"]


def docstrings(source: Path) -> Iterator[str]:
    """Every text that stands alone in the generated modules: of modules, classes, methods, and behind fields."""
    for path in sorted(source.rglob("*.py")):
        if "_runtime" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value.value is not ...:
                    yield node.value.value


def test_every_enumeration_in_prose_is_a_reference(described: Described) -> None:
    written = " ".join((SPECS / TODAY).read_text(encoding="utf-8").split())
    (made,) = (repair for repair in described.repairs if repair.rule == "enumeration-in-prose")
    assert made.count == 838
    assert written.count("For more information see: *") == 838
    left = [text for text in descriptions(described.document.data) if "For more information see: *" in text]
    assert left == []


def test_the_docstring_of_the_list_of_machines_fits_a_screen(generated: Generated) -> None:
    (module,) = generated.source.rglob("resources/vcenter_vm.py")
    classes = (node for node in ast.parse(module.read_text(encoding="utf-8")).body if isinstance(node, ast.ClassDef))
    methods = [n for node in classes for n in node.body if getattr(n, "name", "") == "list"]
    assert [type(method) for method in methods] == [ast.FunctionDef, ast.AsyncFunctionDef]
    for method in methods:
        doc = ast.get_docstring(method) or ""
        assert 20 < len(doc.splitlines()) <= 45
        assert "hosts: Hosts that must contain the virtual machine" in doc
        assert " ".join(doc.split()).count("Each is the identifier of a `HostSystem`.") == 1
        assert re.search(r"^    InvalidArgument: If the `power_states` attribute contains", doc, re.MULTILINE)


def test_no_docstring_holds_a_set_phrase(generated: Generated) -> None:
    texts = [" ".join(text.split()) for text in docstrings(generated.source)]
    assert len(texts) > 10_000
    found = Counter(phrase for text in texts for phrase in SET_PHRASES if phrase in text)
    assert set(found) <= set(KEPT)
    assert all(found[phrase] <= 2 * count for phrase, count in KEPT.items())


def test_every_error_stands_under_its_own_class(described: Described) -> None:
    """What one answer packs together is taken apart: no reason names another error, and each error has its class."""
    reasons = [(o, r, reason) for o in described.api.operations for r in o.responses for reason in r.reasons]
    named = sum(
        len(re.findall(r"\*\*\*[\w.]+\*\*\*", answer.get("description", "")))
        for item in described.document.data["paths"].values()
        for node in item.values()
        for status, answer in node["responses"].items()
        if status >= "400"
    )
    assert len(reasons) == named > 6_000
    assert not [reason.when for _, _, reason in reasons if "***" in reason.when]
    unknown = {reason.when.split("`")[1] for _, _, reason in reasons if not reason.error_type}
    assert unknown == {
        "ApplianceLoggingLiagentLogCollectionClientError",
        "ApplianceLoggingLiagentLogCollectionServerError",
        "Oauth2ErrorsInvalidGrant",
        "Oauth2ErrorsInvalidRequest",
        "Oauth2ErrorsInvalidScope",
        "VcenterTokenserviceInvalidGrant",
        "VcenterTokenserviceInvalidRequest",
        "VcenterTokenserviceInvalidScope",
    }


def test_what_vcenter_8_0_2_lacks(described: Described, pytestconfig: pytest.Config) -> None:
    rows = [f"{n.part.value}  {n.since}  {n.wire}" for n in newer_than(described.api, "8.0.2")]
    counts = Counter(row.split()[0] for row in rows)
    text = "".join(
        [
            "What vCenter 8.0.2 lacks of 9.1.1: counts, digest of all rows, and one row of forty.\n\n",
            *(f"{part}: {count}\n" for part, count in counts.items()),
            f"sha256: {hashlib.sha256(chr(10).join(sorted(rows)).encode()).hexdigest()}\n\n",
            *(f"{row}\n" for row in sorted(rows)[::SAMPLE]),
        ]
    )
    if pytestconfig.getoption("--update-golden"):
        EXPECTED.write_text(text, encoding="utf-8")
    assert text == EXPECTED.read_text(encoding="utf-8")


def test_lint_finds_nothing_that_is_not_true(described: Described) -> None:
    lines = (SPECS / TODAY).read_text(encoding="utf-8").splitlines()
    found = Counter()
    for diagnostic in described.diagnostics:
        line = lines[diagnostic.location.line - 1]
        found[diagnostic.rule] += 1
        if diagnostic.rule == "unchecked-keyword":
            assert "`uniqueItems`" in diagnostic.message
            assert line.strip() == "uniqueItems: true"
            assert lines[diagnostic.location.line - 2].strip() == "type: array"
        elif diagnostic.rule == "same-name":
            mentioned = re.findall(r"`([^`]+)`", diagnostic.message)
            assert line.strip() == f"{mentioned[0]}:"
            assert mentioned[0].replace(".", "") == mentioned[2].replace(".", "")
        else:
            pytest.fail(f"look whether it is true: {diagnostic}")
    assert found == {"unchecked-keyword": 325, "same-name": 1}


def test_the_readme_reads_before_it_changes(described: Described, generated: Generated) -> None:
    text = (generated.source.parent / "README.md").read_text(encoding="utf-8")
    first, *others = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    (path,) = re.findall(r"answer = client\.([\w.]+)\(\)", first)
    operation = described.api.find(path)
    assert operation is not None
    assert (operation.method, operation.safety, operation.task) == ("GET", Safety.READ, False)
    assert not [p for p in operation.parameters if p.location is In.PATH]
    changing = next(block for block in others if ".wait(" in block)
    before = text[: text.index(changing)]
    assert re.search(r"The following call (changes the target|interrupts the service)", before)
