"""vcsdk: turns an OpenAPI description of vCenter into a typed client, models and contract tests."""

__version__ = "0.1.0"
