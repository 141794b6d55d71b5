"""The only stage that touches the disk: format once, replace atomically, keep a manifest of what was written."""

from generator.write.manifest import MANIFEST, Facts
from generator.write.writer import Written, write

__all__ = ["MANIFEST", "Facts", "Written", "write"]
