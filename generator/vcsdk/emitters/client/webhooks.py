"""The module `webhooks`: a decoder for each request that the server sends by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from vcsdk.emitters.annotations import Annotator
from vcsdk.emitters.filters import identifier, python_literal
from vcsdk.emitters.imports import Imports
from vcsdk.emitters.prose import closed, one_line
from vcsdk.emitters.render import render
from vcsdk.ir import ANY, Api, Kind, Media, Scalar, Union, Webhook
from vcsdk.ir.media import is_json, sent

_MODULE = "webhooks"
_NULL = Scalar(Kind.NULL)


class WebhookView(msgspec.Struct, frozen=True):
    """A decoder: its name, the arguments of the constant behind it, what it gives, its docstring, its key."""

    name: str
    constant: str
    arguments: tuple[str, ...]
    returns: str
    doc: str
    key: str


def module_text(api: Api) -> str:
    """The text of the module."""
    names = {webhook.name for webhook in api.webhooks}
    imports = Imports(_MODULE, taken={*names, *(_constant(name) for name in names), "DECODERS"})
    types = Annotator(api.schemas, imports)
    imports.runtime("Webhook")
    several = Counter(webhook.wire_name for webhook in api.webhooks)
    views = [_view(webhook, types, alone=several[webhook.wire_name] == 1) for webhook in api.webhooks]
    return render(
        "client/webhooks.py.jinja",
        doc=f"What {one_line(api.title) or 'the server'} sends by itself: a decoder for each webhook.",
        imports=imports.lines(),
        webhooks=views,
        names=["DECODERS", *sorted(view.name for view in views)],
    )


def decoder_type(webhook: Webhook, types: Annotator) -> str:
    """What the decoder gives, as people say it."""
    return types.spell(_type_of(webhook)) if _bodies(webhook) else "None"


def _view(webhook: Webhook, types: Annotator, *, alone: bool) -> WebhookView:
    rows = [python_literal(webhook.wire_name), python_literal(webhook.method)]
    bodies = [_body(media, webhook, types) for media in _bodies(webhook)]
    rows += [f"({', '.join(bodies)},)"] if bodies else []
    returns = decoder_type(webhook, types.unchecked(()))
    about = closed(webhook.summary or webhook.description) or f"Decode the body of the webhook `{webhook.wire_name}`."
    rest = webhook.description if webhook.summary and webhook.description != webhook.summary else ""
    raised = "Raises:\n    ArgumentError: The content is not what the description says."
    request = f"`{webhook.method} {one_line(webhook.wire_name)}`"
    doc = "\n\n".join(part for part in (one_line(about), rest, request, raised) if part)
    key = webhook.wire_name if alone else (webhook.wire_name, webhook.method)
    return WebhookView(
        identifier(webhook.name), _constant(webhook.name), tuple(rows), returns, doc, python_literal(key)
    )


def _constant(name: str) -> str:
    return f"_{name.upper()}"


def _bodies(webhook: Webhook) -> tuple[Media, ...]:
    return sent(webhook.body) if webhook.body is not None else ()


def _type_of(webhook: Webhook) -> Union:
    types = [media.type if media.type is not None else ANY for media in _bodies(webhook)]
    absent = [_NULL] if webhook.body is not None and not webhook.body.required else []
    return Union(tuple(dict.fromkeys([*types, *absent])))


def _body(media: Media, webhook: Webhook, types: Annotator) -> str:
    rows: Iterable[str] = [
        types.spell(media.type if media.type is not None else ANY),
        *([] if media.content_type == "application/json" else [f"content_type={python_literal(media.content_type)}"]),
        *([] if webhook.body is None or webhook.body.required else ["required=False"]),
        *(["nullable=True"] if is_json(media.content_type) and types.accepts_none(media.type or ANY) else []),
    ]
    return f"{types.runtime('Body')}({', '.join(rows)})"
