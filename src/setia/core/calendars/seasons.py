"""The season calendar: which seasons touch a stretch of days, and how sure their dates are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from setia.core.calendars.feasts import Basis
from setia.core.calendars.season_rules import RULES, Rule
from setia.core.calendars.spans import Shifts


@dataclass(frozen=True, slots=True)
class Season:
    """One season with its days, both ends included.

    `estimate`: say "perkiraan", the date may move. `basis`: what it rests on; "owner" when she settled it. `memorial`:
    it remembers the dead, so no cheerful message may be sent for it.
    """

    code: str
    name_id: str
    name_en: str
    starts: date
    ends: date
    estimate: bool
    basis: Basis
    hint_id: str
    hint_en: str
    memorial: bool


def seasons(between: tuple[date, date], overrides: Mapping[str, int] | None = None) -> list[Season]:
    """The seasons that touch the days `between` (both included), by their first day.

    `overrides` shifts by days: {"kupatan": 1} every year, {"idul_fitri@2027": -1} in one Gregorian year. Shifting a
    feast moves every season that hangs on it. A shift of one year, even 0, settles the date: it is no estimate any
    more. Feasts without a known date (Imlek after 2027) are simply not there.
    """
    first, last = between
    shifts = Shifts(dict(overrides or {}))
    years = range(first.year - 1, last.year + 2)
    found = (season for rule in RULES for year in years for season in _of_year(rule, year, shifts))
    touching = {season for season in found if season.starts <= last and season.ends >= first}
    return sorted(touching, key=lambda season: (season.starts, season.ends, season.code))


def _of_year(rule: Rule, year: int, shifts: Shifts) -> Iterator[Season]:
    for span in rule.when(year, shifts):
        own = rule.code != rule.anchor
        shift = timedelta(shifts.of(rule.code, span.starts.year) if own else 0)
        settled = own and shifts.settled(rule.code, span.starts.year)
        yield Season(
            code=rule.code,
            name_id=rule.name_id,
            name_en=rule.name_en,
            starts=span.starts + shift,
            ends=span.ends + shift,
            estimate=span.estimate and not settled,
            basis="owner" if settled else span.basis,
            hint_id=rule.hint_id,
            hint_en=rule.hint_en,
            memorial=rule.memorial,
        )
