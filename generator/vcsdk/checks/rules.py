"""Every check, in the order in which they are made."""

from __future__ import annotations

from vcsdk.checks.dangling_ref import references_resolve
from vcsdk.checks.default_value import defaults_are_valid
from vcsdk.checks.discriminator import mappings_resolve
from vcsdk.checks.duplicate_parameter import parameters_differ
from vcsdk.checks.enum_values import enumerations_are_sets
from vcsdk.checks.missing_field import required_fields
from vcsdk.checks.operation_id import operation_ids_differ
from vcsdk.checks.parameter_form import parameters_can_be_sent
from vcsdk.checks.path_parameter import templates_are_declared
from vcsdk.checks.path_query import paths_have_no_query
from vcsdk.checks.pattern import patterns_compile
from vcsdk.checks.ref_cycle import references_end
from vcsdk.checks.ref_kind import references_fit
from vcsdk.checks.registry import Check
from vcsdk.checks.required_property import required_names_exist
from vcsdk.checks.same_request import requests_differ
from vcsdk.checks.security_scheme import schemes_are_declared
from vcsdk.checks.status_code import statuses_are_known
from vcsdk.checks.structure import shapes
from vcsdk.checks.unknown_field import known_fields
from vcsdk.checks.unsupported_part import expressible
from vcsdk.checks.unsupported_type import types_are_known

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
