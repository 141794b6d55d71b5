"""The whole line on one machine: generate, serve, call, test.  Run by `make demo`."""
