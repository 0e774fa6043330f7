"""What the shop allows itself: quiet hours, pauses between offers, a monthly cap; and the prices it pays."""

from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from setia.conversations import costs
from setia.conversations import events as verbs
from setia.conversations.models import Rate, SendingRules
from setia.conversations.rules import placeholders
from setia.core import events
from setia.core.errors import DomainError

# Nobody is to be woken by an offer, whatever the shop enters.
LEAST_QUIET_HOURS = 8


@transaction.atomic
def change_sending_rules(
    *, quiet_from: time, quiet_until: time, days_between_offers: int, monthly_cap: int | None
) -> SendingRules:
    """Change the rules. Raises DomainError for quiet hours shorter than eight, or less than a day between offers."""
    hours = (quiet_until.hour * 60 + quiet_until.minute - quiet_from.hour * 60 - quiet_from.minute) % 1440 / 60
    if hours < LEAST_QUIET_HOURS:
        raise DomainError(
            _("Leave customers at least eight quiet hours, for example from 20.00 to 08.00."),
            code="quiet",
            field="quiet_until",
        )
    if days_between_offers < 1:
        raise DomainError(_("Leave at least one day between two offers."), code="days", field="days_between_offers")
    row, _new = SendingRules.objects.update_or_create(
        defaults={
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
            "days_between_offers": days_between_offers,
            "monthly_cap": monthly_cap,
        }
    )
    events.record(verbs.SENDING_RULES_CHANGED, subject=row, data={"cap": monthly_cap, "days": days_between_offers})
    return row


@transaction.atomic
def change_hand_pace(*, by_hand_a_day: int, by_hand_in_a_row: int, by_hand_rest: int, greetings: str) -> SendingRules:
    """How much is sent by hand a day, when to rest, and how texts begin. Raises DomainError for a number out of bounds
    and for a greeting without the customer's name."""
    for field, value, (least, most) in (
        ("by_hand_a_day", by_hand_a_day, (1, 200)),
        ("by_hand_in_a_row", by_hand_in_a_row, (1, 50)),
        ("by_hand_rest", by_hand_rest, (1, 240)),
    ):
        if not least <= value <= most:
            problem = _("Between %(least)s and %(most)s.") % {"least": least, "most": most}
            raise DomainError(problem, code="pace", field=field)
    lines = [line.strip() for line in greetings.splitlines() if line.strip()]
    for line in lines:
        if "{name}" not in line or placeholders(line) != {"name"}:
            problem = _("Write {name} once in every line: “%(line)s” has no place for the name.") % {"line": line[:60]}
            raise DomainError(problem, code="greeting", field="greetings")
    row, _new = SendingRules.objects.update_or_create(
        defaults={
            "by_hand_a_day": by_hand_a_day,
            "by_hand_in_a_row": by_hand_in_a_row,
            "by_hand_rest": by_hand_rest,
            "greetings": "\n".join(lines),
        }
    )
    events.record(verbs.SENDING_RULES_CHANGED, subject=row, data={"a_day": by_hand_a_day, "greetings": len(lines)})
    return row


@transaction.atomic
def enter_rate(*, category: str, amount: int, valid_from: date) -> Rate:
    """What a message of a category costs from a day on. Raises DomainError for a category WhatsApp does not bill."""
    if category not in costs.BUILT_IN[-1][1]:
        raise DomainError(_("WhatsApp has no such kind of message."), code="category", field="category")
    rate, _new = Rate.objects.update_or_create(category=category, valid_from=valid_from, defaults={"amount": amount})
    events.record(verbs.SENDING_RULES_CHANGED, subject=rate, data={"category": category, "amount": amount})
    return rate
