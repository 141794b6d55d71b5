"""The package of contract tests."""
