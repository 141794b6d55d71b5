"""What VMware's set phrases say, and what is left of a text without them."""

from __future__ import annotations

import pytest
from vcsdk.ir.identifiers import Identifies, Place
from vcsdk.ir.lifespan import UNKNOWN, Lifespan, release
from vcsdk.vapi_prose.enumerations import take_values
from vcsdk.vapi_prose.identifiers import take_identifies
from vcsdk.vapi_prose.lifespans import take_lifespan
from vcsdk.vapi_prose.mentions import folded, replaced
from vcsdk.vapi_prose.phrases import told_once
from vcsdk.vapi_prose.reasons import standard_error, take_reasons

ADDED = "This property was added in __vSphere API 7.0.0.0__."
BOTH = (
    "When clients pass a value of this {0} as a parameter, the {1} must {2}. "
    "When operations return a value of this {0} as a {3}, the {1} will {2}."
)


@pytest.mark.parametrize(
    ("text", "rest", "lifespan"),
    [
        (f"The size. {ADDED}", "The size.", Lifespan("7.0.0.0")),
        (f"The size {ADDED} If missing, none.", "The size. If missing, none.", Lifespan("7.0.0.0")),
        (ADDED, "", Lifespan("7.0.0.0")),
        (
            "Old.\nThis operation was added in\n__vSphere API 7.0.0.0__.\n\n\n    This operation is deprecated as of"
            " __vSphere API 8.0.3.0__ and removed\n    in __vSphere API 9.0.0.0__.",
            "Old.",
            Lifespan("7.0.0.0", "8.0.3.0", "9.0.0.0"),
        ),
        (
            "Old. This schema is deprecated as of __vSphere API 9.1.0.0__.",
            "Old.",
            Lifespan(deprecated_since="9.1.0.0"),
        ),
        (
            f"The size. {ADDED} This field is optional because it was added in a newer version than its parent node.",
            "The size.",
            Lifespan("7.0.0.0"),
        ),
        ("It was added in __vSphere API 7.0.0.0__.", "It was added in __vSphere API 7.0.0.0__.", UNKNOWN),
        ("This property was added in 7.0.", "This property was added in 7.0.", UNKNOWN),
    ],
)
def test_versions(text: str, rest: str, lifespan: Lifespan) -> None:
    assert take_lifespan(text) == (rest, lifespan)


@pytest.mark.parametrize(
    ("since", "version", "newer"),
    [
        ("8.0.2.0", "8.0.2", False),
        ("8.0.2.00300", "8.0.2", True),
        ("8.0.10", "8.0.9", True),
        ("7.0.3.0", "8.0", False),
        ("", "6.0", False),
    ],
)
def test_versions_are_numbers(since: str, version: str, newer: bool) -> None:
    assert Lifespan(since).is_newer_than(version) is newer


@pytest.mark.parametrize("text", ["", "8.x", "8..2", "-8", "٨"])
def test_what_is_no_version(text: str) -> None:
    with pytest.raises(ValueError, match="is no version"):
        release(text)


@pytest.mark.parametrize(
    ("phrase", "fact"),
    [
        (
            BOTH.format("schema", "property", "be an identifier for the resource type: `HostSystem`", "response"),
            Identifies(("HostSystem",)),
        ),
        (
            BOTH.format("structure", "field", "be an identifier for the resource type: kms.provider", "result"),
            Identifies(("kms.provider",)),
        ),
        (
            BOTH.format("schema", "property", "contain identifiers for the resource type: `Folder`", "response"),
            Identifies(("Folder",), many=True),
        ),
        (
            BOTH.format(
                "schema", "key in the property *dict*", "be an identifier for the resource type: `a.b`", "response"
            ),
            Identifies(("a.b",), Place.KEYS),
        ),
        (
            BOTH.format(
                "schema", "value in the field Map", "be an identifier for the resource type: `a.b`", "response"
            ),
            Identifies(("a.b",), Place.VALUES),
        ),
        (
            BOTH.format(
                "schema", "property", "be an identifier for one of these resource types: `A`, `B`, or `C`", "response"
            ),
            Identifies(("A", "B", "C")),
        ),
        ("The parameter must be an identifier for the resource type: `com.a.health`.", Identifies(("com.a.health",))),
        (
            "The key in the parameter *dict* must be an identifier for the resource type: `A`.",
            Identifies(("A",), Place.KEYS),
        ),
    ],
)
def test_identifiers(phrase: str, fact: Identifies) -> None:
    assert take_identifies(phrase) == ("", fact)
    assert take_identifies(f"The one {phrase} If missing, none.") == ("The one. If missing, none.", fact)
    assert take_identifies(phrase.replace(" ", "\n  ")) == ("", fact)


