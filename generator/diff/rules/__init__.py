"""The rules of the comparison, area by area; each package lists its own."""
