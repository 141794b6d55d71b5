"""The check `missing-field`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.checks.registry import Finding, Subject, check

_REQUIRED = {
    "document": ("info",),
    "info": ("title", "version"),
    "server": ("url",),
    "tag": ("name",),
    "parameter": ("name", "in"),
    "request_body": ("content",),
    "security_scheme": ("type",),
    "discriminator": ("propertyName",),
}

_WORDS = {
    "document": "the description",
    "request_body": "a request body",
    "security_scheme": "a security scheme",
    "info": "`info`",
}


@check("missing-field")
def required_fields(subject: Subject) -> Iterator[Finding]:
    """The fields that the specification requires, and without which no request can be made, are there."""
    for kind, fields in _REQUIRED.items():
        for pointer, node in subject.index.nodes[kind]:
            for name in fields:
                if name not in node:
                    yield Finding(f"{_WORDS.get(kind, 'a ' + kind)} needs `{name}`", pointer)
    version_31 = subject.document.is_31
    for pointer, document in subject.index.nodes["document"]:
        if "paths" not in document and not (version_31 and ("webhooks" in document or "components" in document)):
            yield Finding("the description needs `paths`", pointer)
    for pointer, operation in subject.index.nodes["operation"]:
        if "responses" not in operation and not version_31:
            yield Finding("an operation needs `responses`", pointer, "say at least what `default` answers")
