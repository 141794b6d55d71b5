"""Fault `undocumented-field`."""

from __future__ import annotations

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault
from generator.simulator.faults.reshape import with_object


@fault("undocumented-field", breaks="objects carry a field that the description does not have")
class UndocumentedField(Fault):
    """A field `build` is in every object that is answered."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return with_object(reply, lambda body: body.update(build="24322831"))
