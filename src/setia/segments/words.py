"""What a score says, in plain sentences. Never «lost», never «alive» by so many percent: only what the past shows."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setia.segments.models import Score
from setia.segments.rules import Evidence, evidence


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
