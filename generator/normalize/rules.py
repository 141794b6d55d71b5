"""Every repair, in the order in which they are made."""

from __future__ import annotations

from generator.normalize.array_without_items import allow_any_items
from generator.normalize.boolean_as_text import read_the_boolean
from generator.normalize.boolean_schema import write_schemas_as_objects
from generator.normalize.dangling_request_body import point_at_schema_of_the_same_name
from generator.normalize.duplicate_operation_id import lead_with_the_tag
from generator.normalize.empty_parameter_list import leave_out_empty_lists
from generator.normalize.empty_required import leave_it_out
from generator.normalize.examples_in_schema import keep_the_first
from generator.normalize.integer_response_code import write_the_status_as_text
from generator.normalize.keyword_beside_schema import move_it_inside
from generator.normalize.keyword_of_another_version import keep_it_as_an_extension
from generator.normalize.missing_operation_id import name_by_method_and_path
from generator.normalize.missing_response_description import describe_with_nothing
from generator.normalize.missing_security import authenticate_by_session
from generator.normalize.missing_servers import serve_from_the_host
from generator.normalize.nullable_in_31 import add_the_type_null
from generator.normalize.optional_path_parameter import require_it
from generator.normalize.path_item_ref import write_path_items_out
from generator.normalize.query_in_path import move_query_to_parameters
from generator.normalize.registry import Rule
from generator.normalize.schema_required_boolean import name_it_in_the_parent
from generator.normalize.undeclared_schema import accept_any_json

RULES: tuple[Rule, ...] = (
    write_path_items_out,
    leave_out_empty_lists,
    read_the_boolean,
    write_the_status_as_text,
    describe_with_nothing,
    point_at_schema_of_the_same_name,
    accept_any_json,
    require_it,
    move_it_inside,
    name_it_in_the_parent,
    leave_it_out,
    keep_the_first,
    keep_it_as_an_extension,
    allow_any_items,
    write_schemas_as_objects,
    add_the_type_null,
    serve_from_the_host,
    authenticate_by_session,
    name_by_method_and_path,
    lead_with_the_tag,
    # Renames path keys, so that the pointers of the walk no longer hold: stays last.
    move_query_to_parameters,
)
