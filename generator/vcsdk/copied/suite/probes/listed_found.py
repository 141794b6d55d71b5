"""What a list shows is found: read by the identifier that the list gives, it is answered, and it is the same thing."""

from __future__ import annotations

import pytest

from .. import listed
from ..check import Check, Finding
from ..checks.expected_status import unless_refused
from ..lives import at, text_of
from ..sources import Source
from ..target import DOCUMENTED, Target

CHECK = Check("listed-found", __doc__, ("listed-not-found", "listed-shows-another"), severity="behaviour")
_MOST = 2
_GONE = (404, 410)


def hold(target: Target, name: str, sources: tuple[Source, ...], *successes: int) -> None:
    """Two of what is shown are read.  What goes between a list and its reading is no finding."""
    __tracebackhide__ = True
    operation = target.run.catalogue.named(name)
    assert operation is not None, name
    places = listed.places(target, operation, sources, _MOST)
    if not places:
        pytest.skip("not exercised: no list shows anything that could be read")
    is_itself = operation.path.rstrip("/").endswith("}")
    held = 0
    for place in places:
        answer = target.send("GET", place.path)
        if answer.status in _GONE and is_itself:
            if place.identifier not in listed.shown(target, sources[-1], place.above):
                continue
            answer = target.send("GET", place.path)
            if answer.status in _GONE:
                told = f"what a list shows is not found: it is answered {answer.status}"
                raise Finding(CHECK, told, answer, observed=f"status {answer.status}")
        held += 1
        target.hold(answer, expect=unless_refused(*successes) if successes else DOCUMENTED)
        names_itself = is_itself and sources[-1].key and answer.is_json
        own = text_of(at(answer.result, (sources[-1].key,))) if names_itself else None
        if own is not None and own.casefold() != place.identifier.casefold():
            raise Finding(
                CHECK,
                f"another thing is shown than was asked for: {sources[-1].key} is another one",
                answer,
                path=f"$.{sources[-1].key}",
                observed="another one",
            )
    if not held:
        pytest.skip("not exercised: what lists showed was gone when it was read")
