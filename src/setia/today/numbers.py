"""The numbers behind a card, in plain sentences: one tap away, for whoever wants to know why it stands there."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from setia.core import money
from setia.insight.choice import OUTCOME_DAYS
from setia.today import rules
from setia.today.models import Prompt


def behind(prompt: Prompt, place: int) -> list[str]:
    """A sentence each: worth, chance now, what a word changes, tiredness, place. Nothing of a duty but its place."""
    said = [_place(place, duty=prompt.kind in rules.DUTY)] if place else []
    if prompt.kind in rules.DUTY or not prompt.numbers or prompt.customer_id is None:
        return said
    return [*_of_customer(prompt), *said]


def _of_customer(prompt: Prompt) -> list[str]:
    known = prompt.numbers
    said = [_worth(known), _chance(prompt.chance or 0.0), _change(known)]
    if known["written"]:
        said.append(
            ngettext(
                "You wrote %(n)s time in the last 30 days: that counts against it.",
                "You wrote %(n)s times in the last 30 days: that counts against it.",
                known["written"],
            )
            % {"n": known["written"]}
        )
    said.append(_("In all about %(amount)s more within a year.") % {"amount": _rough(max(0, known["gain"]))})
    return said


def _worth(known: dict[str, int | None]) -> str:
    if known["high"] is None:
        return _("Too new to say what they will bring; counted like a usual customer, %(amount)s a year.") % {
            "amount": _rough(known["value"] or 0)
        }
    return _("Expected to bring %(amount)s within a year (of 10 like this, 8 bring %(low)s to %(high)s).") % {
        "amount": _rough(known["value"] or 0),
        "low": _rough(known["low"] or 0),
        "high": _rough(known["high"]),
    }


def _chance(chance: float) -> str:
    return _("Of 10 like this, about %(n)s order within %(days)s days by themselves.") % {
        "n": round(10 * chance),
        "days": OUTCOME_DAYS,
    }


def _change(known: dict[str, float]) -> str:
    share = _("A word brings about %(n)s of 100 more") % {"n": max(0, round(100 * known["change"]))}
    if known["judged"]:
        seen = ngettext("with %(n)s of yours seen", "with %(n)s of yours seen", int(known["judged"]))
        return f"{share} ({seen % {'n': known['judged']}})."
    guess = _("a careful guess until your own are seen")
    return f"{share} ({guess})."


def _place(place: int, *, duty: bool) -> str:
    if duty:
        return _("Place %(n)s: somebody waits or was promised something, that comes first.") % {"n": place}
    return _("Place %(n)s today, phases taken in turn.") % {"n": place}


def _rough(amount: int) -> str:
    """Two digits are all that is known."""
    step = 10 ** max(0, len(str(int(amount))) - 2)
    return money.format_money(round(amount / step) * step, locale=get_language() or "id")
