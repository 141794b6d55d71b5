"""Values of schemas: judging one, and making one up, for who serves answers and for who sends requests."""
