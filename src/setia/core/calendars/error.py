"""The one way a calendar says no."""

from typing import Final

_REMEDIES: Final = {
    "no_such_day": "The calendar has no such day. Check the day and the month.",
    "out_of_range": "This date is too far away for the calendar. Check the year.",
}


class CalendarError(ValueError):
    """A day that does not exist, or a date outside what is known. `code`: no_such_day or out_of_range."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.message = _REMEDIES[code]
        super().__init__(self.message)
