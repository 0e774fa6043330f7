"""How satisfied are you? Asked at most once in sixty days; what is low is a complaint at once."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from django.conf import settings as site
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from setia.care import events as verbs
from setia.care import wording
from setia.care.actions.complaints import drop_complaint, open_complaint
from setia.care.models import Answer, Ask, CareSettings, Complaint, ComplaintState, Form, Kind, Source
from setia.care.reaching import chat_for, open_chat
from setia.care.rules import surveys as rules
from setia.conversations import actions as conversations
from setia.conversations.channels.whatsapp_cloud import interactive
from setia.conversations.models import Direction, Message
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.names import greeting_name
from setia.core.scope import current_shop
from setia.customers import queries as customers
from setia.customers.models import ConsentState, Customer, Purpose
from setia.orders import actions as order_actions
from setia.orders import queries as orders
from setia.orders.models import Order, OrderState
from setia.shops import public

PURPOSE: Final = "survey"
LINK: Final = "care_ask"
# More a day would fill the list of messages to send by hand.
MOST_A_DAY: Final = 10
_ROW: Final = re.compile(r"csat:(\d{1,18}):([1-5])")
_DIGIT: Final = re.compile(r"\s*([1-5])\s*[.!]?\s*")


def asked_lately(customer_id: int) -> bool:
    """Whether somebody was asked, or answered by themselves, within the last sixty days."""
    since = clock.now() - timedelta(days=rules.REST_DAYS)
    known = {"customer_id": customer_id, "at__gt": since}
    return Ask.objects.filter(**known).exists() or Answer.objects.filter(**known).exists()


@transaction.atomic
def ask(*, customer: Customer, form: str, order: Order | None = None) -> Ask:
    """Ask a customer: with buttons to tap where WhatsApp takes them now, else with a link.

    Raises DomainError `rest` within sixty days of the last question, `refused` for those who want no messages, and as
    `queue_message`.
    """
    if form not in Form.values:
        raise DomainError(_("Choose what to ask."), code="form", field="form")
    Customer.objects.select_for_update().get(pk=customer.pk)
    if asked_lately(customer.pk):
        text = _("%(name)s was asked within the last sixty days. Let them be.") % {"name": customer.display_name}
        raise DomainError(text, code="rest")
    if customers.consents(customer.pk).get(Purpose.PROMOTION) == ConsentState.WITHDRAWN:
        raise DomainError(_("They want no messages from the shop."), code="refused")
    row: Ask = Ask.objects.create(form=form, customer=customer, order=order)
    row.message = _send(row)
    row.save(update_fields=["message"])
    events.record(verbs.ASKED, subject=row, customer_id=customer.pk, data={"form": form})
    return row


def _send(row: Ask) -> Message:
    shop, customer = current_shop(), row.customer
    link = site.BASE_URL + public.link("public_care:ask", LINK, row.pk)
    with translation.override(customer.language or shop.language):
        name = greeting_name(customer.display_name)
        reference = f"ask:{row.pk}"
        chat = open_chat(customer) if row.form == Form.CSAT else None
        if chat is not None:
            faces = [
                interactive.Row(f"csat:{row.pk}:{score}", f"{face} {words}") for score, face, words in wording.BUTTONS
            ]
            body = interactive.replies(wording.csat_question(name, shop.name), faces)
            payload: dict[str, Any] = {"interactive": body}
            return conversations.queue_message(
                customer=customer,
                text=str(body["body"]["text"]),
                purpose=PURPOSE,
                reference=reference,
                kind="interactive",
                payload=payload,
                conversation=chat,
            )
        if row.form == Form.CSAT:
            text = wording.csat_by_words(name, shop.name, link)
        else:
            text = _("%(name)s, may %(shop)s ask you something? It takes a minute: %(link)s") % {
                "name": name,
                "shop": shop.name,
                "link": link,
            }
        return conversations.queue_message(
            customer=customer, text=text, purpose=PURPOSE, reference=reference, conversation=chat_for(customer)
        )


def ask_after_orders() -> int:
    """Ask people by name whose order was handed over yesterday, where the shop wants it. How many were asked."""
    settings = CareSettings.objects.first() or CareSettings()
    if not settings.asks:
        return 0
    yesterday = current_shop().today() - timedelta(days=1)
    rows = orders.orders().filter(state=OrderState.COMPLETED, completed_on=yesterday, rating=None)
    asked = 0
    for order in rows.exclude(customer=None).select_related("customer").order_by("pk"):
        if asked >= MOST_A_DAY:
            break
        try:
            ask(customer=order.customer, form=Form.CSAT, order=order)
            asked += 1
        except DomainError:  # asked lately, no number, no messages wanted
            continue
    return asked


@transaction.atomic
def answer(
    *,
    form: str,
    source: str,
    ask: Ask | None = None,
    score: int | None = None,
    items: Mapping[str, Sequence[int | None]] | None = None,
    weights: Mapping[str, int] | None = None,
    text: str = "",
    anonymous: bool = False,
) -> Answer:
    """Keep an answer; `anonymous` leaves out who it was, and its order. A link answers once: again gives the first.

    Raises DomainError (`score`, `items`) when nothing was answered.
    """
    if ask is not None and (known := Answer.objects.filter(ask=ask).first()):
        return known
    _check(form, score, items or {})
    named = ask if ask is not None and not anonymous else None
    try:
        with transaction.atomic():
            row: Answer = Answer.objects.create(
                form=form,
                source=source,
                ask=ask,
                customer=named.customer if named else None,
                order=named.order if named else None,
                score=score,
                items={key: list(value) for key, value in (items or {}).items()},
                weights=dict(weights or {}),
                text=text.strip()[:600],
            )
    except IntegrityError:
        known = Answer.objects.filter(ask=ask).first()
        if known is None:
            raise
        return known
    if anonymous and ask is not None:
        # nothing leads from the words back to the person
        public.close(LINK, ask.pk)
        Answer.objects.filter(pk=row.pk).update(ask=None)
        row.ask = None
    _open_low(row, Kind.OTHER)
    if row.order is not None and row.score is not None and form == Form.CSAT:
        # one order, one opinion: it counts for who took it, and nobody asks again at the counter
        order_actions.rate(order=row.order, score=row.score)
    customer_id = row.customer_id
    events.record(verbs.ANSWERED, subject=row, customer_id=customer_id, data={"form": form, "score": score})
    return row


def _check(form: str, score: int | None, items: Mapping[str, Sequence[int | None]]) -> None:
    most = {Form.CSAT: (1, 5), Form.NPS: (0, 10)}.get(form)  # type: ignore[call-overload]
    if most is not None:
        if score is None or not most[0] <= score <= most[1]:
            raise DomainError(_("Tap one of the answers."), code="score", field="score")
    elif not any(value[1] is not None for value in items.values()):
        raise DomainError(_("Answer at least one of the questions."), code="items")


def _open_low(row: Answer, kind: str) -> None:
    if row.form != Form.CSAT or row.score is None or row.score > rules.LOW or row.complaint_id:
        return
    words = row.text or _("Gave %(n)s of 5.") % {"n": row.score}
    row.complaint = open_complaint(
        kind=kind, source=Source.SURVEY, text=words, customer=row.customer, order=row.order, by=None
    )
    row.save(update_fields=["complaint"])


@transaction.atomic
def note_rating(*, event: Event) -> None:
    """On `order.rated`: the faces at the counter count as an answer; the last tap counts.

    A face that was low by mistake takes its complaint along, as long as nobody looked into it.
    """
    order = Order.objects.filter(pk=event.subject_id).select_related("customer").first()
    if order is None or not order.rating:
        return
    if Answer.objects.filter(order=order, form=Form.CSAT, score=order.rating).exclude(source=Source.COUNTER).exists():
        return  # it came from an answer to our question
    row, _new = Answer.objects.update_or_create(
        order=order,
        form=Form.CSAT,
        source=Source.COUNTER,
        defaults={"score": order.rating, "customer": order.customer, "at": event.at},
    )
    complaint: Complaint | None = row.complaint
    if (
        order.rating > rules.LOW
        and complaint
        and complaint.state == ComplaintState.OPEN
        and not complaint.notes.exists()
    ):
        drop_complaint(complaint=complaint)
        row.complaint = None
        row.save(update_fields=["complaint"])
    _open_low(row, Kind.TASTE)


def _may_be_answer(message: Message) -> bool:
    return message.kind == "interactive" or (message.kind == "text" and bool(_DIGIT.fullmatch(message.text or "")))


@events.only_if(_may_be_answer)
@transaction.atomic
def hear_answer(*, event: Event) -> None:
    """On `message.received`: a tap on one of our buttons, or one number right after our question."""
    message = Message.objects.filter(pk=event.subject_id).select_related("customer", "conversation").first()
    if message is None:
        return
    found = _tapped(message) or _typed(message)
    if found is None:
        return
    asked, score = found
    row = answer(form=Form.CSAT, source=Source.CHAT, ask=asked, score=score)
    with translation.override(message.customer.language or current_shop().language):
        thanks = _("Thank you! It is good to know.")
        if (row.score or score) <= rules.LOW:
            thanks = _("Thank you for saying so. We are sorry, and get in touch with you.")
        conversations.queue_message(
            customer=message.customer,
            text=thanks,
            purpose=PURPOSE,
            reference=f"answer:{row.pk}",
            conversation=message.conversation,
        )


def _tapped(message: Message) -> tuple[Ask, int] | None:
    tapped = message.payload.get("interactive") if message.kind == "interactive" else None
    chosen = tapped.get("button_reply") or tapped.get("list_reply") if isinstance(tapped, dict) else None
    match = _ROW.fullmatch(str(chosen.get("id", ""))) if isinstance(chosen, dict) else None
    asked = Ask.objects.filter(pk=match[1], customer=message.customer).first() if match else None
    return (asked, int(match[2])) if asked is not None and match else None


def _typed(message: Message) -> tuple[Ask, int] | None:
    match = _DIGIT.fullmatch(message.text or "") if message.kind == "text" else None
    if not match:
        return None
    said = Message.objects.filter(customer=message.customer, direction=Direction.OUT, at__lte=message.at)
    last = said.order_by("-at", "-pk").first()
    if last is None or last.purpose != PURPOSE:
        return None
    since = message.at - timedelta(days=3)
    asked = Ask.objects.filter(message=last, form=Form.CSAT, at__gt=since, answers=None).first()
    return (asked, int(match[1])) if asked is not None else None
