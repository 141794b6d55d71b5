"""Rules about errors."""

from __future__ import annotations

from generator.diff.registry import Rule
from generator.diff.rules.errors.error_content_type_added import error_content_type_added
from generator.diff.rules.errors.error_content_type_removed import error_content_type_removed
from generator.diff.rules.errors.error_family_gained import error_family_gained
from generator.diff.rules.errors.error_family_lost import error_family_lost
from generator.diff.rules.errors.error_property_added import error_property_added
from generator.diff.rules.errors.error_property_became_optional import error_property_became_optional
from generator.diff.rules.errors.error_property_became_required import error_property_became_required
from generator.diff.rules.errors.error_property_removed import error_property_removed
from generator.diff.rules.errors.error_type_added import error_type_added
from generator.diff.rules.errors.error_type_removed import error_type_removed

RULES: tuple[Rule, ...] = (
    error_type_added,
    error_type_removed,
    error_family_lost,
    error_family_gained,
    error_property_added,
    error_property_removed,
    error_property_became_optional,
    error_property_became_required,
    error_content_type_removed,
    error_content_type_added,
)
