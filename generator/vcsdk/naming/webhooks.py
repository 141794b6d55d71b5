"""Names for webhooks: each is a function of one module."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from vcsdk.ir import Webhook
from vcsdk.naming.settle import Wish, settle
from vcsdk.naming.words import safe, snake


def named(webhooks: Sequence[Webhook]) -> tuple[Webhook, ...]:
    """The webhooks called as the description calls them, and by their method where one has several."""
    methods = Counter(webhook.wire_name for webhook in webhooks)
    wishes = []
    for webhook in webhooks:
        said = webhook.wire_name if methods[webhook.wire_name] == 1 else f"{webhook.wire_name} {webhook.method}"
        wishes.append(Wish(webhook.key, safe(snake(said)), webhook.wire_name))
    names = settle(wishes, reserved={"annotations", "bytes", "str"})
    return tuple(replace(webhook, name=names[webhook.key]) for webhook in webhooks)
