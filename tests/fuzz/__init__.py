"""Attacks every command with descriptions that nobody would write (`make fuzz`)."""
