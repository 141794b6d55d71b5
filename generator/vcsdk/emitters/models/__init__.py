"""The models of the client package."""
