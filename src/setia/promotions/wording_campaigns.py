"""What a campaign's numbers allow to be said: never more than the interval."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setia.promotions.models import Campaign, CampaignKind, CampaignState
from setia.promotions.queries import campaigns_results as queries
from setia.promotions.rules import campaigns as rules
from setia.promotions.rules.campaigns import Interval


@dataclass(frozen=True)
class Told:
    """A result in words and as a picture. `waits`: the window is not over, and nothing is shown."""

    waits: bool
    sentence: str
    more: list[str]
    picture: list[Interval]
    counts: dict[str, int]
    verdict: str = ""


def rate_sentence(rate: dict[str, Any]) -> str:
    """The effect on how many buy, of a hundred who were written to, with its interval."""
    values = {
        "n": rules.per_hundred(rate["effect"]),
        "low": rules.per_hundred(rate["low"]),
        "high": rules.per_hundred(rate["high"]),
    }
    said = rules.verdict(rate)
    if said == "more":
        sentence = _(
            "It brought buyers: of 100 people written to, about %(n)s more bought than would have anyway "
            "(probably between %(low)s and %(high)s)."
        )
    elif said == "fewer":
        sentence = _(
            "It did harm: of 100 people written to, about %(n)s fewer bought than would have anyway "
            "(probably between %(high)s and %(low)s)."
        )
    else:
        sentence = _(
            "It cannot be told whether it brought anything: of 100 people written to, anything between %(low)s fewer "
            "and %(high)s more buyers fits what happened."
        )
    return sentence % values


def result(row: Campaign) -> Told:
    """Everything that may be said now."""
    if row.measured_at is None or row.result is None:
        return Told(True, "", [], [], {})
    found = row.result
    counts = {name: found[name] for name in ("treated", "held", "treated_bought", "held_bought", "orders", "amount")}
    if "rate" not in found:
        said = _(
            "%(n)s of the %(all)s people written to bought. Nobody was held out, so nobody can tell how many would "
            "have bought anyway."
        )
        return Told(False, said % {"n": counts["treated_bought"], "all": counts["treated"]}, [], [], counts)
    rate = found["rate"]
    pooled = queries.of_kind(row.kind)
    others = queries.overlapping(row)
    rows = [(_("This campaign"), rate["low"], rate["effect"], rate["high"])]
    more = []
    if pooled is not None:
        rows.append((_("All of this kind"), pooled.low, pooled.effect, pooled.high))
        more.append(kind_sentence(pooled))
    if others:
        names = ", ".join(other.name for other in others)
        also = _("In the same weeks the same people also got: %(names)s. The effect is of all together.")
        more.append(also % {"names": names})
    return Told(False, rate_sentence(rate), more, rules.intervals(rows), counts, rules.verdict(rate))


def kind_sentence(kind: queries.Kind) -> str:
    """What campaigns of a kind usually bring."""
    about = {
        "kind": CampaignKind(kind.kind).label,
        "count": kind.count,
        "low": rules.per_hundred(kind.low),
        "high": rules.per_hundred(kind.high),
        "n": rules.per_hundred(kind.effect),
    }
    said = rules.verdict({"low": kind.low, "high": kind.high, "chance_positive": kind.chance_positive})
    if said == "more":
        sentence = _(
            "%(count)s campaigns of the kind “%(kind)s” together: about %(n)s more buyers of 100 (between %(low)s and "
            "%(high)s). That is more to be trusted than one campaign."
        )
        return sentence % about
    if said == "fewer":
        return _("%(count)s campaigns of the kind “%(kind)s” together: about %(n)s fewer buyers of 100.") % about
    return (
        _("%(count)s campaigns of the kind “%(kind)s” together: still not clear whether they bring anything.") % about
    )


def short(row: Campaign) -> str:
    """One line for the list."""
    if row.state == CampaignState.DRAFT:
        return str(row.get_state_display())
    if row.measured_at is None or row.ends_on is None:
        if row.ends_on is None:
            return str(row.get_state_display())
        values = {"state": row.get_state_display(), "day": date_format(row.ends_on, "j M")}
        return _("%(state)s; result after %(day)s") % values
    rate = (row.result or {}).get("rate")
    if not rate:
        return _("Nobody to compare with")
    said = rules.verdict(rate)
    if said == "more":
        n = rules.per_hundred(rate["effect"])
        return ngettext("about %(n)s more buyer of 100", "about %(n)s more buyers of 100", n) % {"n": n}
    return _("Fewer bought than would have") if said == "fewer" else _("No difference can be told")
