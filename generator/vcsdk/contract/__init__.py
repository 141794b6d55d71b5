"""Running the contract suite against a target, and telling what came of it."""
