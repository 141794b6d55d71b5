"""`vcha`: Holds `cluster`, `operations`"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .._runtime import AsyncResource, Resource

if TYPE_CHECKING:
    from .vcha_cluster import AsyncCluster, Cluster
    from .vcha_operations import AsyncOperations, Operations


class Vcha(Resource):
    """Holds `cluster`, `operations`"""

    @cached_property
    def cluster(self) -> Cluster:
        """`/vcenter/vcha/cluster`"""
        from .vcha_cluster import Cluster

        return Cluster(self._transport)

    @cached_property
    def operations(self) -> Operations:
        """`/vcenter/vcha/operations`"""
        from .vcha_operations import Operations

        return Operations(self._transport)


class AsyncVcha(AsyncResource):
    """Holds `cluster`, `operations`"""

    @cached_property
    def cluster(self) -> AsyncCluster:
        """`/vcenter/vcha/cluster`"""
        from .vcha_cluster import AsyncCluster

        return AsyncCluster(self._transport)

    @cached_property
    def operations(self) -> AsyncOperations:
        """`/vcenter/vcha/operations`"""
        from .vcha_operations import AsyncOperations

        return AsyncOperations(self._transport)
