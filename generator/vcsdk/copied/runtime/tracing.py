"""Spans of OpenTelemetry, one for each request: `hooks=Tracing()`.  Needs opentelemetry-api, the extra `otel`."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any, Protocol

from .errors import ArgumentError, ConnectionFailed, OutcomeUnknown
from .hooks import HookRequest, HookResponse, Hooks
from .log import logger
from .target import PORTS

_METHODS = frozenset({"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE"})
_SCHEMA = "https://opentelemetry.io/schemas/1.23.0"
"""Since then the HTTP conventions are stable."""


class TracerProvider(Protocol):
    """What OpenTelemetry calls so."""

    def get_tracer(self, instrumenting_module_name: str, /, *args: Any, **kwargs: Any) -> Any:
        """A tracer by the name of who uses it."""


class Tracing(Hooks):
    """Makes a span of each request, by the semantic conventions for HTTP, and sends its context along (`traceparent`).

    A span is called as the operation is, is a child of what is current where the call is made, and ends with the
    answer; that of a stream with its head.  Neither credentials nor what else may be a secret stand in it.

    Args:
        tracer_provider: Makes the tracer; None means the global one.

    Raises:
        ImportError: There is no OpenTelemetry.
    """

    def __init__(self, tracer_provider: TracerProvider | None = None) -> None:
        super().__init__(before_request=self._begin, after_response=self._end, on_error=self._fail)
        try:
            self._trace = import_module("opentelemetry.trace")
            self._propagate = import_module("opentelemetry.propagate")
        except ImportError:
            raise ImportError(
                "tracing needs opentelemetry-api, which the extra `otel` of this package brings"
            ) from None
        package = logger.name
        self._tracer: Any = self._trace.get_tracer(
            package,
            getattr(sys.modules.get(package), "__version__", None),
            tracer_provider=tracer_provider,
            schema_url=_SCHEMA,
        )

    def _begin(self, request: HookRequest) -> None:
        url = request.reveal().url
        attributes: dict[str, str | int] = {
            "http.request.method": request.method if request.method in _METHODS else "_OTHER",
            "server.address": url.host,
            "server.port": url.port or PORTS[url.scheme],
            "url.full": request._masked_url("REDACTED"),
        }
        if request.method not in _METHODS:
            attributes["http.request.method_original"] = request.method
        if request.resend_count:
            attributes["http.request.resend_count"] = request.resend_count
        kind = self._trace.SpanKind.CLIENT
        span = self._tracer.start_span(request.operation, kind=kind, attributes=attributes)
        request.state[self] = span
        carrier: dict[str, str] = {}
        self._propagate.inject(carrier, context=self._trace.set_span_in_context(span))
        for name, value in carrier.items():
            try:
                request.add_header(name, value)
            except ArgumentError:
                logger.warning("%s: a propagator has a header that cannot be sent", request.operation)

    def _end(self, request: HookRequest, response: HookResponse) -> None:
        span = request.state.pop(self)
        span.set_attribute("http.response.status_code", response.status)
        if response.status >= 400:
            self._failed(span, str(response.status))
        span.end()

    def _fail(self, request: HookRequest, error: BaseException) -> None:
        span = request.state.pop(self)
        status = getattr(error, "status", None)
        if isinstance(status, int):
            span.set_attribute("http.response.status_code", status)
        kind = type(error)
        name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
        self._failed(span, name, error.reason if isinstance(error, ConnectionFailed | OutcomeUnknown) else None)
        span.end()

    def _failed(self, span: Any, kind: str, reason: str | None = None) -> None:
        span.set_attribute("error.type", kind)
        span.set_status(self._trace.StatusCode.ERROR, reason)
