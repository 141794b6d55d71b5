"""Failovers by the hundred, with outages, cuts and forks by chance: each is decided, and was asked for once."""
