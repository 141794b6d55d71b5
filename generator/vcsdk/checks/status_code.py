"""The check `status-code`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vcsdk.checks.registry import Finding, Subject, check
from vcsdk.load.keys import UnquotedKey
from vcsdk.load.pointer import escape

_STATUS = re.compile(r"[1-5][0-9]{2}|[1-5]XX|default|x-.*")


@check("status-code")
def statuses_are_known(subject: Subject) -> Iterator[Finding]:
    """A response is keyed by a status, a range (`4XX`) or `default` ("Responses Object")."""
    for pointer, operation in subject.index.nodes["operation"]:
        responses = operation.get("responses")
        for key in responses if isinstance(responses, dict) else ():
            if isinstance(key, UnquotedKey):
                message = f"the status {key} is written as a number, and must be text"
                yield Finding(message, f"{pointer}/responses/{escape(key)}", f'write `"{key}":`')
            elif not _STATUS.fullmatch(key):
                hint = f"`{key.upper()}`" if _STATUS.fullmatch(key.upper()) else "`200`, `4XX` or `default`, say"
                yield Finding(f"`{key}` is not a status", f"{pointer}/responses/{escape(key)}", hint)
