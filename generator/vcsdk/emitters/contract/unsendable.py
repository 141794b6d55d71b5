"""Bodies of which the contract suite sends none, because no value that fits was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from vcsdk.emitters.contract.candidates import chosen
from vcsdk.emitters.contract.cases import json_media
from vcsdk.emitters.contract.fitting import Fitting
from vcsdk.emitters.contract.smallest import NoValueError
from vcsdk.ir import Operation, Schema


def unsendable(operations: Iterable[Operation], schemas: Mapping[str, Schema], fitting: Fitting) -> Iterator[str]:
    """The keys of the operations that have a JSON body of which there is none."""
    for operation in operations:
        media = json_media(operation.body)
        if media is None or media.type is None:
            continue
        try:
            chosen(media, schemas, fitting.body(operation, media))
        except NoValueError:
            yield operation.key
