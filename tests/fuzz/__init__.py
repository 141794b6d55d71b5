"""Descriptions that nobody would write, through every command: `python -m tests.fuzz --count 300 --seed 1`."""
