"""Contract tests for vCenter disks."""
