"""Notes about customers, and their yearly days."""

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import events
from setia.core.errors import DomainError
from setia.customers import events as verbs
from setia.customers import rules
from setia.customers.actions.indexing import reindex
from setia.customers.models import Customer, Note, Occasion
from setia.shops.models import Member

_NOTE_LENGTH = 1000


@transaction.atomic
def add_note(*, customer: Customer, text: str, by: Member | None) -> Note:
    """Write a remark; `by` None means the house wrote it. Raises DomainError when it is empty or too long."""
    text = text.strip()
    if not text:
        raise DomainError(_("Write something first."), code="empty", field="text")
    if len(text) > _NOTE_LENGTH:
        message = _("This note has %(length)s characters; at most %(most)s fit. Shorten it, or write two notes.")
        raise DomainError(message % {"length": len(text), "most": _NOTE_LENGTH}, code="too_long", field="text")
    note = Note.objects.create(customer=customer, text=text, by=by)
    reindex(customer_ids=[customer.pk])
    events.record(verbs.NOTED, subject=note, customer_id=customer.pk)
    return note


@transaction.atomic
def add_occasion(*, customer: Customer, kind: str, calendar: str, month: int, day: int, label: str = "") -> Occasion:
    """Remember a yearly day in its own calendar; the same again changes nothing.

    Raises DomainError when there is no such day.
    """
    if not rules.day_exists(calendar, month, day):
        raise DomainError(_("This month does not have such a day."), code="no_such_day", field="day")
    known = Occasion.objects.filter(customer=customer, kind=kind, calendar=calendar, month=month, day=day).first()
    if known:
        return known
    occasion = Occasion.objects.create(
        customer=customer, kind=kind, calendar=calendar, month=month, day=day, label=rules.tidy(label)[:80]
    )
    events.record(
        verbs.OCCASION_ADDED, subject=occasion, customer_id=customer.pk, data={"kind": kind, "calendar": calendar}
    )
    return occasion


@transaction.atomic
def remove_occasion(*, occasion: Occasion) -> None:
    """Forget a yearly day."""
    events.record(
        verbs.OCCASION_REMOVED, subject=occasion, customer_id=occasion.customer_id, data={"kind": occasion.kind}
    )
    occasion.delete()
