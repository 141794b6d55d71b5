"""Rules about parameters."""

from __future__ import annotations

from generator.diff.registry import Rule
from generator.diff.rules.parameters.optional_parameter_added import optional_parameter_added
from generator.diff.rules.parameters.parameter_allow_reserved_changed import parameter_allow_reserved_changed
from generator.diff.rules.parameters.parameter_became_enum import parameter_became_enum
from generator.diff.rules.parameters.parameter_became_not_nullable import parameter_became_not_nullable
from generator.diff.rules.parameters.parameter_became_nullable import parameter_became_nullable
from generator.diff.rules.parameters.parameter_became_open import parameter_became_open
from generator.diff.rules.parameters.parameter_became_optional import parameter_became_optional
from generator.diff.rules.parameters.parameter_became_required import parameter_became_required
from generator.diff.rules.parameters.parameter_content_type_changed import parameter_content_type_changed
from generator.diff.rules.parameters.parameter_default_added import parameter_default_added
from generator.diff.rules.parameters.parameter_default_changed import parameter_default_changed
from generator.diff.rules.parameters.parameter_default_removed import parameter_default_removed
from generator.diff.rules.parameters.parameter_deprecated import parameter_deprecated
from generator.diff.rules.parameters.parameter_description_changed import parameter_description_changed
from generator.diff.rules.parameters.parameter_enum_value_added import parameter_enum_value_added
from generator.diff.rules.parameters.parameter_enum_value_removed import parameter_enum_value_removed
from generator.diff.rules.parameters.parameter_explode_changed import parameter_explode_changed
from generator.diff.rules.parameters.parameter_format_added import parameter_format_added
from generator.diff.rules.parameters.parameter_format_changed import parameter_format_changed
from generator.diff.rules.parameters.parameter_format_removed import parameter_format_removed
from generator.diff.rules.parameters.parameter_items_narrowed import parameter_items_narrowed
from generator.diff.rules.parameters.parameter_items_widened import parameter_items_widened
from generator.diff.rules.parameters.parameter_length_narrowed import parameter_length_narrowed
from generator.diff.rules.parameters.parameter_length_widened import parameter_length_widened
from generator.diff.rules.parameters.parameter_location_changed import parameter_location_changed
from generator.diff.rules.parameters.parameter_pattern_added import parameter_pattern_added
from generator.diff.rules.parameters.parameter_pattern_changed import parameter_pattern_changed
from generator.diff.rules.parameters.parameter_pattern_removed import parameter_pattern_removed
from generator.diff.rules.parameters.parameter_properties_narrowed import parameter_properties_narrowed
from generator.diff.rules.parameters.parameter_properties_widened import parameter_properties_widened
from generator.diff.rules.parameters.parameter_range_narrowed import parameter_range_narrowed
from generator.diff.rules.parameters.parameter_range_widened import parameter_range_widened
from generator.diff.rules.parameters.parameter_removed import parameter_removed
from generator.diff.rules.parameters.parameter_style_changed import parameter_style_changed
from generator.diff.rules.parameters.parameter_type_changed import parameter_type_changed
from generator.diff.rules.parameters.parameter_type_narrowed import parameter_type_narrowed
from generator.diff.rules.parameters.parameter_type_widened import parameter_type_widened
from generator.diff.rules.parameters.parameter_undeprecated import parameter_undeprecated
from generator.diff.rules.parameters.path_parameter_renamed import path_parameter_renamed
from generator.diff.rules.parameters.required_parameter_added import required_parameter_added

RULES: tuple[Rule, ...] = (
    required_parameter_added,
    optional_parameter_added,
    parameter_removed,
    path_parameter_renamed,
    parameter_location_changed,
    parameter_became_required,
    parameter_became_optional,
    parameter_style_changed,
    parameter_explode_changed,
    parameter_allow_reserved_changed,
    parameter_content_type_changed,
    parameter_default_added,
    parameter_default_removed,
    parameter_default_changed,
    parameter_deprecated,
    parameter_undeprecated,
    parameter_description_changed,
    parameter_type_changed,
    parameter_type_narrowed,
    parameter_type_widened,
    parameter_format_added,
    parameter_format_removed,
    parameter_format_changed,
    parameter_became_nullable,
    parameter_became_not_nullable,
    parameter_enum_value_added,
    parameter_enum_value_removed,
    parameter_became_enum,
    parameter_became_open,
    parameter_range_narrowed,
    parameter_range_widened,
    parameter_length_narrowed,
    parameter_length_widened,
    parameter_items_narrowed,
    parameter_items_widened,
    parameter_properties_narrowed,
    parameter_properties_widened,
    parameter_pattern_added,
    parameter_pattern_changed,
    parameter_pattern_removed,
)
