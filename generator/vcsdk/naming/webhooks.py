"""Names for webhooks: each is a function of one module."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from vcsdk.ir import Webhook
from vcsdk.naming.record import WebhookNames
from vcsdk.naming.settle import Wish, settle
from vcsdk.naming.words import safe, snake


def named(
    webhooks: Sequence[Webhook], released: Mapping[tuple[str, str], WebhookNames] = MappingProxyType({})
) -> tuple[Webhook, ...]:
    """The webhooks called as the description calls them, and by their method where one has several."""
    methods = Counter(webhook.wire_name for webhook in webhooks)
    wishes = []
    kept = {w.key: released[w.wire_name, w.method].name for w in webhooks if (w.wire_name, w.method) in released}
    for webhook in webhooks:
        if webhook.key in kept:
            continue
        said = webhook.wire_name if methods[webhook.wire_name] == 1 else f"{webhook.wire_name} {webhook.method}"
        wishes.append(Wish(webhook.key, safe(snake(said)), webhook.wire_name))
    names = settle(wishes, reserved={"annotations", "bytes", "str"}, held={name: key for key, name in kept.items()})
    names.names.update(kept)
    return tuple(replace(webhook, name=names[webhook.key]) for webhook in webhooks)
