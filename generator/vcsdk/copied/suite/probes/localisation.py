"""Messages follow `Accept-Language`: `localized` holds the finished text, `default_message` stays English.

Std_LocalizableMessage.  A server need not have every language, but one that has none but English ignores the header.
"""

from __future__ import annotations

from typing import Any

from ..check import Check, Finding
from ..target import Target

CHECK = Check(
    "localisation",
    __doc__,
    ("language-ignored", "localized-missing", "default-message-translated", "answers-in-latin-1"),
    severity="content",
)
# The languages that vCenter is delivered in (VMware's "Supported languages"), English apart.
LANGUAGES = ("de", "fr", "ja", "ko", "zh-CN", "zh-TW", "es")


def hold(target: Target, method: str, path: str) -> None:
    """A refused request is explained in at least one other language, by the same message."""
    english = _message(target, method, path, "en")
    texts = set()
    for language in LANGUAGES:
        message = _message(target, method, path, language)
        if message["default_message"] != english["default_message"] or message["id"] != english["id"]:
            told = f"with `Accept-Language: {language}` the message's `default_message` or `id` is another one"
            raise Finding(CHECK, told, path="$.messages[*].default_message", observed="translated")
        texts.add(message["localized"])
    if texts == {english["localized"]}:
        told = f"`localized` is the same text in {', '.join(('en', *LANGUAGES))}: Accept-Language is ignored"
        raise Finding(CHECK, told, path="$.messages[*].localized", observed="one language")


def _message(target: Target, method: str, path: str, language: str) -> dict[str, Any]:
    answer = target.send(method, path, headers={"Accept-Language": language})
    target.hold(answer, expect=(400, 401, 403, 404))
    message: dict[str, Any] = answer.value["messages"][0]
    if not message.get("localized"):
        told = f"with `Accept-Language: {language}` the message has no `localized`"
        raise Finding(CHECK, told, answer, path="$.messages[*].localized", observed="missing")
    return message
