"""`appliance.system`: Holds `version`"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .._runtime import AsyncResource, Resource

if TYPE_CHECKING:
    from .appliance_system_version import AsyncVersion, Version


class System(Resource):
    """Holds `version`"""

    @cached_property
    def version(self) -> Version:
        """`/appliance/system/version`"""
        from .appliance_system_version import Version

        return Version(self._transport)


class AsyncSystem(AsyncResource):
    """Holds `version`"""

    @cached_property
    def version(self) -> AsyncVersion:
        """`/appliance/system/version`"""
        from .appliance_system_version import AsyncVersion

        return AsyncVersion(self._transport)
