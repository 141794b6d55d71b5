"""The repairs that are made to a description."""

from __future__ import annotations

from vcsdk.normalize.rules import RULES

from docs.pages.markdown import code, reason, table

_HEAD = """# Repairs

What descriptions get wrong in known ways is mended before anything else, in this order. `repairs.off` in the
[configuration](../configuration.md) switches one off; `vcsdk lint DESCRIPTION --places` shows each place.

"""


def page() -> str:
    """The page: id, level and reason of each repair."""
    rows = ((code(rule.id), rule.level.value, reason(rule.make)) for rule in RULES)
    return _HEAD + table(("repair", "level", "what is mended"), rows)
