"""The configuration beside a description: its model below, the reading of it above."""
