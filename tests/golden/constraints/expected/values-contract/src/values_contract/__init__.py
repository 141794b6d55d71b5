"""Contract tests for Values."""
