"""VMware's own JSON-RPC client on top of a simulator without a socket, and inputs that its types build."""

from __future__ import annotations

from typing import Any

import pytest
from vcsdk.simulator.application import Application, encode
from vcsdk.simulator.routing import Target

from tests.outside.bindings import MISSING, Bound, fields_of, types, unwrapped

core = pytest.importorskip("vmware.vapi.core", reason=MISSING)
data = pytest.importorskip("vmware.vapi.data.value", reason=MISSING)
http = pytest.importorskip("vmware.vapi.protocol.client.http_lib", reason=MISSING)
connector = pytest.importorskip("vmware.vapi.protocol.client.msg.json_connector", reason=MISSING)
converter = pytest.importorskip("vmware.vapi.bindings.converter", reason=MISSING)
session = pytest.importorskip("vmware.vapi.security.session", reason=MISSING)
password = pytest.importorskip("vmware.vapi.security.user_password", reason=MISSING)
rpc = pytest.importorskip("vmware.vapi.protocol.client.rpc.provider", reason=MISSING)

errors = pytest.importorskip("com.vmware.vapi.std.errors_client", reason=MISSING)
common = pytest.importorskip("vmware.vapi.bindings.common", reason=MISSING)

# The bindings' standard errors by the name of their structure.
STANDARD = {
    made.get_binding_type().name: made.get_binding_type()
    for made in vars(errors).values()
    if isinstance(made, type) and issubclass(made, errors.Error)
}
RESOLVER = common.NameToTypeResolver(STANDARD)
_TEXTS = {types.DateTimeType: "2026-01-15T12:00:00.000Z", types.URIType: "https://vc.example.com/"}


class _Wire(rpc.HTTPProvider):
    def __init__(self, application: Application) -> None:
        super().__init__()
        self._application = application

    def connect(self) -> _Wire:
        return self

    def disconnect(self) -> None:
        """Nothing is open."""

    def do_request(self, request: Any) -> Any:
        headers = {name.lower(): value for name, value in request.headers.items()}
        reply, _ = self._application.serve(Target("POST", "/api", ()), headers, request.body)
        return http.HTTPResponse(reply.status, dict(reply.headers), encode(reply)[0], None)


class Client:
    """Invokes operations as VMware's stubs do, each in a session of its own."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._provider = connector.JsonClientProvider(_Wire(application), [])

    def invoke(self, operation: Bound, given: Any, security: Any = None) -> Any:
        """The result of an invocation: `output` or `error`."""
        if security is None:
            options = self.application.options
            if operation.id == "com.vmware.cis.session.create":
                security = password.create_user_password_security_context(options.username, options.password)
            else:
                security = session.create_session_security_context(self.application.sessions.create(options.username))
        context = core.ExecutionContext(core.ApplicationContext({"opId": "outside"}), security)
        return self._provider.invoke(operation.service, operation.name, given, context)


def converted(value: Any, type_: Any) -> Any:
    """The value as the bindings' Python; strict about names, and about which fields there are.

    Raises:
        AssertionError: The value is none of the type.
    """
    problems = type_.definition.validate(value)
    assert not problems, [str(problem) for problem in problems]
    return converter.TypeConverter.convert_to_python(value, type_, RESOLVER)


def raised(value: Any, type_: Any) -> Any:
    """The exception that the bindings make of an error; they do not miss fields that a description is too old for."""
    return converter.TypeConverter.convert_to_python(value, type_, RESOLVER)


def arguments(operation: Bound, *, full: bool) -> Any:
    """An input that the operation's types build, with or without what is optional."""
    made = data.StructValue("operation-input")
    for name, type_ in operation.fields.items():
        made.set_field(name, sample(type_, full, 0))
    return made


def sample(type_: Any, full: bool, depth: int, *, is_item: bool = False) -> Any:
    """A value of a type of the bindings."""
    inner, optional = unwrapped(type_)
    if optional:
        # REST cannot say of an item of a list, or of a map's value, that it is not set.
        wanted = is_item or (full and depth < 4)
        return data.OptionalValue(sample(inner, full, depth + 1) if wanted else None)
    if isinstance(inner, types.DynamicStructType | types.OpaqueType | types.AnyErrorType):
        return data.StructValue("any.structure")
    if isinstance(inner, types.StructType):
        made = data.StructValue(inner.name)
        for name, member in fields_of(inner).items():
            made.set_field(name, sample(member, full, depth + 1))
        return made
    if isinstance(inner, types.ListType | types.SetType):
        return data.ListValue([sample(inner.element_type, full, depth + 1, is_item=True)])
    if isinstance(inner, types.MapType):
        entry = data.StructValue("map-entry")
        entry.set_field("key", sample(inner.key_type, full, depth + 1))
        entry.set_field("value", sample(inner.value_type, full, depth + 1, is_item=True))
        return data.ListValue([entry])
    if isinstance(inner, types.EnumType):
        return data.StringValue(str(inner.binding_class.get_values()[0]))
    if isinstance(inner, types.IntegerType):
        return data.IntegerValue(1)
    if isinstance(inner, types.DoubleType):
        return data.DoubleValue(0.5)
    if isinstance(inner, types.BooleanType):
        return data.BooleanValue(True)
    if isinstance(inner, types.SecretType):
        return data.SecretValue("secret")
    if isinstance(inner, types.BlobType):
        return data.BlobValue(b"example")
    return data.StringValue(_TEXTS.get(type(inner), "example"))
