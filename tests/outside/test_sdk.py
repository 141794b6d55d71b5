"""VMware's own client rehearses against the simulator: it signs in, reads, changes the mode and fails over."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.outside.bindings import MISSING
from tests.outside.conftest import ROOT
from tests.outside.serving import Serving, serving
from tests.specs.published import MISSING as NO_SPECS
from tests.specs.published import SPECS

requests = pytest.importorskip("requests", reason=MISSING)
vsphere = pytest.importorskip("vmware.vapi.vsphere.client", reason=MISSING)
errors = pytest.importorskip("com.vmware.vapi.std.errors_client", reason=MISSING)
cluster = pytest.importorskip("com.vmware.vcenter.vcha.cluster_client", reason=MISSING)
cis = pytest.importorskip("com.vmware.cis_client", reason=MISSING)
connect = pytest.importorskip("vmware.vapi.lib.connect", reason=MISSING)
factories = pytest.importorskip("vmware.vapi.stdlib.client.factories", reason=MISSING)
user_password = pytest.importorskip("vmware.vapi.security.user_password", reason=MISSING)
Modes = cluster.Mode.ClusterMode


class _Plain(requests.adapters.HTTPAdapter):
    """The client knows https alone, and the simulator has no certificate."""

    def send(self, request: Any, **how: Any) -> Any:
        request.url = request.url.replace("https://", "http://", 1)
        return super().send(request, **how)


class Server:
    """A simulator, and clients of it; `down` notes what stood between a client and its answer."""

    def __init__(self, at: Serving) -> None:
        self.at = at
        self._host = at.url.removeprefix("http://")
        self.down: list[str] = []

    def sign_in(self, password: str) -> str:
        """A session's token, by the stub alone: a client that cannot sign in recurses when it is deleted."""
        security = user_password.create_user_password_security_context(self.at.username, password)
        wire = connect.get_requests_connector(requests.Session(), url=f"{self.at.url}/api")
        wire.set_security_context(security)
        return cis.Session(factories.StubConfigurationFactory.new_std_configuration(wire)).create()

    def client(self, username: str = "") -> Any:
        """A client with a session of its own, which it ends when nobody holds it any more."""
        session = requests.Session()
        session.mount(f"https://{self._host}/", _Plain())
        return vsphere.create_vsphere_client(
            self._host, username or self.at.username, self.at.password, session=session
        )

    def through(self, call: Callable[[Any], Any], client: Any) -> Any:
        """What a call answers once the server is there again and the client has signed in anew where it must."""
        until = time.monotonic() + 30
        while True:
            assert time.monotonic() < until, self.down
            try:
                return call(client)
            except (requests.RequestException, errors.Unauthenticated, errors.ServiceUnavailable) as error:
                self.down.append(type(error).__name__)
                time.sleep(0.05)
                if isinstance(error, errors.Unauthenticated):
                    client = self.client()

    def wait(self, task: Any, client: Any) -> Any:
        """The record of a task that has ended; programs poll, since the client has no wait."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            info = self.through(lambda c: cis.Tasks(c.session_svc._config).get(task.get_task_id()), client)
            if info.status in ("SUCCEEDED", "FAILED"):
                return info
            time.sleep(0.05)
        raise AssertionError(info)


DESCRIPTIONS = {"fragment": ROOT / "spec/vcha.yaml", "9.1.1": SPECS / "vcenter-9.1.1/vcenter.yaml"}
QUICK = ("--failover-seconds", "0.2", "--outage", "0.4", "--unavailable", "0.3", "--task-seconds", "0.1")


@pytest.fixture(scope="module", params=DESCRIPTIONS)
def simulator(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    description = DESCRIPTIONS[request.param]
    if not description.is_file():
        pytest.skip(NO_SPECS)
    with serving(description, tmp_path_factory.mktemp("serve"), *QUICK) as served:
        yield served


@pytest.fixture
def server(simulator: Serving) -> Server:
    simulator.reset()
    return Server(simulator)


def test_it_signs_in_and_out(server: Server) -> None:
    client = server.client()
    assert client.session_svc.get().user == server.at.username
    client.session_svc.delete()
    with pytest.raises(errors.Unauthenticated):
        client.vcenter.vcha.Cluster.get()
    assert server.sign_in(server.at.password)
    with pytest.raises(errors.Unauthenticated):
        server.sign_in("wrong")


def test_it_reads_the_cluster(server: Server) -> None:
    administrator, reader = server.client(), server.client(server.at.reader)
    info = administrator.vcenter.vcha.Cluster.get()
    assert (info.mode, info.node1.runtime.role, info.node2.runtime.role) == ("ENABLED", "ACTIVE", "PASSIVE")
    assert info.node1.runtime.placement.storage.datastore
    partial = reader.vcenter.vcha.Cluster.get(partial=True)
    assert partial.node1.runtime.placement is None
    with pytest.raises(errors.Unauthorized):
        reader.vcenter.vcha.Cluster.get()


def test_it_changes_the_mode(server: Server) -> None:
    client = server.client()
    mode = client.vcenter.vcha.cluster.Mode
    task = mode.set_task(Modes.MAINTENANCE)
    assert server.wait(task, client).status == "SUCCEEDED"
    assert mode.get().mode == Modes.MAINTENANCE
    with pytest.raises(errors.AlreadyInDesiredState):
        mode.set_task(Modes.MAINTENANCE)
    with pytest.raises(errors.NotAllowedInCurrentState):
        cis.Tasks(client.session_svc._config).cancel(task.get_task_id())


def test_it_fails_over_through_an_outage(server: Server) -> None:
    client = server.client()
    task = client.vcenter.vcha.Cluster.failover_task(planned=True)
    info = server.wait(task, client)
    assert (info.status, info.service, info.operation) == ("SUCCEEDED", "com.vmware.vcenter.vcha.cluster", "failover")
    # It met all three: no connection, a server that starts, and the end of its session.
    assert {"ConnectionError", "HTTPError", "Unauthenticated"} <= set(server.down)
    again = server.client()
    after = again.vcenter.vcha.Cluster.get()
    assert (after.node1.runtime.role, after.node2.runtime.role) == ("PASSIVE", "ACTIVE")


def test_a_forced_failover_loses_the_record_of_its_task(server: Server) -> None:
    client = server.client()
    task = client.vcenter.vcha.Cluster.failover_task(planned=False)
    with pytest.raises(errors.NotFound):
        server.wait(task, client)
    again = server.client()
    assert again.vcenter.vcha.Cluster.get().node2.runtime.role == "ACTIVE"
