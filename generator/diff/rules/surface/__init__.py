"""Rules about the Python names of generated packages."""

from __future__ import annotations

from generator.diff.registry import Rule
from generator.diff.rules.surface.alias_added import alias_added
from generator.diff.rules.surface.alias_removed import alias_removed
from generator.diff.rules.surface.alias_type_changed import alias_type_changed
from generator.diff.rules.surface.alias_type_narrowed import alias_type_narrowed
from generator.diff.rules.surface.alias_type_widened import alias_type_widened
from generator.diff.rules.surface.base_added import base_added
from generator.diff.rules.surface.base_removed import base_removed
from generator.diff.rules.surface.class_added import class_added
from generator.diff.rules.surface.class_kind_changed import class_kind_changed
from generator.diff.rules.surface.class_moved import class_moved
from generator.diff.rules.surface.class_removed import class_removed
from generator.diff.rules.surface.exception_added import exception_added
from generator.diff.rules.surface.exception_removed import exception_removed
from generator.diff.rules.surface.export_added import export_added
from generator.diff.rules.surface.export_moved import export_moved
from generator.diff.rules.surface.export_removed import export_removed
from generator.diff.rules.surface.field_added import field_added
from generator.diff.rules.surface.field_became_optional import field_became_optional
from generator.diff.rules.surface.field_became_required import field_became_required
from generator.diff.rules.surface.field_default_changed import field_default_changed
from generator.diff.rules.surface.field_removed import field_removed
from generator.diff.rules.surface.field_type_changed import field_type_changed
from generator.diff.rules.surface.field_type_narrowed import field_type_narrowed
from generator.diff.rules.surface.field_type_widened import field_type_widened
from generator.diff.rules.surface.member_added import member_added
from generator.diff.rules.surface.member_removed import member_removed
from generator.diff.rules.surface.member_value_changed import member_value_changed
from generator.diff.rules.surface.method_added import method_added
from generator.diff.rules.surface.method_became_async import method_became_async
from generator.diff.rules.surface.method_became_sync import method_became_sync
from generator.diff.rules.surface.method_removed import method_removed
from generator.diff.rules.surface.method_request_changed import method_request_changed
from generator.diff.rules.surface.module_added import module_added
from generator.diff.rules.surface.module_removed import module_removed
from generator.diff.rules.surface.name_changed import name_changed
from generator.diff.rules.surface.optional_parameter_added import optional_parameter_added
from generator.diff.rules.surface.parameter_became_optional import parameter_became_optional
from generator.diff.rules.surface.parameter_became_required import parameter_became_required
from generator.diff.rules.surface.parameter_default_changed import parameter_default_changed
from generator.diff.rules.surface.parameter_kind_changed import parameter_kind_changed
from generator.diff.rules.surface.parameter_removed import parameter_removed
from generator.diff.rules.surface.parameter_type_changed import parameter_type_changed
from generator.diff.rules.surface.parameter_type_narrowed import parameter_type_narrowed
from generator.diff.rules.surface.parameter_type_widened import parameter_type_widened
from generator.diff.rules.surface.parameters_reordered import parameters_reordered
from generator.diff.rules.surface.property_added import property_added
from generator.diff.rules.surface.property_removed import property_removed
from generator.diff.rules.surface.property_type_changed import property_type_changed
from generator.diff.rules.surface.required_field_added import required_field_added
from generator.diff.rules.surface.required_parameter_added import required_parameter_added
from generator.diff.rules.surface.return_type_changed import return_type_changed
from generator.diff.rules.surface.return_type_narrowed import return_type_narrowed
from generator.diff.rules.surface.return_type_widened import return_type_widened

RULES: tuple[Rule, ...] = (
    module_added,
    module_removed,
    class_added,
    class_removed,
    class_moved,
    name_changed,
    class_kind_changed,
    base_added,
    base_removed,
    exception_added,
    exception_removed,
    alias_added,
    alias_removed,
    alias_type_changed,
    alias_type_widened,
    alias_type_narrowed,
    export_added,
    export_removed,
    export_moved,
    method_added,
    method_removed,
    method_became_async,
    method_became_sync,
    method_request_changed,
    return_type_changed,
    return_type_widened,
    return_type_narrowed,
    required_parameter_added,
    optional_parameter_added,
    parameter_removed,
    parameter_became_required,
    parameter_became_optional,
    parameter_default_changed,
    parameter_kind_changed,
    parameters_reordered,
    parameter_type_changed,
    parameter_type_widened,
    parameter_type_narrowed,
    field_added,
    required_field_added,
    field_removed,
    field_became_required,
    field_became_optional,
    field_default_changed,
    field_type_changed,
    field_type_widened,
    field_type_narrowed,
    property_added,
    property_removed,
    property_type_changed,
    member_added,
    member_removed,
    member_value_changed,
)
