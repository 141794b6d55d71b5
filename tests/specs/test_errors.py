"""The three forms in which a 403 of vCenter 7.0.3 comes, raised as one exception with its messages parsed."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from vcsdk.build.error_answers import errors_of
from vcsdk.emitters.client.errors import raised
from vcsdk.pipeline import read_api
from vcsdk.vapi_prose.reasons import by_name

from tests.generated import imported
from tests.specs.published import SPECS, VCENTER, Generated
from tests.wire.client.recording import recording

MESSAGE = {"id": "vapi.unauthorized", "default_message": "{user} lacks {count} of {privilege}.", "args": []}
USER, COUNT, PRIVILEGE = {"s": "jo"}, {"i": 2}, {"l": {"id": "privilege.drs", "params": {}}}
AS_MAP = {**MESSAGE, "params": {"user": USER, "count": COUNT, "privilege": PRIVILEGE}}
AS_ARRAY = {
    **MESSAGE,
    "params": [
        {"key": "user", "value": USER},
        {"key": "count", "value": COUNT},
        {"key": "privilege", "value": {"l": {"id": "privilege.drs", "params": []}}},
    ],
}
CAUSE = {"id": "cause", "default_message": "Denied by %s.", "args": ["policy"]}
FORMS: dict[str, Any] = {
    "array": {"error_type": "UNAUTHORIZED", "messages": [AS_ARRAY, CAUSE], "data": {"asked": "drs"}},
    "map": {"error_type": "UNAUTHORIZED", "messages": [AS_MAP, CAUSE], "data": {"asked": "drs"}},
    "envelope": {
        "type": "com.vmware.vapi.std.errors.unauthorized",
        "value": {"messages": [AS_ARRAY, CAUSE], "data": {"asked": "drs"}},
    },
    "envelope with its type": {
        "type": "com.vmware.vapi.std.errors.unauthorized",
        "value": {"error_type": "UNAUTHORIZED", "messages": [AS_MAP, CAUSE], "data": {"asked": "drs"}},
    },
}
DOCUMENTED = ("GET /rest/vcenter/cluster", lambda client: client.vcenter.cluster.list())
UNDOCUMENTED = (
    "GET /api/vcenter/lcm/discovery/associated-products",
    lambda client: client.vcenter.lcm.discovery.associated_products.list(),
)


@pytest.fixture(scope="module")
def package(vcenter: Generated) -> Iterator[ModuleType]:
    with imported(vcenter.source, vcenter.module) as module:
        yield module


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("documented", [True, False], ids=["documented", "undocumented"])
def test_a_403_raises_unauthorized_with_its_messages(form: str, documented: bool, package: ModuleType) -> None:
    with recording() as server:
        client = package.Vcenter(server.origin, token="t")
        request, method = DOCUMENTED if documented else UNDOCUMENTED
        server.answers[request] = (403, FORMS[form])
        with pytest.raises(package.errors.Unauthorized) as caught:
            method(client)
    error = caught.value
    assert isinstance(error, package.VapiError)
    assert isinstance(error, package.ForbiddenError)
    assert error.message == "jo lacks 2 of privilege.drs."
    assert [str(message) for message in error.messages] == ["jo lacks 2 of privilege.drs.", "Denied by policy."]
    assert error.messages[0].params["count"].i == 2
    assert (error.error_type, error.status, error.data) == ("UNAUTHORIZED", 403, {"asked": "drs"})


@pytest.mark.parametrize(("status", "also"), [(400, "BadRequestError"), (500, "ServerError")])
def test_an_error_is_the_class_of_every_status_it_is_documented_under(
    status: int, also: str, package: ModuleType
) -> None:
    with recording() as server:
        client = package.Vcenter(server.origin, token="t")
        server.answers[DOCUMENTED[0]] = (status, {"error_type": "RESOURCE_BUSY", "messages": []})
        with pytest.raises(package.errors.ResourceBusy) as caught:
            DOCUMENTED[1](client)
    assert isinstance(caught.value, getattr(package.errors, also))
    assert caught.value.status == status


def test_every_documented_error_is_raised_as_a_class_of_its_status_and_named_so(package: ModuleType) -> None:
    api = read_api(SPECS / VCENTER, use_config=False).api
    seen = 0
    for operation in api.operations:
        named = {row.class_name for row in raised(api, operation)}
        for response in operation.responses:
            for error in errors_of(response, api.schemas, by_name(api.error_types)):
                kind = package.errors.FAMILY[error.value]
                assert issubclass(kind, class_by_status(package, int(response.status)))
                assert kind.__name__ in named or (response.status == "500" and error.value == "ERROR")
                seen += 1
    assert seen > 1500


def class_by_status(package: ModuleType, status: int) -> type[Exception]:
    found: type[Exception] = package._runtime.errors.class_by_status(status)
    return found
