"""Contract tests for Lamp."""
