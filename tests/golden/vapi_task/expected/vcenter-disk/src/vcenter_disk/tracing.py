"""Spans of OpenTelemetry: `hooks=Tracing()`, with `pip install vcenter-disk[otel]`."""

from ._runtime.tracing import TracerProvider, Tracing

__all__ = ["TracerProvider", "Tracing"]
