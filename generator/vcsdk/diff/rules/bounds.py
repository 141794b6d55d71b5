"""Whether a bound admits less or more than before."""

from __future__ import annotations

from fractions import Fraction

from vcsdk.diff.changes import Pair
from vcsdk.ir import Constraints

_LOWER = {"minLength": "min_length", "minItems": "min_items", "minProperties": "min_properties"}
_UPPER = {"maxLength": "max_length", "maxItems": "max_items", "maxProperties": "max_properties"}
_NONE = "none"


def tightened(change: Pair[Constraints], *keywords: str) -> str | None:
    """What to say where one of these keywords refuses values that it took before; None where none does."""
    return _first(change.old, change.new, keywords, admits_less=(change.old, change.new))


def loosened(change: Pair[Constraints], *keywords: str) -> str | None:
    """What to say where one of these keywords takes values that it refused before; None where none does."""
    return _first(change.old, change.new, keywords, admits_less=(change.new, change.old))


def _first(
    old: Constraints, new: Constraints, keywords: tuple[str, ...], admits_less: tuple[Constraints, Constraints]
) -> str | None:
    rows = [
        f"{keyword} is {_text(new, keyword)}, was {_text(old, keyword)}"
        for keyword in keywords
        if _admits_less(*admits_less, keyword)
    ]
    return "; ".join(rows) or None


def _admits_less(old: Constraints, new: Constraints, keyword: str) -> bool:
    if keyword in _LOWER:
        return (getattr(new, _LOWER[keyword]) or 0) > (getattr(old, _LOWER[keyword]) or 0)
    if keyword in _UPPER:
        before, after = getattr(old, _UPPER[keyword]), getattr(new, _UPPER[keyword])
        return after is not None and (before is None or after < before)
    if keyword == "minimum":
        return _floor(new) > _floor(old)
    if keyword == "maximum":
        return _ceiling(new) < _ceiling(old)
    if keyword == "multipleOf":
        return _steps_miss(old.multiple_of, new.multiple_of)
    return new.unique_items and not old.unique_items


def _floor(bounds: Constraints) -> tuple[float, bool]:
    """The lower bound and whether it is itself excluded; the larger of both keywords counts."""
    inclusive = (float("-inf") if bounds.minimum is None else bounds.minimum, False)
    exclusive = (float("-inf") if bounds.exclusive_minimum is None else bounds.exclusive_minimum, True)
    return max(inclusive, exclusive) if bounds.exclusive_minimum is not None else inclusive


def _ceiling(bounds: Constraints) -> tuple[float, bool]:
    """The upper bound and whether it is allowed: (5, False) is below (5, True)."""
    inclusive = (float("inf") if bounds.maximum is None else bounds.maximum, True)
    exclusive = (float("inf") if bounds.exclusive_maximum is None else bounds.exclusive_maximum, False)
    return min(inclusive, exclusive) if bounds.exclusive_maximum is not None else inclusive


def _steps_miss(old: float | None, new: float | None) -> bool:
    """Whether a value that was a multiple of the old step can miss the new one."""
    if new is None or new == old:
        return False
    # As decimals, as the description writes them: 0.1 is ten times 0.01.
    return old is None or new == 0 or Fraction(str(old)) % Fraction(str(new)) != 0


def _text(bounds: Constraints, keyword: str) -> str:
    if keyword == "minimum":
        value, excluded = _floor(bounds)
        return _NONE if value == float("-inf") else f"{value} (excluded)" if excluded else str(value)
    if keyword == "maximum":
        value, included = _ceiling(bounds)
        return _NONE if value == float("inf") else str(value) if included else f"{value} (excluded)"
    if keyword == "multipleOf":
        return _NONE if bounds.multiple_of is None else str(bounds.multiple_of)
    if keyword == "uniqueItems":
        return str(bounds.unique_items).lower()
    value = getattr(bounds, _LOWER.get(keyword) or _UPPER[keyword])
    return _NONE if value is None else str(value)
