"""The one way a calendar says no."""


class CalendarError(ValueError):
    """A day that does not exist, or a date outside what is known. `code`: no_such_day or out_of_range."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(message)
