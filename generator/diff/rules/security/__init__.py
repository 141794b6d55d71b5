"""Rules about authentication."""

from __future__ import annotations

from generator.diff.registry import Rule
from generator.diff.rules.security.security_alternative_added import security_alternative_added
from generator.diff.rules.security.security_alternative_removed import security_alternative_removed
from generator.diff.rules.security.security_became_required import security_became_required
from generator.diff.rules.security.security_declared import security_declared
from generator.diff.rules.security.security_no_longer_required import security_no_longer_required
from generator.diff.rules.security.security_scheme_added import security_scheme_added
from generator.diff.rules.security.security_scheme_kind_changed import security_scheme_kind_changed
from generator.diff.rules.security.security_scheme_removed import security_scheme_removed
from generator.diff.rules.security.security_scheme_wire_name_changed import security_scheme_wire_name_changed
from generator.diff.rules.security.security_undeclared import security_undeclared

RULES: tuple[Rule, ...] = (
    security_scheme_added,
    security_scheme_removed,
    security_scheme_kind_changed,
    security_scheme_wire_name_changed,
    security_became_required,
    security_no_longer_required,
    security_alternative_added,
    security_alternative_removed,
    security_declared,
    security_undeclared,
)
