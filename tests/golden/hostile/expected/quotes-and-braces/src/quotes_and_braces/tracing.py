"""Spans of OpenTelemetry: `hooks=Tracing()`, with `pip install quotes-and-braces[otel]`."""

from ._runtime.tracing import TracerProvider, Tracing

__all__ = ["TracerProvider", "Tracing"]
