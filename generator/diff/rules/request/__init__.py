"""Rules about schemas in requests."""

from __future__ import annotations

from generator.diff.registry import Rule
from generator.diff.rules.request.became_enum import became_enum
from generator.diff.rules.request.became_not_nullable import became_not_nullable
from generator.diff.rules.request.became_nullable import became_nullable
from generator.diff.rules.request.became_open import became_open
from generator.diff.rules.request.constant_changed import constant_changed
from generator.diff.rules.request.discriminator_changed import discriminator_changed
from generator.diff.rules.request.enum_value_added import enum_value_added
from generator.diff.rules.request.enum_value_removed import enum_value_removed
from generator.diff.rules.request.format_added import format_added
from generator.diff.rules.request.format_changed import format_changed
from generator.diff.rules.request.format_removed import format_removed
from generator.diff.rules.request.free_keys_allowed import free_keys_allowed
from generator.diff.rules.request.free_keys_refused import free_keys_refused
from generator.diff.rules.request.max_items_lowered import max_items_lowered
from generator.diff.rules.request.max_items_raised import max_items_raised
from generator.diff.rules.request.max_length_lowered import max_length_lowered
from generator.diff.rules.request.max_length_raised import max_length_raised
from generator.diff.rules.request.max_properties_lowered import max_properties_lowered
from generator.diff.rules.request.max_properties_raised import max_properties_raised
from generator.diff.rules.request.maximum_lowered import maximum_lowered
from generator.diff.rules.request.maximum_raised import maximum_raised
from generator.diff.rules.request.min_items_lowered import min_items_lowered
from generator.diff.rules.request.min_items_raised import min_items_raised
from generator.diff.rules.request.min_length_lowered import min_length_lowered
from generator.diff.rules.request.min_length_raised import min_length_raised
from generator.diff.rules.request.min_properties_lowered import min_properties_lowered
from generator.diff.rules.request.min_properties_raised import min_properties_raised
from generator.diff.rules.request.minimum_lowered import minimum_lowered
from generator.diff.rules.request.minimum_raised import minimum_raised
from generator.diff.rules.request.multiple_of_loosened import multiple_of_loosened
from generator.diff.rules.request.multiple_of_tightened import multiple_of_tightened
from generator.diff.rules.request.optional_property_added import optional_property_added
from generator.diff.rules.request.pattern_added import pattern_added
from generator.diff.rules.request.pattern_changed import pattern_changed
from generator.diff.rules.request.pattern_removed import pattern_removed
from generator.diff.rules.request.property_became_optional import property_became_optional
from generator.diff.rules.request.property_became_read_only import property_became_read_only
from generator.diff.rules.request.property_became_required import property_became_required
from generator.diff.rules.request.property_default_added import property_default_added
from generator.diff.rules.request.property_default_changed import property_default_changed
from generator.diff.rules.request.property_default_removed import property_default_removed
from generator.diff.rules.request.property_deprecated import property_deprecated
from generator.diff.rules.request.property_description_changed import property_description_changed
from generator.diff.rules.request.property_no_longer_read_only import property_no_longer_read_only
from generator.diff.rules.request.property_removed import property_removed
from generator.diff.rules.request.property_undeprecated import property_undeprecated
from generator.diff.rules.request.required_property_added import required_property_added
from generator.diff.rules.request.tag_value_added import tag_value_added
from generator.diff.rules.request.tag_value_removed import tag_value_removed
from generator.diff.rules.request.type_changed import type_changed
from generator.diff.rules.request.type_narrowed import type_narrowed
from generator.diff.rules.request.type_widened import type_widened
from generator.diff.rules.request.union_member_added import union_member_added
from generator.diff.rules.request.union_member_removed import union_member_removed
from generator.diff.rules.request.unique_items_added import unique_items_added
from generator.diff.rules.request.unique_items_removed import unique_items_removed

RULES: tuple[Rule, ...] = (
    required_property_added,
    optional_property_added,
    property_removed,
    property_became_required,
    property_became_optional,
    property_became_read_only,
    property_no_longer_read_only,
    property_deprecated,
    property_undeprecated,
    property_default_added,
    property_default_removed,
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
    free_keys_allowed,
    free_keys_refused,
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
