"""Data types of vCenter disks; each module loads when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .cis import CisSessionInfo, CisTaskInfo, CisTaskStatus
    from .std import StdErrorsError, StdErrorsErrorType, StdLocalizableMessage
    from .vcenter import VcenterDiskShrinkSpec

_MODULES: dict[str, str] = {
    "CisSessionInfo": "cis",
    "CisTaskInfo": "cis",
    "CisTaskStatus": "cis",
    "StdErrorsError": "std",
    "StdErrorsErrorType": "std",
    "StdLocalizableMessage": "std",
    "VcenterDiskShrinkSpec": "vcenter",
}

__all__ = [
    "CisSessionInfo",
    "CisTaskInfo",
    "CisTaskStatus",
    "StdErrorsError",
    "StdErrorsErrorType",
    "StdLocalizableMessage",
    "VcenterDiskShrinkSpec",
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
