"""Contract tests for vCenter High Availability."""
