"""What VMware's API conventions add: the error family, localised messages, two shapes of an answer."""

from .errors import VapiError, parse_error
from .messages import LocalizableMessage

__all__ = ["LocalizableMessage", "VapiError", "parse_error"]
