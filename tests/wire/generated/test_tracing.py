"""Spans of OpenTelemetry by the semantic conventions for HTTP, into an in-memory exporter."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
from typing import Any

import pytest
from opentelemetry import baggage, context, trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from tests.generated import imported, read_spec, write_client
from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import Handler, Reply, Seen, client_of, operation, serving

SECRET = "hunter2-s3cr3t-p4ss"
GET = operation("/x/{id}", "get", [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}])
KINDS = pytest.mark.parametrize("kind", ["sync", "async"])


class Recorded:
    """An exporter that keeps spans, and the tracing of a package into it."""

    def __init__(self, package: Any) -> None:
        self._exporter = InMemorySpanExporter()
        self.provider = TracerProvider(shutdown_on_exit=False)
        self.provider.add_span_processor(SimpleSpanProcessor(self._exporter))
        self.hooks = package.tracing.Tracing(self.provider)

    @property
    def spans(self) -> tuple[ReadableSpan, ...]:
        return self._exporter.get_finished_spans()


def name_of(kind: type[BaseException]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def run(package: Any, kind: str, origin: str, call: Any, **options: Any) -> Any:
    if kind == "sync":
        with client_of(package)(origin, **options) as client:
            return call(client)

    async def main() -> Any:
        async with client_of(package, asynchronous=True)(origin, **options) as client:
            return await call(client)

    return asyncio.run(main())


def traced(package: Any, kind: str, handler: Handler, call: Any, **options: Any) -> tuple[Recorded, list[Seen], int]:
    recorded = Recorded(package)
    with serving(handler) as server:
        with contextlib.suppress(package.errors.SdkError):
            run(package, kind, server.origin, call, hooks=recorded.hooks, **options)
        assert SECRET not in "".join(span.to_json() for span in recorded.spans)
        return recorded, server.seen, server.port


@KINDS
def test_a_call_is_a_span(kind: str, generate: Generates) -> None:
    package = generate(**GET)
    recorded, _, port = traced(package, kind, lambda _: Reply(204), lambda c: c.x.call(id="a b"))
    (span,) = recorded.spans
    assert (span.name, span.kind, span.status.status_code) == ("x.call", SpanKind.CLIENT, StatusCode.UNSET)
    assert dict(span.attributes or {}) == {
        "http.request.method": "GET",
        "server.address": "127.0.0.1",
        "server.port": port,
        "url.full": f"http://127.0.0.1:{port}/x/a%20b",
        "http.response.status_code": 204,
    }
    assert span.instrumentation_scope.name == "thing"
    assert span.instrumentation_scope.version == package.__version__


@KINDS
def test_its_context_is_sent_along_and_it_is_a_child(kind: str, generate: Generates) -> None:
    package = generate(**GET)
    recorded = Recorded(package)
    tracer = recorded.provider.get_tracer("mine")
    with serving(lambda _: Reply(204)) as server:
        with tracer.start_as_current_span("outer") as outer:
            token = context.attach(baggage.set_baggage("who", "me"))
            try:
                run(package, kind, server.origin, lambda c: c.x.call(id="1"), hooks=recorded.hooks)
            finally:
                context.detach(token)
        (seen,) = server.seen
    span = recorded.spans[0]
    assert span.parent is not None
    assert span.parent.span_id == outer.get_span_context().span_id
    own = span.context
    assert seen.headers["traceparent"] == f"00-{own.trace_id:032x}-{own.span_id:016x}-{own.trace_flags:02x}"
    assert seen.headers["baggage"] == "who=me"


@KINDS
def test_each_repetition_is_a_span_of_its_own(kind: str, generate: Generates) -> None:
    package = generate(**GET)
    replies = [Reply(503), Reply(cut="reset"), Reply(204)]
    recorded, seen, _ = traced(package, kind, lambda _: replies.pop(0), lambda c: c.x.call(id="1"))
    found = [dict(span.attributes or {}) for span in recorded.spans]
    assert [each.get("http.request.resend_count") for each in found] == [None, 1, 2]
    assert [each.get("http.response.status_code") for each in found] == [503, None, 204]
    assert [each.get("error.type") for each in found] == ["503", name_of(package.errors.ConnectionFailed), None]
    codes = [span.status.status_code for span in recorded.spans]
    assert codes == [StatusCode.ERROR, StatusCode.ERROR, StatusCode.UNSET]
    assert recorded.spans[1].status.description == "connection reset"
    assert len({request.headers["traceparent"] for request in seen}) == 3


@KINDS
@pytest.mark.parametrize("status", [400, 401, 404, 500, 302])
def test_what_a_server_answers_is_told_by_its_status(kind: str, status: int, generate: Generates) -> None:
    package = generate(**GET)
    recorded, _, _ = traced(package, kind, lambda _: Reply(status), lambda c: c.x.call(id="1"), retries=0)
    (span,) = recorded.spans
    attributes = dict(span.attributes or {})
    assert attributes["http.response.status_code"] == status
    assert attributes.get("error.type") == (str(status) if status >= 400 else None)
    assert (span.status.status_code is StatusCode.ERROR) == (status >= 400)


@KINDS
@pytest.mark.parametrize(
    "scheme",
    [
        {"type": "apiKey", "in": "query", "name": "key"},
        {"type": "apiKey", "in": "header", "name": "X-Key"},
        {"type": "http", "scheme": "basic"},
    ],
)
def test_no_credential_stands_in_a_span(kind: str, scheme: dict[str, Any], generate: Generates) -> None:
    document = operation("/x", "get", [{"name": "q", "in": "query", "schema": {"type": "string"}}])
    document["components"] = {"securitySchemes": {"auth": scheme}}
    document["security"] = [{"auth": []}]
    given = {"username": "u", "password": SECRET} if scheme["type"] == "http" else {"api_key": SECRET}
    recorded, seen, _ = traced(
        generate(**document),
        kind,
        lambda _: Reply(204),
        lambda c: c.with_options(query={"more": SECRET}, headers={"X-More": SECRET}).x.call(q="1"),
        **given,
    )
    url = str(dict(recorded.spans[0].attributes or {})["url.full"])
    expected = "/x?q=1&more=REDACTED" + ("&key=REDACTED" if "key" in scheme.values() else "")
    assert url.endswith(expected)
    assert SECRET in seen[0].target


@KINDS
def test_an_unknown_method_is_other(kind: str, generate: Generates) -> None:
    recorded, _, _ = traced(generate(**GET), kind, lambda _: Reply(204), lambda c: c.request("PURGE", "/x"))
    attributes = dict(recorded.spans[0].attributes or {})
    assert attributes["http.request.method"] == "_OTHER"
    assert attributes["http.request.method_original"] == "PURGE"


@KINDS
def test_an_answer_that_is_too_large_has_its_status(kind: str, generate: Generates) -> None:
    package = generate(**GET)
    recorded, _, _ = traced(
        package, kind, lambda _: Reply(200, body=b"x" * 99), lambda c: c.x.call(id="1"), max_answer_bytes=9
    )
    attributes = dict(recorded.spans[0].attributes or {})
    assert attributes["http.response.status_code"] == 200
    assert attributes["error.type"] == name_of(package._runtime.AnswerTooLarge)


@KINDS
def test_spans_end_although_another_hook_refuses(kind: str, generate: Generates) -> None:
    package = generate(**GET)
    recorded = Recorded(package)

    def refuse(_: Any) -> None:
        raise KeyError(SECRET)

    hooks = [recorded.hooks, package.hooks.Hooks(before_request=refuse)]
    with pytest.raises(KeyError):
        run(package, kind, "http://127.0.0.1:1", lambda c: c.x.call(id="1"), hooks=hooks)
    (span,) = recorded.spans
    assert dict(span.attributes or {})["error.type"] == "KeyError"
    assert SECRET not in span.to_json()


@KINDS
def test_the_global_provider_is_the_default(kind: str, generate: Generates, monkeypatch: pytest.MonkeyPatch) -> None:
    package = generate(**GET)
    recorded = Recorded(package)
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: recorded.provider)
    with serving(lambda _: Reply(204)) as server:
        run(package, kind, server.origin, lambda c: c.x.call(id="1"), hooks=package.tracing.Tracing())
    assert [span.name for span in recorded.spans] == ["x.call"]


def test_nothing_of_it_is_imported_until_it_is_asked_for(tmp_path: Any) -> None:
    described = read_spec()
    source = write_client(described.api, described.config, described.document, tmp_path)
    code = """
import sys
from vcenter_vcha import VCenter
VCenter("http://127.0.0.1:1").vcha.cluster.mode
loaded = {name.split(".")[-1] for name in sys.modules if name.startswith("vcenter_vcha")}
assert not loaded & {"hooks", "telling", "masked", "tracing", "environment"}, loaded
assert not [name for name in sys.modules if name.startswith("opentelemetry")]
import vcenter_vcha.tracing
assert not [name for name in sys.modules if name.startswith("opentelemetry")]
sys.modules["opentelemetry"] = None
try:
    vcenter_vcha.tracing.Tracing()
except ImportError as error:
    assert "the extra `otel`" in str(error), error
else:
    raise AssertionError
"""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env={"PYTHONPATH": str(source)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with imported(source, "vcenter_vcha") as package:
        assert package.tracing.Tracing
    assert 'otel = ["opentelemetry-api>=' in (source.parent / "pyproject.toml").read_text()
