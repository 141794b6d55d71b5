"""`appliance`: Holds `system`"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .._runtime import AsyncResource, Resource

if TYPE_CHECKING:
    from .appliance_system import AsyncSystem, System


class Appliance(Resource):
    """Holds `system`"""

    @cached_property
    def system(self) -> System:
        """Holds `version`"""
        from .appliance_system import System

        return System(self._transport)


class AsyncAppliance(AsyncResource):
    """Holds `system`"""

    @cached_property
    def system(self) -> AsyncSystem:
        """Holds `version`"""
        from .appliance_system import AsyncSystem

        return AsyncSystem(self._transport)
