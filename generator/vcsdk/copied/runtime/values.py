"""Values that JSON Schema's formats allow and msgspec's types do not take, or check in binary arithmetic."""

from __future__ import annotations

import binascii
import re
from functools import cache
from math import isfinite, ulp
from typing import TYPE_CHECKING, Any

from .nested import convert
from .standin import StandIn

__all__ = ["Base64", "Duration", "Stepped"]

if TYPE_CHECKING:
    from datetime import timedelta
    from typing import Annotated as Stepped
    from typing import TypeAlias

    Base64: TypeAlias = bytes
    Duration: TypeAlias = timedelta | str
else:
    # RFC 3339, appendix A.
    _TIME = r"(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)"
    _DURATION = re.compile(rf"-?P(?:\d+W|(?=\d|T)(?:\d+Y)?(?:\d+M)?(?:\d+D)?{_TIME}?)", re.ASCII)
    _URL_ALPHABET = bytes.maketrans(b"-_", b"+/")

    class Base64(metaclass=StandIn):
        """Bytes in base64 of either alphabet, padded or not (RFC 4648, 4 and 5); written in the first, padded."""

        @classmethod
        def __decode__(cls, value: Any) -> bytes:
            """The bytes; `dec_hook` calls this.  Raises ValueError."""
            if isinstance(value, bytes | bytearray | memoryview):
                return bytes(value)
            if not isinstance(value, str):
                return convert(value, bytes)
            try:
                text = value.encode("ascii").translate(_URL_ALPHABET).rstrip(b"=")
                return binascii.a2b_base64(text + b"=" * (-len(text) % 4), strict_mode=True)
            except ValueError:
                raise ValueError("Invalid base64 encoded string") from None

    class Duration(metaclass=StandIn):
        """A `timedelta`; or the text of a duration that none can hold: one of years, months or weeks."""

        @classmethod
        def __decode__(cls, value: Any) -> Any:
            """The duration; `dec_hook` calls this.  Raises ValueError."""
            from datetime import timedelta

            if isinstance(value, timedelta):
                return value
            try:
                return convert(value, timedelta)
            except ValueError:
                if isinstance(value, str) and _DURATION.fullmatch(value):
                    return value
                raise

    class Stepped:
        """`Stepped[float, 0.01]`: a number that is a multiple of a fraction; further entries are msgspec's `Meta`."""

        def __class_getitem__(cls, entries: tuple[Any, ...]) -> Any:
            return _stepped(*entries)

    @cache
    def _stepped(kind: Any, step: float, *meta: Any) -> Any:
        from typing import Annotated

        checked = Annotated[(kind, *meta)] if meta else kind

        def decode(_: Any, value: Any) -> Any:
            number = convert(value, checked)
            # As close as decimals come in binary: 0.07 is the seventh multiple of 0.01, and 0.1 + 0.2 the third of 0.1.
            if isfinite(number) and abs(round(number / step) * step - number) > 4 * ulp(number):
                raise ValueError(f"Expected `{kind.__name__}` that's a multiple of {step}")
            return number

        return StandIn(f"Stepped[{kind.__name__}, {step}]", (), {"__decode__": classmethod(decode), "of": kind})
