"""Every repair, in the order in which they are made."""

from __future__ import annotations

from generator.normalize.dangling_request_body import point_at_schema_of_the_same_name
from generator.normalize.duplicate_operation_id import lead_with_the_tag
from generator.normalize.query_in_path import move_query_to_parameters
from generator.normalize.registry import Rule
from generator.normalize.schema_required_boolean import name_it_in_the_parent

RULES: tuple[Rule, ...] = (
    point_at_schema_of_the_same_name,
    name_it_in_the_parent,
    lead_with_the_tag,
    # Renames path keys, so that the pointers of the walk no longer hold: stays last.
    move_query_to_parameters,
)
