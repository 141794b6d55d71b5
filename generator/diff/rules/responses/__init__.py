"""Rules about answers, their headers and content types."""

from __future__ import annotations

from generator.diff.registry import Rule
from generator.diff.rules.responses.error_body_added import error_body_added
from generator.diff.rules.responses.error_body_removed import error_body_removed
from generator.diff.rules.responses.error_status_added import error_status_added
from generator.diff.rules.responses.error_status_removed import error_status_removed
from generator.diff.rules.responses.optional_response_header_removed import optional_response_header_removed
from generator.diff.rules.responses.other_status_added import other_status_added
from generator.diff.rules.responses.other_status_removed import other_status_removed
from generator.diff.rules.responses.response_body_added import response_body_added
from generator.diff.rules.responses.response_body_removed import response_body_removed
from generator.diff.rules.responses.response_content_type_added import response_content_type_added
from generator.diff.rules.responses.response_content_type_removed import response_content_type_removed
from generator.diff.rules.responses.response_description_changed import response_description_changed
from generator.diff.rules.responses.response_header_added import response_header_added
from generator.diff.rules.responses.response_header_became_optional import response_header_became_optional
from generator.diff.rules.responses.response_header_became_required import response_header_became_required
from generator.diff.rules.responses.response_header_description_changed import response_header_description_changed
from generator.diff.rules.responses.response_header_removed import response_header_removed
from generator.diff.rules.responses.success_status_added import success_status_added
from generator.diff.rules.responses.success_status_removed import success_status_removed

RULES: tuple[Rule, ...] = (
    success_status_added,
    success_status_removed,
    other_status_added,
    other_status_removed,
    error_status_added,
    error_status_removed,
    response_body_added,
    response_body_removed,
    error_body_removed,
    error_body_added,
    response_description_changed,
    response_content_type_added,
    response_content_type_removed,
    response_header_added,
    response_header_removed,
    optional_response_header_removed,
    response_header_became_optional,
    response_header_became_required,
    response_header_description_changed,
)
