"""Mutants: a layer between suite and simulator, which knows no API, changes what passes through it in one way each."""
