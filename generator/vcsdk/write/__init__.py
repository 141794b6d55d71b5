"""The only stage that touches the disk: format once, replace atomically, keep a manifest of what was written."""

from vcsdk.write.manifest import MANIFEST, Facts
from vcsdk.write.writer import Written, write

__all__ = ["MANIFEST", "Facts", "Written", "write"]
