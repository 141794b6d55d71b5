"""Bodies of which the contract suite sends none, because no value that fits was found."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.diagnostics import Diagnostic, Level
from vcsdk.emitters.contract.candidates import chosen
from vcsdk.emitters.contract.cases import json_media
from vcsdk.emitters.contract.fitting import Fitting
from vcsdk.emitters.contract.smallest import NoValueError
from vcsdk.ir import Api
from vcsdk.load import Document

_HINT = "does one exist? an example in the description is taken where it fits"


def unsendable(api: Api, document: Document) -> Iterator[Diagnostic]:
    """A warning `no-fitting-body` for each JSON body of which there is none."""
    fitting = Fitting(document.data)
    for operation in api.operations:
        media = json_media(operation.body)
        if media is None or media.type is None:
            continue
        try:
            chosen(media, api.schemas, fitting.body(operation, media))
        except NoValueError:
            message = f"no body that fits the schema was found for `{operation.python_path}`: contract tests send none"
            yield document.diagnose(Level.WARNING, "no-fitting-body", message, operation.key.removeprefix("#"), _HINT)
