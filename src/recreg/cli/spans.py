"""A span of days, as options take it."""

from datetime import date

from recreg.errors import Mistyped


def end_of(within: str, today: date) -> date:
    """The last day of a span such as 30d, 2w, 3m or 1y from today."""
    from recreg.domain.typed_days import understand

    try:
        return understand(f"+{within.strip().removeprefix('+')}", today=today).on
    except Mistyped as error:
        raise Mistyped(f"“{within}” is not a span of days.", "A span is written 30d, 2w, 3m or 1y.") from error
