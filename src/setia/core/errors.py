"""Errors an action may fail with. Their text is shown to the person as it is, so it says what to do."""

from django.utils.functional import Promise


class DomainError(Exception):
    """A rule of the shop said no.

    `message`: plain, translated, says what to do. `code`: stable, for tests and the API. `field`: the form field it
    belongs to, if one.
    """

    def __init__(self, message: str | Promise, *, code: str = "refused", field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.field = field

    def __str__(self) -> str:
        return str(self.message)
