"""The three forms in which a 403 of vCenter 7.0.3 comes, raised as one exception with its messages parsed."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from tests.generated import imported
from tests.specs.published import Generated
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
