"""Versions, builds and publishes what was generated."""
