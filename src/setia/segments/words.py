"""What a score says, in plain sentences. Never «lost», never «alive» by so many percent: only what the past shows."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setia.segments.models import Score, SeasonBuyer, ShopFit
from setia.segments.names import SEASON_NAMES
from setia.segments.rules import Evidence, evidence
from setia.web import amounts


def span(days: float) -> str:
    """A length of time as people say it: `4 days`, `3 weeks`, `5 months`."""
    if days < 12:
        n = max(1, round(days))
        return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}
    if days < 70:
        n = round(days / 7)
        return ngettext("%(n)s week", "%(n)s weeks", n) % {"n": n}
    n = round(days / 30.44)
    return ngettext("%(n)s month", "%(n)s months", n) % {"n": n}


def rhythm_sentences(score: Score | None, today: date, comeback: float | None, *, again: bool = False) -> list[str]:
    """What is known of a customer's rhythm, as far as the evidence carries.

    `comeback`: the shop's own rate (0…1) for customers this late. `again`: they bought since the score was made, so
    nothing is said of how long they have been away.
    """
    if score is None or evidence(score.purchases) is Evidence.NONE or score.usual_gap is None:
        return [_("New, no rhythm yet.")]
    low, high = span(score.gap_low or score.usual_gap), span(score.gap_high or score.usual_gap)
    if evidence(score.purchases) is Evidence.RANGE:
        return [
            _("%(n)s purchases so far, mostly %(low)s to %(high)s apart. Too few to speak of a rhythm.")
            % {"n": score.purchases, "low": low, "high": high}
        ]
    usual = _(
        "Usually orders about every %(usual)s (%(n)s purchases; half of the gaps between %(low)s and %(high)s)."
    ) % {
        "usual": span(score.usual_gap),
        "n": score.purchases,
        "low": low,
        "high": high,
    }
    late = [] if again else _late_sentences(score, (today - score.last_on).days, comeback)
    return [usual, *late]


def outlook_sentences(score: Score | None, fit: ShopFit | None) -> list[str]:
    """What is to be expected of a customer: chance within four weeks, worth within a year; nothing where thin.

    Always of «customers like this», with how many the estimate rests on.
    """
    if score is None or fit is None or evidence(score.purchases) is Evidence.NONE or score.chance is None:
        return []
    based = ngettext("based on %(n)s customer", "based on %(n)s customers", fit.customers) % {"n": fit.customers}
    told = [_chance_sentence(score.chance)]
    if score.value is not None and score.value_low is not None and score.value_high is not None:
        low, high = (amounts.shown(_rough(money)) for money in (score.value_low, score.value_high))
        ends = {"low": low, "high": high, "based": based}
        if score.value_low:
            text = _("In the coming 12 months 8 of 10 like this spend between %(low)s and %(high)s (%(based)s).")
        else:
            text = _("In the coming 12 months 9 of 10 like this spend at most %(high)s (%(based)s).")
        told.append(text % ends)
    return told


def _chance_sentence(chance: float) -> str:
    n = round(chance * 10)
    if n == 0:
        return _("Fewer than 1 in 20 customers like this order within 4 weeks.")
    if n == 10:
        return _("Nearly all customers like this order within 4 weeks.")
    return _("About %(n)s in 10 customers like this order within 4 weeks.") % {"n": n}


def _rough(money: int) -> int:
    """Two digits that matter, the rest zeros: more would be a precision nobody has."""
    step = 10 ** max(0, len(str(money)) - 2)
    return round(money / step) * step


def season_sentences(seasons: Iterable[SeasonBuyer]) -> list[str]:
    """For which celebrations they buy: «Bought for Lebaran 2 of the last 3 times»."""
    told = []
    for row in seasons:
        text = _("Bought for %(season)s %(taken)s of the last %(n)s times.")
        if row.opportunities == 1:
            text = _("Bought for %(season)s last time.")
        name = SEASON_NAMES.get(row.season, row.season)
        told.append(text % {"season": name, "taken": row.taken, "n": row.opportunities})
    return told


# A gap as long as half of their gaps is nothing to speak of; below one in twenty «1 in 10» would be too much said.
ORDINARY, RARE = 0.5, 0.05


def _late_sentences(score: Score, away: int, comeback: float | None) -> list[str]:
    if score.lateness is None or score.lateness >= ORDINARY:
        return []
    if score.lateness < RARE:
        sentence = _("Last purchase %(away)s ago: fewer than 1 in 20 of their gaps is this long.") % {
            "away": span(away)
        }
    else:
        values = {"away": span(away), "n": max(1, round(score.lateness * 10))}
        sentence = _("Last purchase %(away)s ago: about %(n)s in 10 of their gaps is this long.") % values
    if comeback is None:
        return [sentence]
    back = _("Of customers this late in your shop, %(n)s of 10 came back within 8 weeks without a message.")
    return [sentence, back % {"n": round(comeback * 10)}]
