"""Data types of vCenter High Availability; each module loads when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .appliance_system_version import ApplianceSystemVersionVersionStruct
    from .cis import CisSessionInfo, CisTaskInfo, CisTaskProgress, CisTaskStatus
    from .std import (
        StdDynamicID,
        StdErrorsError,
        StdErrorsErrorType,
        StdErrorsUnauthenticated,
        StdLocalizableMessage,
        StdLocalizationParam,
        StdLocalizationParamDateTimeFormat,
        StdNestedLocalizableMessage,
    )
    from .vcha import VchaConnectionSpec, VchaCredentialsSpec, VchaDiskInfo, VchaNetworkType, VchaPlacementInfo
    from .vcha_cluster import (
        VchaClusterClusterState,
        VchaClusterConfigState,
        VchaClusterErrorCondition,
        VchaClusterFailoverTaskRequestBody,
        VchaClusterGetRequestBody,
        VchaClusterInfo,
        VchaClusterIpFamily,
        VchaClusterIpInfo,
        VchaClusterIpv4Info,
        VchaClusterIpv6Info,
        VchaClusterNodeInfo,
        VchaClusterNodeRole,
        VchaClusterNodeRuntimeInfo,
        VchaClusterNodeState,
        VchaClusterWitnessInfo,
    )
    from .vcha_cluster_mode import VchaClusterModeClusterMode, VchaClusterModeInfo, VchaClusterModeSetTaskRequestBody
    from .vcha_operations import VchaOperationsInfo

_MODULES: dict[str, str] = {
    "ApplianceSystemVersionVersionStruct": "appliance_system_version",
    "CisSessionInfo": "cis",
    "CisTaskInfo": "cis",
    "CisTaskProgress": "cis",
    "CisTaskStatus": "cis",
    "StdDynamicID": "std",
    "StdErrorsError": "std",
    "StdErrorsErrorType": "std",
    "StdErrorsUnauthenticated": "std",
    "StdLocalizableMessage": "std",
    "StdLocalizationParam": "std",
    "StdLocalizationParamDateTimeFormat": "std",
    "StdNestedLocalizableMessage": "std",
    "VchaClusterClusterState": "vcha_cluster",
    "VchaClusterConfigState": "vcha_cluster",
    "VchaClusterErrorCondition": "vcha_cluster",
    "VchaClusterFailoverTaskRequestBody": "vcha_cluster",
    "VchaClusterGetRequestBody": "vcha_cluster",
    "VchaClusterInfo": "vcha_cluster",
    "VchaClusterIpFamily": "vcha_cluster",
    "VchaClusterIpInfo": "vcha_cluster",
    "VchaClusterIpv4Info": "vcha_cluster",
    "VchaClusterIpv6Info": "vcha_cluster",
    "VchaClusterModeClusterMode": "vcha_cluster_mode",
    "VchaClusterModeInfo": "vcha_cluster_mode",
    "VchaClusterModeSetTaskRequestBody": "vcha_cluster_mode",
    "VchaClusterNodeInfo": "vcha_cluster",
    "VchaClusterNodeRole": "vcha_cluster",
    "VchaClusterNodeRuntimeInfo": "vcha_cluster",
    "VchaClusterNodeState": "vcha_cluster",
    "VchaClusterWitnessInfo": "vcha_cluster",
    "VchaConnectionSpec": "vcha",
    "VchaCredentialsSpec": "vcha",
    "VchaDiskInfo": "vcha",
    "VchaNetworkType": "vcha",
    "VchaOperationsInfo": "vcha_operations",
    "VchaPlacementInfo": "vcha",
}

__all__ = [
    "ApplianceSystemVersionVersionStruct",
    "CisSessionInfo",
    "CisTaskInfo",
    "CisTaskProgress",
    "CisTaskStatus",
    "StdDynamicID",
    "StdErrorsError",
    "StdErrorsErrorType",
    "StdErrorsUnauthenticated",
    "StdLocalizableMessage",
    "StdLocalizationParam",
    "StdLocalizationParamDateTimeFormat",
    "StdNestedLocalizableMessage",
    "VchaClusterClusterState",
    "VchaClusterConfigState",
    "VchaClusterErrorCondition",
    "VchaClusterFailoverTaskRequestBody",
    "VchaClusterGetRequestBody",
    "VchaClusterInfo",
    "VchaClusterIpFamily",
    "VchaClusterIpInfo",
    "VchaClusterIpv4Info",
    "VchaClusterIpv6Info",
    "VchaClusterModeClusterMode",
    "VchaClusterModeInfo",
    "VchaClusterModeSetTaskRequestBody",
    "VchaClusterNodeInfo",
    "VchaClusterNodeRole",
    "VchaClusterNodeRuntimeInfo",
    "VchaClusterNodeState",
    "VchaClusterWitnessInfo",
    "VchaConnectionSpec",
    "VchaCredentialsSpec",
    "VchaDiskInfo",
    "VchaNetworkType",
    "VchaOperationsInfo",
    "VchaPlacementInfo",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        module = _MODULES.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f".{module}", __name__), name)
        return found

    def __dir__():
        return sorted({*globals(), *__all__})
