"""What the contract tests stand on: hand-written, copied verbatim beside them, and free of the toolkit."""

from .answers import Answer
from .operations import Catalogue, Effect, Operation
from .target import ABSENT, DOCUMENTED, Target

__all__ = ["ABSENT", "DOCUMENTED", "Answer", "Catalogue", "Effect", "Operation", "Target"]
