"""What a score says, in plain sentences. Never «lost», never a percentage «alive»: only what the shop's own past shows."""

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


def rhythm_sentences(score: Score | None, today: date, comeback: float | None) -> list[str]:
    """What is known of a customer's rhythm, as far as the evidence carries; `comeback` is the shop's own rate (0…1)."""
    if score is None or evidence(score.purchases) is Evidence.NONE or score.usual_gap is None:
        return [_("New, no rhythm yet.")]
    low, high = span(score.gap_low or score.usual_gap), span(score.gap_high or score.usual_gap)
    if evidence(score.purchases) is Evidence.RANGE:
        return [
            _("%(n)s purchases so far, mostly %(low)s to %(high)s apart. Too few to speak of a rhythm.")
            % {"n": score.purchases, "low": low, "high": high}
        ]
    sentences = [
        _("Usually orders about every %(usual)s (%(n)s purchases; half of the gaps between %(low)s and %(high)s).")
        % {"usual": span(score.usual_gap), "n": score.purchases, "low": low, "high": high}
    ]
    away = (today - score.last_on).days
    if score.lateness is not None and score.lateness < 0.5:
        tenths = max(1, round(score.lateness * 10))
        sentences.append(
            _("Last purchase %(away)s ago: about %(n)s in 10 of their gaps is this long.") % {"away": span(away), "n": tenths}
        )
        if comeback is not None:
            sentences.append(
                _("Of customers this late in your shop, %(n)s of 10 came back within 8 weeks without a message.")
                % {"n": round(comeback * 10)}
            )
    return sentences
