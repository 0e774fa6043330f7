"""Links and QR codes to the shop's WhatsApp: made, used, put away. A code in the words tells where people found us."""

import contextlib
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from setia.conversations import events as verbs
from setia.conversations import rules
from setia.conversations.models import Direction, Entry, EntryLink, Message
from setia.core import clock, events, ids
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.customers import actions as people
from setia.customers.models import Customer, Source
from setia.shops import public

CODE_LENGTH: Final = 4
# The kind of its public link.
ENTRY_LINK: Final = "entry_link"


@transaction.atomic
def make_entry_link(*, label: str, source: str, text: str) -> EntryLink:
    """A link with a code of its own. Raises DomainError for a missing label, an unknown source or words too long."""
    fields = _clean(label, source, text)
    while True:
        with contextlib.suppress(IntegrityError), transaction.atomic():
            link = EntryLink.objects.create(code=ids.short_code(CODE_LENGTH).upper(), **fields)
            break
    public.token_for(ENTRY_LINK, link.pk)
    events.record(verbs.ENTRY_LINK_CHANGED, subject=link, data={"change": "made", "source": source})
    return link


@transaction.atomic
def change_entry_link(*, link: EntryLink, label: str, source: str, text: str) -> EntryLink:
    """Change words and source; the code stays, for it is printed. Customers who came by it keep their source."""
    for name, value in _clean(label, source, text).items():
        setattr(link, name, value)
    link.save(update_fields=["label", "source", "text"])
    events.record(verbs.ENTRY_LINK_CHANGED, subject=link, data={"change": "changed", "source": source})
    return link


def _clean(label: str, source: str, text: str) -> dict[str, str]:
    label, text = " ".join(label.split()), " ".join(text.split())
    if not label:
        raise DomainError(_("Say where the link will be seen."), code="label", field="label")
    if source not in Source.values:
        raise DomainError(_("Choose one of the list."), code="source", field="source")
    if not text or len(text) > rules.ENTRY_TEXT:
        problem = _("Write up to %(most)s characters: longer words make a code that phones cannot scan.")
        raise DomainError(problem % {"most": rules.ENTRY_TEXT}, code="text", field="text")
    return {"label": label[:80], "source": source, "text": text}


@transaction.atomic
def retire_entry_link(*, link: EntryLink, retired: bool) -> bool:
    """Put a link away, or take it back. What is printed goes on working; it is only not offered any more."""
    changed = EntryLink.objects.filter(pk=link.pk, retired_at__isnull=retired).update(
        retired_at=clock.now() if retired else None
    )
    if changed:
        change = "put away" if retired else "taken back"
        events.record(verbs.ENTRY_LINK_CHANGED, subject=link, data={"change": change, "source": link.source})
    return bool(changed)


def count_opening(*, link: EntryLink) -> None:
    """Somebody opened WhatsApp by the link. An intention: nobody tells us whether they wrote."""
    EntryLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1)


@events.only_if(lambda message: bool(rules.codes_in(message.text)))
def note_entry(*, event: Event) -> None:
    """On `message.received`: when the words carry a code, the customer came by that link."""
    message = Message.objects.select_related("customer").filter(pk=event.subject_id, direction=Direction.IN).first()
    codes = rules.codes_in(message.text) if message else []
    link = EntryLink.objects.filter(code__in=codes).first() if codes else None
    if message and link:
        enter(link=link, customer=message.customer, message=message, newcomer=bool(event.data.get("new")))


@transaction.atomic
def enter(*, link: EntryLink, customer: Customer, message: Message | None = None, newcomer: bool = False) -> Entry:
    """A customer came by a link, counted once. The link's source becomes theirs when nobody knew it before: what was
    written down is never overwritten, except that somebody new «wrote by itself»."""
    entry, new = Entry.objects.get_or_create(
        link=link, customer=customer, defaults={"message": message, "newcomer": newcomer}
    )
    if not new:
        return entry
    unknown = not customer.source or (newcomer and customer.source == Source.CHAT)
    if unknown and customer.source != link.source:
        people.change_customer(customer=customer, source=link.source)
    data = {"link": link.pk, "label": link.label, "source": link.source, "newcomer": newcomer}
    events.record(verbs.ENTERED, subject=link, customer_id=customer.pk, data=data)
    return entry


def enter_code(*, code: str, customer: Customer) -> Entry:
    """A customer told the code of a leaflet. Raises DomainError for a code of no link."""
    link = EntryLink.objects.filter(code=code.strip().lstrip("#").upper()).first()
    if link is None:
        raise DomainError(_("No link has this code. Look at the leaflet once more."), code="unknown", field="code")
    return enter(link=link, customer=customer)
