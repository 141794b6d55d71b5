"""Under which statuses a description documents each error, in the forms that VMware has used."""

from __future__ import annotations

from typing import Any

import pytest
from vcsdk.emitters.client.errors import raised, status_classes

from .conftest import Builds


def api(api_of: Builds, *answers: tuple[str, str, str]) -> Any:
    """One operation for each answer: status, name of the schema, description."""
    names = dict.fromkeys(name for _, name, _ in answers)
    base = {"type": "object", "properties": {"messages": {"type": "array", "items": {"type": "string"}}}}
    schemas: dict[str, Any] = {"Vapi.Std.Errors.Error": base}
    for name in names:
        schemas.setdefault(name, {"allOf": [{"$ref": "#/components/schemas/Vapi.Std.Errors.Error"}]})
    paths = {}
    for number, (status, name, said) in enumerate(answers):
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        paths[f"/a{number}"] = {
            "get": {"operationId": f"get{number}", "responses": {status: {"description": said, "content": content}}}
        }
    return api_of({"paths": paths, "components": {"schemas": schemas}}, profile="vapi")


def classes(found: Any, value: str) -> tuple[str, ...]:
    return status_classes(next(error for error in found.error_types if error.value == value))


@pytest.mark.parametrize(
    "name",
    [
        "vapi.std.errors.resource_busy",
        "VapiStdErrorsResourceBusy",
        "Std_Errors_ResourceBusy",
        "Vapi.Std.Errors.ResourceBusy",
        "vapi.std.errors.resource_busy_error",
    ],
)
def test_a_schema_names_the_error_in_every_spelling(api_of: Builds, name: str) -> None:
    found = api(api_of, ("400", name, "It is busy."), ("500", name, "It is busy."))
    assert classes(found, "RESOURCE_BUSY") == ("BadRequestError", "ServerError")
    assert [row.class_name for row in raised(found, found.operations[0])] == ["ResourceBusy", "VapiError"]


def test_several_errors_of_one_status_are_named_in_prose(api_of: Builds) -> None:
    said = "***Vapi.Std.Errors.UnverifiedPeer*** If not trusted. ***Vapi.Std.Errors.ResourceBusy*** If busy."
    found = api(api_of, ("400", "Vapi.Std.Errors.Error", said), ("503", "Std_Errors_ServiceUnavailable", ""))
    assert classes(found, "RESOURCE_BUSY") == classes(found, "UNVERIFIED_PEER") == ("BadRequestError",)
    assert classes(found, "ERROR") == ("ServerError",)
    assert {"UnverifiedPeer", "ResourceBusy"} < {row.class_name for row in raised(found, found.operations[0])}


def test_the_base_of_all_names_itself_where_only_it_can_be_meant(api_of: Builds) -> None:
    found = api(api_of, ("400", "vapi.std.errors.error", ""), ("403", "vapi.std.errors.unauthorized", ""))
    assert classes(found, "ERROR") == ("BadRequestError",)
    assert raised(found, found.operations[0])[0].class_name == "Error"


def test_the_base_of_all_is_any_error_where_it_stands_under_403_too(api_of: Builds) -> None:
    found = api(api_of, ("400", "Std_Errors_Error", ""), ("403", "Std_Errors_Error", ""))
    assert classes(found, "ERROR") == ("ServerError",)
    assert raised(found, found.operations[0])[0].class_name == "BadRequestError"
    assert raised(found, found.operations[1])[0].class_name == "Unauthorized"


def test_what_is_documented_nowhere_follows_convention(api_of: Builds) -> None:
    found = api(api_of, ("403", "Std_Errors_Unauthorized", ""))
    assert classes(found, "RESOURCE_BUSY") == ("ServerError",)
    assert classes(found, "TIMED_OUT") == ("ServerError",)


def test_a_class_that_is_the_other_stands_once(api_of: Builds) -> None:
    name = "Std_Errors_ServiceUnavailable"
    assert classes(api(api_of, ("500", name, ""), ("503", name, "")), "SERVICE_UNAVAILABLE") == ("UnavailableError",)
    assert classes(api(api_of, ("418", name, "")), "SERVICE_UNAVAILABLE") == ()
