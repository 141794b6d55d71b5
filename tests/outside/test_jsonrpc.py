"""The simulator's JSON-RPC as VMware's bindings read it, operation by operation and strictly, without a socket."""

from __future__ import annotations

import pytest
from vcsdk.pipeline import Described
from vcsdk.simulator.application import Application
from vcsdk.simulator.jsonrpc.names import service_and_operation
from vcsdk.simulator.options import SimulatorOptions

from tests.outside.bindings import Bound, operations, unwrapped
from tests.outside.invoking import STANDARD, Client, arguments, converted, data, errors, raised, session
from tests.outside.known import complaints, read

CLUSTER = "com.vmware.vcenter.vcha.cluster"
NOT_FOUND = "com.vmware.vapi.std.errors.not_found"


def client(description: Described, **options: object) -> Client:
    return Client(
        Application(description, SimulatorOptions(**{"task_seconds": 0.0, "failover_seconds": 1e6, **options}))
    )


def bound(service: str, name: str) -> Bound:
    return operations()[service.replace("_", ""), name]


def fields(**values: object) -> object:
    given = data.StructValue("operation-input")
    for name, value in values.items():
        given.set_field(name, value)
    return given


def output(asked: Client, service: str, name: str, given: object = None) -> object:
    operation = bound(service, name)
    result = asked.invoke(operation, given or fields())
    assert result.error is None, result.error
    return converted(result.output, operation.output)


def refusal(asked: Client, service: str, name: str, given: object = None, security: object = None) -> object:
    """The error of an invocation, which must be one of the operation's or of those that any operation may have."""
    operation = bound(service, name)
    result = asked.invoke(operation, given or fields(), security)
    assert result.error is not None
    type_ = unwrapped(operation.errors.get(result.error.name) or STANDARD[result.error.name])[0]
    return raised(result.error, type_)


def names(description: Described) -> list[Bound]:
    ids = {service_and_operation(operation.operation_id) for operation in description.api.operations}
    return [operation for key, operation in operations().items() if key in ids]


def test_every_operation_of_the_fragment_can_be_invoked(fragment: Described) -> None:
    assert len(names(fragment)) == len(fragment.api.operations) == 11


def test_what_the_fragment_answers_is_accepted(fragment: Described) -> None:
    asked = client(fragment)
    assert output(asked, "com.vmware.cis.session", "create")
    assert output(asked, "com.vmware.cis.session", "get").user == "administrator@vsphere.local"
    assert output(asked, "com.vmware.cis.session", "delete") is None
    assert output(asked, "com.vmware.appliance.system.version", "get").name
    assert output(asked, f"{CLUSTER}.mode", "get").mode == "ENABLED"
    assert output(asked, "com.vmware.vcenter.vcha.operations", "get").active == set()
    assert output(asked, CLUSTER, "failover$task", fields(planned=data.BooleanValue(True)))
    assert output(asked, "com.vmware.vcenter.vcha.operations", "get").active == {"vcenter.vcha.cluster.failover"}


@pytest.mark.parametrize("down", [(), ("witness",), ("node2", "witness")], ids=len)
@pytest.mark.parametrize("partial", [None, False, True])
def test_the_cluster_is_accepted_in_every_state(
    fragment: Described, down: tuple[str, ...], partial: bool | None
) -> None:
    asked = client(fragment, members_down=down)
    given = fields(
        vc_spec=data.OptionalValue(None),
        partial=data.OptionalValue(None if partial is None else data.BooleanValue(partial)),
    )
    info = output(asked, CLUSTER, "get", given)
    assert len(info.health_warnings or ()) == len(down)
    assert (info.node1.runtime.placement is None) is (partial is True)


@pytest.mark.parametrize("state", ["PENDING", "RUNNING", "SUCCEEDED", "FAILED", "canceled"])
def test_a_task_is_accepted_in_every_state(fragment: Described, state: str) -> None:
    asked = client(fragment, task_seconds=1e6, failover_fails=True)
    application = asked.application
    task_id = output(asked, f"{CLUSTER}.mode", "set$task", fields(mode=data.StringValue("MAINTENANCE")))
    task = application.tasks.get(task_id)
    if state == "canceled":
        output(asked, "com.vmware.cis.tasks", "cancel", fields(task=data.StringValue(task_id)))
    elif state == "FAILED":
        application.cluster._fail_over(task, planned=True)
        application.tasks.finish(task)
    elif state == "SUCCEEDED":
        application.tasks.finish(task)
    else:
        task.status = state
    given = arguments(bound("com.vmware.cis.tasks", "get"), full=True)
    given.set_field("task", data.StringValue(task_id))
    info = output(asked, "com.vmware.cis.tasks", "get", given)
    assert info.status == ("FAILED" if state == "canceled" else state)
    kinds = {"canceled": errors.Canceled, "FAILED": errors.ResourceInaccessible}
    assert isinstance(info.error, kinds.get(state, type(None)))


def test_what_the_fragment_refuses_is_accepted(fragment: Described) -> None:
    asked = client(fragment)
    no_session = session.create_session_security_context("x")
    for operation in names(fragment):
        given = arguments(operation, full=False)
        said = refusal(asked, operation.service, operation.name, given, no_session)
        assert isinstance(said, errors.Unauthenticated)
        assert said.messages
    reader = session.create_session_security_context(asked.application.sessions.create("guest@vsphere.local"))
    for service, name in ((CLUSTER, "get"), (CLUSTER, "failover$task"), (f"{CLUSTER}.mode", "get")):
        given = arguments(bound(service, name), full=False)
        assert isinstance(refusal(asked, service, name, given, reader), errors.Unauthorized)
    unknown = fields(task=data.StringValue("x"))
    assert isinstance(refusal(asked, "com.vmware.cis.tasks", "cancel", unknown), errors.NotFound)
    wrong = fields(mode=data.StringValue("SLEEPING"))
    assert isinstance(refusal(asked, f"{CLUSTER}.mode", "set$task", wrong), errors.InvalidArgument)
    same = fields(mode=data.StringValue("ENABLED"))
    assert isinstance(refusal(asked, f"{CLUSTER}.mode", "set$task", same), errors.AlreadyInDesiredState)
    task = output(asked, CLUSTER, "failover$task", fields(planned=data.BooleanValue(True)))
    running = fields(task=data.StringValue(task))
    assert isinstance(refusal(asked, "com.vmware.cis.tasks", "cancel", running), errors.Unsupported)
    again = fields(planned=data.BooleanValue(True))
    assert isinstance(refusal(asked, CLUSTER, "failover$task", again), errors.NotAllowedInCurrentState)


def test_every_operation_of_the_release_takes_what_its_types_build_and_answers_in_them(vcenter: Described) -> None:
    asked = client(vcenter)
    found, unknown = [], set()
    invoked = names(vcenter)
    for operation in invoked:
        for full in (False, True):
            asked.application.reset()
            result = asked.invoke(operation, arguments(operation, full=full))
            if result.error is not None and result.error.name == NOT_FOUND and NOT_FOUND in operation.errors:
                # What the types build names identifiers that nobody made.
                assert isinstance(raised(result.error, unwrapped(operation.errors[NOT_FOUND])[0]), errors.NotFound)
                unknown.add(operation.id)
            elif result.error is not None:
                found.append(f"{operation.id}: {result.error.name}")
            elif problems := unwrapped(operation.output)[0].definition.validate(result.output):
                found.append(f"{operation.id}: {problems[-1]}")
    assert len(invoked) == 1316
    assert len(unknown) < len(invoked) / 4
    said = complaints(found, read("answers-9.1.1.toml"))
    assert said == [], "\n".join(said)
