"""Rules about request bodies."""

from __future__ import annotations

from generator.diff.registry import Rule
from generator.diff.rules.body.optional_request_body_added import optional_request_body_added
from generator.diff.rules.body.request_body_became_optional import request_body_became_optional
from generator.diff.rules.body.request_body_became_required import request_body_became_required
from generator.diff.rules.body.request_body_description_changed import request_body_description_changed
from generator.diff.rules.body.request_body_removed import request_body_removed
from generator.diff.rules.body.request_content_type_added import request_content_type_added
from generator.diff.rules.body.request_content_type_preferred import request_content_type_preferred
from generator.diff.rules.body.request_content_type_removed import request_content_type_removed
from generator.diff.rules.body.required_request_body_added import required_request_body_added

RULES: tuple[Rule, ...] = (
    required_request_body_added,
    optional_request_body_added,
    request_body_removed,
    request_body_became_required,
    request_body_became_optional,
    request_body_description_changed,
    request_content_type_added,
    request_content_type_removed,
    request_content_type_preferred,
)
