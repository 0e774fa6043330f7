"""What people wish for: written down, joined by topic, decided, and answered to everybody who asked."""

from django.db import transaction
from django.utils.translation import gettext as _

from setia.care import events as verbs
from setia.care.models import Source, Suggestion, SuggestionState, Voice
from setia.care.reaching import chat_for
from setia.care.rules import suggestions as rules
from setia.catalog.models import Variant
from setia.conversations import actions as conversations
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.names import greeting_name
from setia.customers.models import Customer
from setia.shops.models import Member

PURPOSE = "suggestion"


@transaction.atomic
def suggest(
    *,
    text: str,
    source: str,
    customer: Customer | None = None,
    suggestion: Suggestion | None = None,
    by: Member | None = None,
    key: str = "",
) -> Voice:
    """Somebody suggested `text` (`source`: chat, counter, phone, survey, page, bazaar). `key`: twice is once.

    It joins `suggestion`, or an open one of the very same words; else it is a topic of its own. Raises DomainError
    when empty.
    """
    text = " ".join(text.split())[:600]
    if not text:
        raise DomainError(_("Write down the suggestion."), code="empty", field="text")
    if source not in Source.values:
        raise DomainError(_("Say where it was heard."), code="source", field="source")
    if key and (known := Voice.objects.filter(key=key).first()):
        return known
    topic = suggestion or _same(text) or Suggestion.objects.create(title=text[:120])
    voice: Voice = Voice.objects.create(
        suggestion=topic, origin=topic, customer=customer, text=text, source=source, by=by, key=key or None
    )
    events.record(
        verbs.SUGGESTED,
        subject=topic,
        customer_id=customer.pk if customer else None,
        data={"suggestion_id": topic.pk, "source": source},
    )
    return voice


def _same(text: str) -> Suggestion | None:
    waiting = (SuggestionState.NEW, SuggestionState.CONSIDERED, SuggestionState.TRYING)
    rows = Suggestion.objects.filter(merged_into=None, state__in=waiting)
    return next((row for row in rows if rules.topic(row.title) == rules.topic(text)), None)


@transaction.atomic
def rename(*, suggestion: Suggestion, title: str) -> None:
    """Give the topic a better name."""
    if not title.strip():
        raise DomainError(_("Give it a name."), code="empty", field="title")
    Suggestion.objects.filter(pk=suggestion.pk).update(title=" ".join(title.split())[:120])
    events.record(verbs.SUGGESTION_CHANGED, subject=suggestion)


@transaction.atomic
def join(*, suggestion: Suggestion, into: Suggestion) -> bool:
    """The two speak of the same: voices of the one count for the other."""
    if suggestion.pk == into.pk or into.merged_into_id or suggestion.merged_into_id:
        return False
    Voice.objects.filter(suggestion=suggestion).update(suggestion=into)
    Suggestion.objects.filter(merged_into=suggestion).update(merged_into=into)
    Suggestion.objects.filter(pk=suggestion.pk).update(merged_into=into)
    events.record(verbs.SUGGESTION_CHANGED, subject=into, data={"joined": suggestion.pk})
    return True


@transaction.atomic
def part(*, suggestion: Suggestion) -> bool:
    """They were two things after all: each gets its own voices back."""
    if not Suggestion.objects.filter(pk=suggestion.pk).exclude(merged_into=None).update(merged_into=None):
        return False
    Voice.objects.filter(origin=suggestion).update(suggestion=suggestion)
    events.record(verbs.SUGGESTION_CHANGED, subject=suggestion, data={"parted": True})
    return True


@transaction.atomic
def take_out_voice(*, voice: Voice) -> None:
    """It was a mistake; a topic that nobody asks for any more goes, too."""
    topic = voice.suggestion
    Voice.objects.filter(pk=voice.pk).delete()
    if topic.state == SuggestionState.NEW and not topic.voices.exists() and not topic.joined.exists():
        topic.delete()


@transaction.atomic
def decide(*, suggestion: Suggestion, state: str, answer: str = "", variant: Variant | None = None, by: Member) -> int:
    """What becomes of it. `answer` (without a greeting) goes to everybody by name who asked, through the outbox.

    How many were written to; those without a number are told in person. Raises DomainError for a way that is none.
    """
    row: Suggestion = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if not rules.may_become(row.state, state):
        raise DomainError(_("This was decided in another way already."), code="state")
    row.state, row.decided_at, row.answer = state, clock.now(), answer.strip()[:600]
    row.variant = variant or row.variant
    row.save(update_fields=["state", "decided_at", "answer", "variant"])
    events.record(verbs.SUGGESTION_DECIDED, subject=row, data={"state": state})
    if state not in rules.ANSWERED or not row.answer:
        return 0
    askers = Customer.objects.filter(
        pk__in=Voice.objects.filter(suggestion=row).exclude(customer=None).values("customer_id"),
        archived_at=None,
        erased_at=None,
    )
    return sum(_tell(row, customer, by) for customer in askers.order_by("pk"))


def _tell(row: Suggestion, customer: Customer, by: Member) -> bool:
    text = f"{greeting_name(customer.display_name)}, {row.answer}"
    try:
        with transaction.atomic():
            conversations.queue_message(
                customer=customer,
                text=text,
                purpose=PURPOSE,
                reference=f"suggestion:{row.pk}:{row.state}",
                sent_by=by,
                conversation=chat_for(customer),
            )
    except DomainError:
        return False
    return True
