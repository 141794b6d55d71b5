"""The rules of the comparison, one file an area."""
