"""The client package: calls, resources, errors."""
