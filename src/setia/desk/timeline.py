"""A customer's timeline: events as sentences."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from setia.care import events as care
from setia.conversations import events as conversations
from setia.core import money
from setia.core.models import Event
from setia.core.prepared import prepared
from setia.core.scope import current_shop
from setia.customers import events as customers
from setia.customers.merging import queries as same
from setia.customers.models import ConsentState, Purpose, RequestKind
from setia.loyalty import events as loyalty
from setia.loyalty import queries as loyalty_queries
from setia.orders import events as orders
from setia.orders import queries as order_queries
from setia.orders.models import Order
from setia.shops.models import Member
from setia.today import events as today

SHOWN = 30

Data = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """One line: when, an icon, what happened, who did it, where it leads."""

    at: datetime
    icon: str
    text: str
    who: str = ""
    url_name: str = ""
    subject_id: int | None = None


def _money(amount: int) -> str:
    return money.format_money(amount, locale=get_language() or "id")


def _order(sentence: Callable[[], str]) -> Callable[[Data], str]:
    return lambda data: sentence() % {"number": data.get("number", "?"), "total": _money(data.get("total", 0))}


def _consent(data: Data) -> str:
    purpose = dict(Purpose.choices).get(data.get("purpose", ""), "")
    if data.get("state") == ConsentState.GIVEN:
        return _("Agreed to: %(purpose)s.") % {"purpose": purpose}
    return _("Said no to: %(purpose)s.") % {"purpose": purpose}


def _identity(data: Data) -> str:
    change = data.get("change")
    if change == "ended":
        return _("A number or id was taken off.")
    if change == "shared":
        return _("A number was marked as shared with others.")
    if change == "own":
        return _("A number was marked as theirs alone.")
    return _("A number or id was added.")


def _payment(data: Data) -> str:
    amount = int(data.get("amount", 0))
    if amount < 0:
        return _("Got back %(amount)s.") % {"amount": _money(-amount)}
    return _("Paid %(amount)s.") % {"amount": _money(amount)}


def _rated(data: Data) -> str:
    return _("It tasted %(n)s of 5.") % {"n": data.get("score", "")}


def _chat_import(data: Data) -> str:
    words = ngettext(
        "An exported chat was brought in: %(n)s message.",
        "An exported chat was brought in: %(n)s messages.",
        int(data.get("brought", 0)),
    )
    return words % {"n": data.get("brought", 0)}


def _entry(data: Data) -> str:
    return _("Came by the link “%(label)s”.") % {"label": data.get("label", "")}


def _prompt(data: Data) -> str:
    if data.get("did") == "sent":
        return _("Was written to, as Today suggested.")
    return _("Was seen to, as Today suggested.") if data.get("did") == "done" else ""


def _card(sentence: Callable[[], str]) -> Callable[[Data], str]:
    return lambda data: (
        sentence() % {"amount": loyalty_queries.counted(data.get("unit", ""), abs(data.get("amount", 0)))}
    )


def _tier(data: Data) -> str:
    return _("Moved up a tier.") if data.get("up") else _("Moved down a tier.")


def _sharing(data: Data) -> str:
    return _("Has a card of their own again.") if data.get("alone") else _("Collects together with others now.")


def _restriction(data: Data) -> str:
    return _("Their data is only kept from now on.") if data.get("restricted") else _("Their data may be used again.")


def _shown(data: Data) -> str:
    return _("Looked at what is kept.") if data.get("how") == "link" else _("What is kept was printed for them.")


def _wish(data: Data) -> Any:
    return dict(RequestKind.choices).get(data.get("kind", ""), "")


def _asked(data: Data) -> str:
    return _("Asked: %(wish)s.") % {"wish": _wish(data)}


def _answered(data: Data) -> str:
    if data.get("refused"):
        return _("Refused with a reason: %(wish)s.") % {"wish": _wish(data)}
    return _("Done as they asked: %(wish)s.") % {"wish": _wish(data)}


# verb -> (icon, sentence from the event's data, where a click leads); an empty sentence is not shown
SENTENCES: dict[str, tuple[str, Callable[[Data], str], str]] = {
    customers.ADDED: ("user-plus", lambda data: _("Was written down in the customer book."), ""),
    customers.CHANGED: ("pencil", lambda data: _("Details were changed."), ""),
    customers.IDENTIFIED: ("phone", _identity, ""),
    customers.ARCHIVED: ("archive-box", lambda data: _("Was put away."), ""),
    customers.RESTORED: ("archive-box", lambda data: _("Was taken back."), ""),
    customers.NOTED: ("pencil-square", lambda data: _("A note was written."), ""),
    customers.OCCASION_ADDED: ("cake", lambda data: _("A day to remember was written down."), ""),
    customers.OCCASION_REMOVED: ("cake", lambda data: _("A day to remember was taken off."), ""),
    customers.MERGED: ("users", lambda data: _("Was put together with somebody who was the same person."), ""),
    customers.UNMERGED: ("users", lambda data: _("Was made two again."), ""),
    customers.HANDED_OVER: ("phone", lambda data: _("The number belongs to somebody new now."), ""),
    customers.HOUSEHOLD: ("home", lambda data: _("The household changed."), ""),
    customers.RELATED: ("link", lambda data: _("Who they are to somebody was written down or taken off."), ""),
    customers.PREFERENCE: ("heart", lambda data: _("A wish was written down or taken off."), ""),
    customers.PROFILED: ("identification", lambda data: _("More about them was written down."), ""),
    customers.RESTRICTED: ("lock-closed", _restriction, ""),
    customers.SHOWN: ("document-text", _shown, ""),
    customers.PRIVACY_ASKED: ("shield-check", _asked, ""),
    customers.PRIVACY_ANSWERED: ("shield-check", _answered, ""),
    customers.CONSENT_ANSWERED: ("hand-thumb-up", _consent, ""),
    care.COMPLAINT_OPENED: ("face-frown", lambda data: _("Complained."), "care:complaint"),
    care.COMPLAINT_SETTLED: ("gift", lambda data: _("What was agreed for a complaint was done."), "care:complaint"),
    care.COMPLAINT_CLOSED: ("check-circle", lambda data: _("A complaint was closed."), "care:complaint"),
    care.COMPLAINT_REOPENED: ("arrow-uturn-left", lambda data: _("A complaint was opened again."), "care:complaint"),
    care.ASKED: ("question-mark-circle", lambda data: _("Was asked how satisfied they are."), ""),
    care.ANSWERED: ("face-smile", lambda data: _("Said how satisfied they are."), ""),
    care.SUGGESTED: ("light-bulb", lambda data: _("Suggested something."), "care:suggestion"),
    care.ELSEWHERE: ("building-storefront", lambda data: _("Bought elsewhere, or that was taken out again."), ""),
    orders.PLACED: ("shopping-bag", _order(lambda: _("Ordered: #%(number)s, %(total)s.")), "orders:detail"),
    orders.CONFIRMED: ("check", _order(lambda: _("Order #%(number)s was confirmed.")), "orders:detail"),
    orders.READY: ("gift", _order(lambda: _("Order #%(number)s was ready.")), "orders:detail"),
    orders.ON_ITS_WAY: ("truck", _order(lambda: _("Order #%(number)s was on its way.")), "orders:detail"),
    orders.RETURNED: (
        "arrow-uturn-left",
        _order(lambda: _("Something of order #%(number)s came back.")),
        "orders:detail",
    ),
    orders.COMPLETED: ("check-badge", _order(lambda: _("Received order #%(number)s, %(total)s.")), "orders:detail"),
    orders.CANCELLED: ("x-circle", _order(lambda: _("Order #%(number)s was called off.")), "orders:detail"),
    orders.REOPENED: (
        "arrow-uturn-left",
        _order(lambda: _("A step of order #%(number)s was taken back.")),
        "orders:detail",
    ),
    orders.CHANGED: ("pencil", _order(lambda: _("Order #%(number)s was changed.")), "orders:detail"),
    orders.RATED: (
        "face-smile",
        lambda data: _("It tasted %(n)s of 5.") % {"n": data.get("score", "")},
        "orders:detail",
    ),
    orders.SAMPLED: ("gift", lambda data: _("Was given a taste."), ""),
    orders.WAITS: ("clock", lambda data: _("Waits for a place on a full day."), ""),
    orders.PAID: ("banknotes", _payment, "orders:detail"),
    loyalty.EARNED: ("star", _card(lambda: _("%(amount)s came onto the card.")), ""),
    loyalty.TAKEN_BACK: ("star", _card(lambda: _("%(amount)s were taken back.")), ""),
    loyalty.REDEEMED: ("gift", _card(lambda: _("Took a reward for %(amount)s.")), ""),
    loyalty.GIVEN_BACK: ("gift", _card(lambda: _("Gave a reward back, for %(amount)s.")), ""),
    loyalty.LAPSED: ("star", _card(lambda: _("%(amount)s lapsed.")), ""),
    loyalty.CORRECTED: ("star", _card(lambda: _("The card was corrected by %(amount)s.")), ""),
    loyalty.SHARED: ("user-group", _sharing, ""),
    loyalty.TIER_CHANGED: ("trophy", _tier, ""),
    conversations.CHAT_IMPORTED: ("arrow-down-tray", _chat_import, "conversations:thread"),
    conversations.DRAFT_BOOKED: ("sparkles", lambda data: _("An order was made from the chat."), ""),
    conversations.ENTERED: ("qr-code", _entry, ""),
    conversations.PERSON_WANTED: ("user", lambda data: _("Asked for a person."), ""),
    today.ACTED: ("sparkles", _prompt, ""),
}
# The words are in the chat: a day of them is one line.
CHAT: dict[str, tuple[str, Callable[[], str]]] = {
    conversations.RECEIVED: ("chat-bubble-left", lambda: _("Wrote to the shop.")),
    conversations.SENT: ("paper-airplane", lambda: _("The shop wrote.")),
    conversations.FAILED: ("exclamation-triangle", lambda: _("A message could not be sent.")),
}
# On the way to being sent: what becomes of them is told. And what is about nobody.
UNTOLD = frozenset(
    {
        conversations.QUEUED,
        conversations.OPENED,
        customers.ERASED,
        customers.DIFFERENT,
        loyalty.PROGRAMME_CHANGED,
    }
)


def of_customer(customer_id: int) -> list[Entry]:
    """The latest entries, newest first; at most five queries."""
    ids = same.ids_of(customer_id)
    entries = [*_happened(ids), *_talked(ids), *_bought_before(customer_id)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:SHOWN]


def _happened(ids: list[int]) -> Iterator[Entry]:
    events = list(_still_true(_events(ids)))
    actors = {int(event.actor.removeprefix("member:")) for event in events if event.actor.startswith("member:")}
    names = dict(_names(sorted(actors)))
    for event in events:
        icon, sentence, url_name = SENTENCES[event.verb]
        text = sentence(event.data)
        if text:
            kind, _colon, number = event.actor.partition(":")
            who = names.get(int(number), "") if kind == "member" else ""
            yield Entry(event.at, icon, text, who, url_name, event.subject_id)


@prepared
def _events(ids: list[int]) -> QuerySet[Event, Any]:
    rows = Event.objects.filter(customer_id__in=ids, verb__in=SENTENCES).order_by("-at", "-pk")
    told = rows.values_list("at", "actor", "verb", "subject_id", "data", named=True)
    # some are taken back or not worth a line, so a few more than are shown
    return told[: 2 * SHOWN]


@prepared
def _names(ids: list[int]) -> QuerySet[Member, tuple[int, str]]:
    return Member.objects.filter(pk__in=ids).values_list("pk", "name")


def _bought_before(customer_id: int) -> Iterator[Entry]:
    """Orders of the past, which were written down without an event: from a file, or from the book under the counter."""
    icon, sentence, url_name = SENTENCES[orders.COMPLETED]
    for pk, number, total, at in _untold(customer_id):
        yield Entry(at, icon, sentence({"number": number, "total": total}), "", url_name, pk)


@prepared
def _untold(customer_id: int) -> QuerySet[Order, tuple[int, int, int, datetime]]:
    told = Event.objects.filter(subject_type="orders.order", subject_id=OuterRef("pk"), verb=orders.COMPLETED)
    rows = order_queries.of_customer(customer_id).filter(~Exists(told), completed_at__isnull=False)
    return rows.order_by("-completed_at").values_list("pk", "number", "total", "completed_at")[:SHOWN]


def _still_true(newest_first: Iterable[Any]) -> Iterator[Any]:
    """Without what was done with a prompt and then undone."""
    undone: set[int | None] = set()
    for event in newest_first:
        if event.verb != today.ACTED:
            yield event
        elif event.data.get("did") == "undo":
            undone.add(event.subject_id)
        elif event.subject_id in undone:
            undone.remove(event.subject_id)
        else:
            yield event


def _talked(ids: list[int]) -> Iterator[Entry]:
    """Who wrote on which of the shop's days."""
    for verb, at in _chat_days(ids, zone=current_shop().zone):
        icon, sentence = CHAT[verb]
        yield Entry(at, icon, sentence())


@prepared
def _chat_days(ids: list[int], *, zone: ZoneInfo) -> QuerySet[Event, tuple[str, datetime]]:
    rows = Event.objects.filter(customer_id__in=ids, verb__in=CHAT).annotate(day=TruncDate("at", tzinfo=zone))
    latest = rows.values("verb", "day").annotate(latest=Max("at")).order_by("-latest")
    return latest.values_list("verb", "latest")[:SHOWN]
