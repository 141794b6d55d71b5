"""What the target says of itself before the first test, and what speaks against running at all."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from .addresses import CLUSTER, MODE, below_prefix
from .gate import RequestRefused
from .operations import Catalogue, Effect, Operation
from .run import Run
from .settings import Settings
from .target import ABSENT

_VERSION = "/appliance/system/version"
_OPERATIONS = "/vcenter/vcha/operations"


@dataclass(frozen=True)
class Survey:
    """What the target says of itself; None or empty where the description has no operation for it.

    `disabled` names the operations that the target does not allow now; `isolated` says that its health is.
    """

    product: str | None = None
    version: str | None = None
    build: str | None = None
    mode: str | None = None
    health: str | None = None
    manual_failover_allowed: bool | None = None
    disabled: tuple[str, ...] = ()

    def facts(self) -> dict[str, str]:
        """What is known, as text by name, for the results."""
        known = {
            "product": self.product,
            "version": self.version,
            "build": self.build,
            "mode": self.mode,
            "health": self.health,
            "manual_failover_allowed": None
            if self.manual_failover_allowed is None
            else str(self.manual_failover_allowed).lower(),
            "disabled_operations": ", ".join(self.disabled),
        }
        return {name: text for name, text in known.items() if text}


def survey(run: Run) -> Survey:
    """Ask the target, as far as the description has the operations; an answer that is no help is left to the tests."""
    at = functools.partial(below_prefix, run.catalogue)
    about, cluster = _ask(run, "GET", at(_VERSION)), _ask(run, "POST", at(CLUSTER))
    operations = _ask(run, "GET", at(_OPERATIONS))
    mode = _text(_ask(run, "GET", at(MODE)), "mode") or _text(cluster, "mode")
    allowed = cluster.get("manual_failover_allowed")
    disabled = operations.get("disabled")
    return Survey(
        product=_text(about, "product"),
        version=_text(about, "version"),
        build=_text(about, "build"),
        mode=mode,
        health=_text(cluster, "health_state"),
        manual_failover_allowed=allowed if isinstance(allowed, bool) else None,
        disabled=tuple(name for name in disabled if isinstance(name, str)) if isinstance(disabled, list) else (),
    )


def objections(found: Survey, settings: Settings, catalogue: Catalogue) -> Iterator[str]:
    """What speaks against this run, one sentence each; nothing speaks against reading."""
    if settings.level is Effect.READ:
        return
    if settings.production is not None:
        yield f"{settings.url} is marked as production (pattern {settings.production!r}): only --level read is allowed"
    if settings.doubt:
        yield f"{settings.doubt}: only --level read is allowed"
    if catalogue.with_role("session-create") is not None and not settings.login[0]:
        yield "a run that changes something needs an account: pass --username and --password-env"
    if not any(_is_allowed(o, settings) and o.disrupts for o in catalogue.operations):
        return
    if found.health == "ISOLATED":
        yield "the cluster is ISOLATED: a node that is taken away would not be replaced"
    # In mode DISABLED nothing is allowed; the run sets the mode before it fails over, and asks again.
    if found.manual_failover_allowed is False and found.mode != "DISABLED" and found.health != "ISOLATED":
        health = f", health {found.health}" if found.health else ""
        yield f"the cluster does not allow a failover by hand now (mode {found.mode}{health})"
    if found.mode == "DISABLED" and found.health == "DEGRADED":
        yield "the cluster is DEGRADED: it cannot be enabled for a failover"


def is_final(settings: Settings) -> bool:
    """True if no option may overrule the objections: the target is or may be production, and could be interrupted."""
    return (settings.production is not None or bool(settings.doubt)) and settings.level is Effect.DESTRUCTIVE


def _is_allowed(operation: Operation, settings: Settings) -> bool:
    named = bool(settings.allowed & {operation.name, operation.operation_id})
    return settings.level is Effect.DESTRUCTIVE and operation.effect is Effect.DESTRUCTIVE and named


def _ask(run: Run, method: str, address: str) -> dict[str, Any]:
    path, _, query = address.partition("?")
    operation = run.catalogue.match(method, run.catalogue.prefix + path, query)
    if operation is None or operation.effect is not Effect.READ:
        return {}
    try:
        answer = run.target.send(method, address, {} if method == "POST" else ABSENT)
        value = answer.result if 200 <= answer.status < 300 else {}
    except (httpx2.TransportError, AssertionError, RequestRefused, pytest.fail.Exception, pytest.skip.Exception):
        return {}
    return value if isinstance(value, dict) else {}


def _text(value: dict[str, Any], member: str) -> str | None:
    found = value.get(member)
    return found if isinstance(found, str) else None
