"""The documentation: its pages, and the code that writes the reference pages from the toolkit."""
