"""Which conditional requests an operation is documented to take (RFC 9110, 13): by headers, parameters, statuses."""

from __future__ import annotations

from vcsdk.ir.operations import In, Operation

ETAG = "etag"
DATE = "last-modified"


def validators(operation: Operation) -> tuple[str, ...]:
    """Those of `etag` and `last-modified` that the success of an operation documents."""
    success = operation.success
    named = {header.wire_name.lower() for header in success.headers} if success is not None else set()
    return tuple(name for name in (ETAG, DATE) if name in named)


def revalidated_by(operation: Operation) -> tuple[str, ...]:
    """The validators of a GET that it can be asked with again, to be answered 304.

    A status alone is for what no parameter contradicts: 304 beside `If-Modified-Since` is not about the tag.
    """
    if operation.method != "GET":
        return ()
    shown, asked = validators(operation), _headers(operation)
    status = _documents(operation, "304")
    tag = ETAG in shown and ("if-none-match" in asked or (status and "if-modified-since" not in asked))
    dated = "if-modified-since" in asked or (status and "if-none-match" not in asked and ETAG not in shown)
    return tuple(name for name, holds in ((ETAG, tag), (DATE, DATE in shown and dated)) if holds)


def is_guarded(operation: Operation, reader: Operation) -> bool:
    """Whether a change or a deletion can name, with `If-Match`, the tag that a reading of the same thing shows."""
    asked = _headers(operation)
    status = _documents(operation, "412") and asked.isdisjoint(("if-none-match", "if-unmodified-since"))
    return ETAG in validators(reader) and ("if-match" in asked or status)


def _headers(operation: Operation) -> frozenset[str]:
    """The header parameters of an operation, in lower case."""
    return frozenset(p.wire_name.lower() for p in operation.parameters if p.location is In.HEADER)


def _documents(operation: Operation, status: str) -> bool:
    return any(response.status == status for response in operation.responses)
