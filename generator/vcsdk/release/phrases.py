"""What callers read of a change, rule by rule; `notes` fills the names in.

`call` is the method with its brackets, `argument` the argument, `place` where a value stands for a caller, `value` what
the message quotes.  Rules that are not here are told in their own words.
"""

from __future__ import annotations

ADDED, CHANGED, DEPRECATED, REMOVED = "Added", "Changed", "Deprecated", "Removed"

SECTIONS = (ADDED, CHANGED, DEPRECATED, REMOVED)
"""Sections of an entry, in the order of "Keep a Changelog" 1.1.0."""

PHRASES: dict[str, tuple[str, str]] = {
    "operation-added": (ADDED, "{call}: {summary}"),
    "operation-removed": (REMOVED, "{call} is gone"),
    "deprecated-operation-removed": (REMOVED, "{call}, which was deprecated, is gone"),
    "operation-deprecated": (DEPRECATED, "{call} is deprecated"),
    "operation-undeprecated": (CHANGED, "{call} is no longer deprecated"),
    "operation-became-task": (CHANGED, "{call} now starts a task; `wait()` gives its result"),
    "operation-became-synchronous": (CHANGED, "{call} no longer starts a task; it gives its result at once"),
    "operation-safety-raised": (CHANGED, "{call} {message}"),
    "required-parameter-added": (CHANGED, "{call} now needs {argument}"),
    "optional-parameter-added": (ADDED, "{call} now takes {argument}"),
    "parameter-removed": (REMOVED, "{call} no longer takes {argument}"),
    "parameter-became-required": (CHANGED, "{call} now needs {argument}"),
    "parameter-became-optional": (CHANGED, "{call} no longer needs {argument}"),
    "parameter-deprecated": (DEPRECATED, "{argument} of {call} is deprecated"),
    "parameter-enum-value-added": (ADDED, "{argument} of {call} may be {value}"),
    "parameter-enum-value-removed": (REMOVED, "{argument} of {call} may no longer be {value}"),
    "required-request-body-added": (CHANGED, "{call} now needs a body"),
    "request-body-removed": (REMOVED, "{call} no longer takes a body"),
    "request-body-became-required": (CHANGED, "the body of {call} is no longer optional"),
    "request-required-property-added": (CHANGED, "{call} now needs {argument}"),
    "request-optional-property-added": (ADDED, "{call} now takes {argument}"),
    "request-property-removed": (REMOVED, "{call} no longer takes {argument}"),
    "request-property-became-required": (CHANGED, "{call} now needs {argument}"),
    "request-property-became-optional": (CHANGED, "{call} no longer needs {argument}"),
    "request-property-deprecated": (DEPRECATED, "{argument} of {call} is deprecated"),
    "request-enum-value-added": (ADDED, "{argument} of {call} may be {value}"),
    "request-enum-value-removed": (REMOVED, "{argument} of {call} may no longer be {value}"),
    "response-property-added": (ADDED, "{call} now gives {place}"),
    "response-required-property-removed": (REMOVED, "{call} no longer gives {place}"),
    "response-optional-property-removed": (REMOVED, "{call} no longer gives {place}"),
    "response-property-became-optional": (CHANGED, "{place} of {call} may be None"),
    "response-property-became-required": (CHANGED, "{place} of {call} is never None"),
    "response-property-deprecated": (DEPRECATED, "{place} of {call} is deprecated"),
    "response-became-nullable": (CHANGED, "{place} of {call} may be None"),
    "response-became-not-nullable": (CHANGED, "{place} of {call} is never None"),
    "response-enum-value-added": (ADDED, "{place} of {call} may be {value}"),
    "response-enum-value-removed": (REMOVED, "{place} of {call} is never {value}"),
    "error-type-added": (ADDED, "errors may be of the type {value}"),
    "error-type-removed": (REMOVED, "errors are no longer of the type {value}"),
}
