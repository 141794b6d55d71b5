"""What a client calls for each request: `hooks=Hooks(before_request=…)`."""

from ._runtime.hooks import HookRequest, HookResponse, Hooks, Purpose

__all__ = ["HookRequest", "HookResponse", "Hooks", "Purpose"]
