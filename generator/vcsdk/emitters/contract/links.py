"""The links that an index shows beside a package."""

from __future__ import annotations

from vcsdk.config.model import Config
from vcsdk.config.names import is_web_address
from vcsdk.load import Document


def links(config: Config, document: Document) -> list[tuple[str, str]]:
    """Labels and addresses: those of the configuration, else what the description says of itself.

    `externalDocs.url` and `info.contact.url` (OpenAPI 3.0, "OpenAPI Object" and "Contact Object"), where they are web
    addresses.
    """
    if config.package.urls:
        return list(config.package.urls)
    info = document.data.get("info")
    contact = info.get("contact") if isinstance(info, dict) else None
    said = (("Documentation", document.data.get("externalDocs")), ("Contact", contact))
    found = [(label, holder.get("url")) for label, holder in said if isinstance(holder, dict)]
    return [(label, url) for label, url in found if isinstance(url, str) and is_web_address(url)]
