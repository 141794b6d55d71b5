"""Every repair, in the order in which they are made."""

from __future__ import annotations

from vcsdk.declared import declared
from vcsdk.normalize import (
    array_without_items,
    boolean_as_text,
    boolean_schema,
    dangling_request_body,
    duplicate_operation_id,
    empty_parameter_list,
    empty_required,
    enumeration_in_prose,
    examples_in_schema,
    integer_response_code,
    keyword_beside_schema,
    keyword_of_another_version,
    missing_operation_id,
    missing_response_description,
    missing_security,
    missing_servers,
    nullable_in_31,
    optional_path_parameter,
    path_item_ref,
    query_in_path,
    schema_required_boolean,
    undeclared_schema,
)
from vcsdk.normalize.registry import Rule

RULES = declared(
    Rule,
    path_item_ref,
    empty_parameter_list,
    boolean_as_text,
    integer_response_code,
    missing_response_description,
    dangling_request_body,
    undeclared_schema,
    optional_path_parameter,
    keyword_beside_schema,
    schema_required_boolean,
    empty_required,
    examples_in_schema,
    keyword_of_another_version,
    array_without_items,
    boolean_schema,
    nullable_in_31,
    enumeration_in_prose,
    missing_servers,
    missing_security,
    missing_operation_id,
    duplicate_operation_id,
    # Renames path keys, so that the pointers of the walk no longer hold: stays last.
    query_in_path,
)
