"""Celebrations that are kept on other days here than the calendar says."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.calendars import Season
from setia.core.errors import DomainError
from setia.promotions import events as verbs
from setia.promotions.models import SeasonShift
from setia.promotions.queries import seasons as reads
from setia.shops.models import Member


@transaction.atomic
def shift_season(*, season: Season, starts: date, by: Member | None = None) -> SeasonShift:
    """It begins on `starts` here: that is certain then, no estimate. Raises DomainError (field `starts`)."""
    plain = reads.by_the_calendar(season)
    if plain is None:
        raise DomainError(_("This celebration is not in the calendar."), code="unknown", field="starts")
    days = (starts - plain.starts).days
    if abs(days) > reads.MOST_SHIFT:
        problem = _("At most %(n)s days from the day of the calendar.") % {"n": reads.MOST_SHIFT}
        raise DomainError(problem, code="far", field="starts")
    row, _new = SeasonShift.objects.update_or_create(
        code=plain.code, year=plain.starts.year, defaults={"days": days, "at": clock.now(), "by": by}
    )
    _record(row, days)
    return row


@transaction.atomic
def put_season_back(*, season: Season) -> Season | None:
    """The day of the calendar holds again. Returns the celebration there; None when nothing was moved."""
    plain = reads.by_the_calendar(season)
    row = SeasonShift.objects.filter(code=season.code, year=plain.starts.year).first() if plain else None
    if plain is None or row is None:
        return None
    _record(row, None)
    row.delete()
    return plain


def _record(row: SeasonShift, days: int | None) -> None:
    events.record(verbs.SEASON_SHIFTED, subject=row, data={"code": row.code, "year": row.year, "days": days})
