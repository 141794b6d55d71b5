"""JUnit XML of a run's results, as CI servers read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from vcsdk.contract import places
from vcsdk.contract.sentence import headline
from vcsdk.quoting.xml import characters


def text(results: Mapping[str, Any]) -> str:
    """One `testsuite` with a `testcase` for each test; a known finding counts as skipped."""
    tests = results["tests"]
    failed = sum(row["outcome"] == "failed" for row in tests)
    skipped = sum(row["outcome"] in ("skipped", "known") for row in tests)
    suite = ET.Element(
        "testsuite",
        name="contract",
        tests=str(len(tests)),
        failures=str(failed),
        errors="0",
        skipped=str(skipped),
        time=f"{results['seconds']:.3f}",
        timestamp=results["started"],
        hostname=characters(results["target"]["url"]),
    )
    properties = ET.SubElement(suite, "properties")
    for name, value in (("verdict", results["verdict"]), *sorted(results["target"].items())):
        ET.SubElement(properties, "property", name=characters(name), value=characters(str(value)))
    found = places.by_fingerprint(results)
    for row in tests:
        _case(suite, row, found.get(row["fingerprint"]))
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _case(suite: ET.Element, row: Mapping[str, Any], finding: Mapping[str, Any] | None) -> None:
    place, _, name = row["test"].partition("::")
    group, _, own = name.rpartition("::") if "[" not in name else _split(name)
    classname = ".".join(filter(None, (place.removesuffix(".py").replace("/", "."), group.replace("::", "."))))
    case = ET.SubElement(
        suite, "testcase", classname=characters(classname), name=characters(own), time=f"{row['seconds']:.3f}"
    )
    message = characters(row["message"])
    first = characters(headline(finding)) if finding is not None else (message.splitlines()[0] if message else "")
    match row["outcome"]:
        case "failed":
            again = (
                characters(f"\nfirst shown by: {finding['curl']}") if finding is not None and finding["curl"] else ""
            )
            told = f"{message}{again}\nfingerprint: {row['fingerprint']}"
            ET.SubElement(case, "failure", message=first).text = told
        case "known":
            ET.SubElement(case, "skipped", type="known", message=f"known finding {row['fingerprint']}: {first}")
        case "skipped":
            ET.SubElement(case, "skipped", type="pytest.skip", message=first)


def _split(name: str) -> tuple[str, str, str]:
    """Like `rpartition("::")`, but only left of a test's parameters."""
    head, bracket, parameters = name.partition("[")
    group, colons, own = head.rpartition("::")
    return group, colons, own + bracket + parameters
