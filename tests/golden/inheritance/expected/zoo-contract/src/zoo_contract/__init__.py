"""Contract tests for Zoo."""
