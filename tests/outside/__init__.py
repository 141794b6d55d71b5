"""The product held to software that nobody here wrote; each part skips with its reason where that is not installed."""
