"""Rules about schemas in answers."""

from __future__ import annotations

from generator.diff.registry import Rule
from generator.diff.rules.response.became_enum import became_enum
from generator.diff.rules.response.became_not_nullable import became_not_nullable
from generator.diff.rules.response.became_nullable import became_nullable
from generator.diff.rules.response.became_open import became_open
from generator.diff.rules.response.constant_changed import constant_changed
from generator.diff.rules.response.discriminator_changed import discriminator_changed
from generator.diff.rules.response.enum_value_added import enum_value_added
from generator.diff.rules.response.enum_value_removed import enum_value_removed
from generator.diff.rules.response.format_added import format_added
from generator.diff.rules.response.format_changed import format_changed
from generator.diff.rules.response.format_removed import format_removed
from generator.diff.rules.response.free_keys_added import free_keys_added
from generator.diff.rules.response.free_keys_removed import free_keys_removed
from generator.diff.rules.response.max_items_lowered import max_items_lowered
from generator.diff.rules.response.max_items_raised import max_items_raised
from generator.diff.rules.response.max_length_lowered import max_length_lowered
from generator.diff.rules.response.max_length_raised import max_length_raised
from generator.diff.rules.response.max_properties_lowered import max_properties_lowered
from generator.diff.rules.response.max_properties_raised import max_properties_raised
from generator.diff.rules.response.maximum_lowered import maximum_lowered
from generator.diff.rules.response.maximum_raised import maximum_raised
from generator.diff.rules.response.min_items_lowered import min_items_lowered
from generator.diff.rules.response.min_items_raised import min_items_raised
from generator.diff.rules.response.min_length_lowered import min_length_lowered
from generator.diff.rules.response.min_length_raised import min_length_raised
from generator.diff.rules.response.min_properties_lowered import min_properties_lowered
from generator.diff.rules.response.min_properties_raised import min_properties_raised
from generator.diff.rules.response.minimum_lowered import minimum_lowered
from generator.diff.rules.response.minimum_raised import minimum_raised
from generator.diff.rules.response.multiple_of_loosened import multiple_of_loosened
from generator.diff.rules.response.multiple_of_tightened import multiple_of_tightened
from generator.diff.rules.response.optional_property_removed import optional_property_removed
from generator.diff.rules.response.pattern_added import pattern_added
from generator.diff.rules.response.pattern_changed import pattern_changed
from generator.diff.rules.response.pattern_removed import pattern_removed
from generator.diff.rules.response.property_added import property_added
from generator.diff.rules.response.property_became_optional import property_became_optional
from generator.diff.rules.response.property_became_required import property_became_required
from generator.diff.rules.response.property_became_write_only import property_became_write_only
from generator.diff.rules.response.property_default_changed import property_default_changed
from generator.diff.rules.response.property_deprecated import property_deprecated
from generator.diff.rules.response.property_description_changed import property_description_changed
from generator.diff.rules.response.property_no_longer_write_only import property_no_longer_write_only
from generator.diff.rules.response.property_undeprecated import property_undeprecated
from generator.diff.rules.response.required_property_removed import required_property_removed
from generator.diff.rules.response.tag_value_added import tag_value_added
from generator.diff.rules.response.tag_value_removed import tag_value_removed
from generator.diff.rules.response.type_changed import type_changed
from generator.diff.rules.response.type_narrowed import type_narrowed
from generator.diff.rules.response.type_widened import type_widened
from generator.diff.rules.response.union_member_added import union_member_added
from generator.diff.rules.response.union_member_removed import union_member_removed
from generator.diff.rules.response.unique_items_added import unique_items_added
from generator.diff.rules.response.unique_items_removed import unique_items_removed

RULES: tuple[Rule, ...] = (
    property_added,
    required_property_removed,
    optional_property_removed,
    property_became_optional,
    property_became_required,
    property_became_write_only,
    property_no_longer_write_only,
    property_deprecated,
    property_undeprecated,
    property_default_changed,
    property_description_changed,
    type_changed,
    type_narrowed,
    type_widened,
    format_added,
    format_removed,
    format_changed,
    became_nullable,
    became_not_nullable,
    enum_value_added,
    enum_value_removed,
    became_enum,
    became_open,
    constant_changed,
    free_keys_added,
    free_keys_removed,
    union_member_added,
    union_member_removed,
    discriminator_changed,
    tag_value_added,
    tag_value_removed,
    minimum_raised,
    minimum_lowered,
    maximum_lowered,
    maximum_raised,
    multiple_of_tightened,
    multiple_of_loosened,
    min_length_raised,
    min_length_lowered,
    max_length_lowered,
    max_length_raised,
    min_items_raised,
    min_items_lowered,
    max_items_lowered,
    max_items_raised,
    unique_items_added,
    unique_items_removed,
    min_properties_raised,
    min_properties_lowered,
    max_properties_lowered,
    max_properties_raised,
    pattern_added,
    pattern_changed,
    pattern_removed,
)
