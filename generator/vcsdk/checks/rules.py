"""Every check, in the order in which they are made."""

from __future__ import annotations

from vcsdk.checks import (
    dangling_ref,
    default_value,
    discriminator,
    duplicate_parameter,
    enum_values,
    missing_field,
    operation_id,
    parameter_form,
    path_parameter,
    path_query,
    pattern,
    ref_cycle,
    ref_kind,
    required_property,
    same_request,
    security_scheme,
    status_code,
    structure,
    unknown_field,
    unsupported_part,
    unsupported_type,
)
from vcsdk.checks.registry import Check
from vcsdk.declared import declared

CHECKS = declared(
    Check,
    structure,
    missing_field,
    unknown_field,
    unsupported_part,
    dangling_ref,
    ref_kind,
    ref_cycle,
    path_parameter,
    path_query,
    same_request,
    operation_id,
    duplicate_parameter,
    parameter_form,
    unsupported_type,
    required_property,
    status_code,
    discriminator,
    enum_values,
    default_value,
    pattern,
    security_scheme,
)

ALONE = declared(Check, structure, dangling_ref)
"""What must hold in a description by itself before several are made one: what it refers to is its own."""
