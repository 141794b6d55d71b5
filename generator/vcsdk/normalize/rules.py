"""Every repair, in the order in which they are made."""

from __future__ import annotations

from vcsdk.normalize.array_without_items import allow_any_items
from vcsdk.normalize.boolean_as_text import read_the_boolean
from vcsdk.normalize.boolean_schema import write_schemas_as_objects
from vcsdk.normalize.dangling_request_body import point_at_schema_of_the_same_name
from vcsdk.normalize.duplicate_operation_id import lead_with_the_tag
from vcsdk.normalize.empty_parameter_list import leave_out_empty_lists
from vcsdk.normalize.empty_required import leave_it_out
from vcsdk.normalize.examples_in_schema import keep_the_first
from vcsdk.normalize.integer_response_code import write_the_status_as_text
from vcsdk.normalize.keyword_beside_schema import move_it_inside
from vcsdk.normalize.keyword_of_another_version import keep_it_as_an_extension
from vcsdk.normalize.missing_operation_id import name_by_method_and_path
from vcsdk.normalize.missing_response_description import describe_with_nothing
from vcsdk.normalize.missing_security import authenticate_by_session
from vcsdk.normalize.missing_servers import serve_from_the_host
from vcsdk.normalize.nullable_in_31 import add_the_type_null
from vcsdk.normalize.optional_path_parameter import require_it
from vcsdk.normalize.path_item_ref import write_path_items_out
from vcsdk.normalize.query_in_path import move_query_to_parameters
from vcsdk.normalize.registry import Rule
from vcsdk.normalize.schema_required_boolean import name_it_in_the_parent
from vcsdk.normalize.undeclared_schema import accept_any_json

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
