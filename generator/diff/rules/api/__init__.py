"""Rules about the API as a whole."""

from __future__ import annotations

from generator.diff.registry import Rule
from generator.diff.rules.api.info_description_changed import info_description_changed
from generator.diff.rules.api.info_title_changed import info_title_changed
from generator.diff.rules.api.info_version_lowered import info_version_lowered
from generator.diff.rules.api.info_version_raised import info_version_raised
from generator.diff.rules.api.server_prefix_changed import server_prefix_changed

RULES: tuple[Rule, ...] = (
    info_version_raised,
    info_version_lowered,
    info_title_changed,
    info_description_changed,
    server_prefix_changed,
)
