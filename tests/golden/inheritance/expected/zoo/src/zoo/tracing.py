"""Spans of OpenTelemetry: `hooks=Tracing()`, with `pip install zoo[otel]`."""

from ._runtime.tracing import TracerProvider, Tracing

__all__ = ["TracerProvider", "Tracing"]