def test_what_else_holds_both_ways_is_said_once() -> None:
    text = "The type. " + BOTH.format("schema", "property", "be one of `A` or `B`", "response")
    assert take_identifies(text) == ("The type. The property must be one of `A` or `B`.", None)


def test_what_differs_on_the_two_ways_stays() -> None:
    text = BOTH.format("schema", "property", "be one of `A`", "response").replace("will be", "will not be")
    assert take_identifies(text) == (text, None)


def test_values_keep_what_is_said_of_each() -> None:
    text = (
        "The role.\n\nPossible values:\n - `OWNER`: May delete.\n\n   This constant was added in"
        " __vSphere API 7.0.2.00100__.\n"
        " - `EDIT`: May modify.\n\nFor more information see: *Access.Role*.\n\n" + ADDED
    )
    rest, listed = take_values(text)
    assert rest == f"The role.\n\n{ADDED}"
    assert listed is not None
    assert listed.name == "Access.Role"
    assert list(listed.values) == ["OWNER", "EDIT"]
    assert take_lifespan(listed.values["OWNER"]) == ("May delete.", Lifespan("7.0.2.00100"))


def test_what_is_said_of_an_enumeration_behind_its_values_is_not_said_of_the_last() -> None:
    rest, listed = take_values(
        "Possible values:\n- `A`: One.\n- `B`: Two.\n\nThis enumeration was added in __vSphere API 7__."
    )
    assert listed is not None
    assert listed.values == {"A": "One.", "B": "Two."}
    assert rest == "This enumeration was added in __vSphere API 7__."


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        (
            "***Vapi.Std.Errors.InvalidArgument*** If it is wrong. ***Vapi.Std.Errors.UnverifiedPeer*** If unsure.",
            [
                ("Vapi.Std.Errors.InvalidArgument", "If it is wrong."),
                ("Vapi.Std.Errors.UnverifiedPeer", "If unsure."),
            ],
        ),
        ("***Vapi.Std.Errors.NotFound***", [("Vapi.Std.Errors.NotFound", "")]),
        (
            "com.vmware.vapi.std.errors.not_found : if it is gone",
            [("com.vmware.vapi.std.errors.not_found", "if it is gone")],
        ),
        ("if the virtual machine is not found.", []),
    ],
)
def test_reasons(text: str, reasons: list[tuple[str, str]]) -> None:
    assert take_reasons(text) == reasons


@pytest.mark.parametrize(
    ("name", "folded_name"),
    [
        ("Vapi.Std.Errors.NotFound", "notfound"),
        ("vapi.std.errors.not_found", "notfound"),
        ("VapiStdErrorsNotFound", "notfound"),
        ("Std_Errors_NotFound", "notfound"),
        ("Oauth2ErrorsInvalidScope", None),
    ],
)
def test_the_standard_errors_by_each_of_their_names(name: str, folded_name: str | None) -> None:
    assert standard_error(name) == folded_name


OURS = {"VM.Info": "VMInfo", "VM.Info.name": "VMInfo.name", "GET /vm": "vm.list()", "VM.State.ON": "VMState.ON"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See *VM.Info.name*s.", "See `VMInfo.name`s."),
        ("***VM.Info*** it is.", "`VMInfo` it is."),
        ("By *GET /vm*.", "By `vm.list()`."),
        ("The {@link VM.State#ON} of {@name VM.Info} is a {@term state}.", "The `VMState.ON` of `VMInfo` is a state."),
        (
            "{@term.unset} or {@code  null}, {@param.name VM.Info}, {@link}, {@link #check}.",
            "unset or `null`, `VMInfo`, {@link}, `check`.",
        ),
        ("The `VM.Info` class, as *VM.Info*.", "The `VMInfo` class, as `VMInfo`."),
        ("Of *VM.Nothing* and `System.Read`.", "Of `VM.Nothing` and `System.Read`."),
        ("A *dict* of *these words*: 2 * 3 * 4.", "A *dict* of *these words*: 2 * 3 * 4."),
    ],
)
def test_mentions(text: str, expected: str) -> None:
    assert replaced(text, lambda name, unsure: OURS.get(name)) == expected


def test_names_of_the_bindings_are_those_of_the_description() -> None:
    assert folded("com.vmware.vcenter.vm_client.Power.Info") == folded("Vcenter.Vm.Power.Info")


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("The name of this. If missing, none is. The name of this.", "The name of this. If missing, none is."),
        ("A man. A dog. A man.", "A man. A dog. A man."),
        ("First sentence here.\n\nFirst sentence here. Another one.", "First sentence here. Another one."),
    ],
)
def test_a_sentence_is_said_once(text: str, once: str) -> None:
    assert told_once(text) == once
