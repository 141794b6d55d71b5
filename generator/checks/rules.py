"""Every check, in the order in which they are made."""

from __future__ import annotations

from generator.checks.dangling_ref import references_resolve
from generator.checks.default_value import defaults_are_valid
from generator.checks.discriminator import mappings_resolve
from generator.checks.duplicate_parameter import parameters_differ
from generator.checks.enum_values import enumerations_are_sets
from generator.checks.missing_field import required_fields
from generator.checks.operation_id import operation_ids_differ
from generator.checks.parameter_form import parameters_can_be_sent
from generator.checks.path_parameter import templates_are_declared
from generator.checks.path_query import paths_have_no_query
from generator.checks.pattern import patterns_compile
from generator.checks.ref_cycle import references_end
from generator.checks.ref_kind import references_fit
from generator.checks.registry import Check
from generator.checks.required_property import required_names_exist
from generator.checks.same_request import requests_differ
from generator.checks.security_scheme import schemes_are_declared
from generator.checks.status_code import statuses_are_known
from generator.checks.structure import shapes
from generator.checks.unknown_field import known_fields
from generator.checks.unsupported_part import expressible
from generator.checks.unsupported_type import types_are_known

CHECKS: tuple[Check, ...] = (
    shapes,
    required_fields,
    known_fields,
    expressible,
    references_resolve,
    references_fit,
    references_end,
    templates_are_declared,
    paths_have_no_query,
    requests_differ,
    operation_ids_differ,
    parameters_differ,
    parameters_can_be_sent,
    types_are_known,
    required_names_exist,
    statuses_are_known,
    mappings_resolve,
    enumerations_are_sets,
    defaults_are_valid,
    patterns_compile,
    schemes_are_declared,
)
