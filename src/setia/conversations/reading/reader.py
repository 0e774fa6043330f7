"""The whole reading, step by step. Each step claims what it understood and leaves the rest to the next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from . import asks, changes, counting, details, goods, handover, intents, occasions, payments, people, times
from .addresses import read_address
from .catalogue import BAKPIA, Catalogue, Product
from .complaints import claim_wrongly_sent, keep_affected, read_complaint
from .consignment import read_report
from .dates import mentions
from .drafts import Basket, Draft, Layout
from .items import finish, gather
from .line import Line
from .prepare import prepare
from .record import Intent, Item, Reading, Saved
from .schedule import Schedule, arrange
from .segments import cut
from .text import LONGEST
from .topics import topics

_EVENLY: Final = (
    r"(?:masing masing|masing) (?:separo|setengah)|dibagi (?:dua|#2|rata)"
    r"|paroan|separo(?: -)? separo|setengah(?: -)? setengah|sama rata|sama banyak"
)


@dataclass(slots=True)
class _Facts:
    """Everything the first readers found in a message."""

    line: Line
    report: dict[str, int]
    address: dict[str, Any] | None
    recipient: dict[str, Any] | None
    fetcher: str | None
    shares: dict[int, str]
    occasion: occasions.Occasion | None
    schedule: Schedule
    fulfilment: Any
    payment: dict[str, Any] | None
    questions: tuple[str, ...]
    total: int | None


def read(
    text: str,
    *,
    sent_at: datetime,
    catalogue: Catalogue = BAKPIA,
    sender: str | None = None,
    saved: Saved | None = None,
) -> Reading:
    """Understand one chat message.

    `sent_at` is the customer's local time: "besok" counts from its day. `sender` is the name the shop knows, `saved`
    what it has on file. Never raises on any text; one beyond 4,000 characters is refused with a question.
    """
    if len(text) > LONGEST:
        return Reading(text[:200], None, must_ask=("shorter_text",), honorific=details.honorific(sender))
    facts = _facts(prepare(text, catalogue), sent_at, catalogue)
    return _reading(facts, catalogue, sender, saved)


def _facts(line: Line, sent: datetime, catalogue: Catalogue) -> _Facts:
    times.claim_greetings(line)
    handover.claim_letters(line)
    counting.claim_second_choices(line)
    counting.claim_talk_of_prices(line)
    shares = people.claim_shares(line)
    address = read_address(line)
    recipient = people.read_recipient(line)
    fetcher = people.read_fetcher(line)
    occasion = occasions.find_occasion(line)
    found = mentions(line, sent)
    clocks = times.clocks(line)
    counting.join_ranges(line)
    report = read_report(line)
    payment = payments.read_payment(line)
    fulfilment = handover.read_handover(line, address)
    schedule = arrange(line, sent, found, clocks, occasion, pickup=fulfilment == "pickup")
    asked = topics(line)
    total = details.total_mentioned(line)
    counting.claim_numbers_of_other_things(line)
    return _Facts(
        line, report, address, recipient, fetcher, shares, occasion, schedule, fulfilment, payment, asked, total
    )


def _reading(facts: _Facts, catalogue: Catalogue, sender: str | None, saved: Saved | None) -> Reading:
    line, schedule = facts.line, facts.schedule
    trouble = read_complaint(line, dated=facts.schedule.day is not None)
    changed = None if trouble or (facts.report and intents.restocks(line)) else intents.change(line)
    new_total, only_total = changes.claim_new_total(line) if changed else (None, False)
    changed = "change_replace" if only_total else changed
    if trouble:
        claim_wrongly_sent(line)
    if changed in ("change_remove", "change_replace"):
        changes.claim_what_stays(line)
    if not (changed or trouble):
        counting.claim_unwanted(line)
    found = goods.stones(line, catalogue)
    layout = Layout(*line.layout(), facts.shares, line.has(_EVENLY))
    if changed and changed != "cancel":
        basket = changes.changed_lines(line, found, layout, changed)
    else:
        basket = gather(cut(found), layout)
    if trouble:
        keep_affected(basket)
    intent, tentative = _intent(facts, basket, trouble, changed, layout.asked_at)
    drafts = _kept(basket, intent)
    items = _items(drafts, catalogue, line)
    earlier = _earlier(facts, intent)
    last = saved.items if saved and intent == "reorder" else ()
    hint = intents.role_hint(line, sender) or ("reseller" if intent == "restock" else None)
    must_ask = asks.open_points(
        intent,
        items,
        drafts,
        schedule=schedule,
        fulfilment=facts.fulfilment,
        address=facts.address,
        payment=facts.payment,
        mismatch=basket.mismatch,
        earlier=earlier,
        known_customer=hint == "reseller",
        saved=saved,
    )
    timeless = intent in ("complaint", None) or (intent == "question" and not items)
    shown = Schedule() if timeless else schedule
    day = shown.day
    more = {
        "refers_to": earlier
        or ("previous_order" if intent in ("cancel", "change_add", "change_remove", "change_replace") else None),
        "picked_up_by": facts.fetcher,
        "same_as_last": intent == "reorder",
        "customer_role_hint": hint,
        "time_approx": shown.about,
        "time_before": shown.by,
        "total_qty": new_total or details.whole_total(basket),
        "total_mentioned": facts.total,
        "complaint": details.complaint_record(trouble, items),
        "consignment_report": facts.report or None,
        "date_window": details.window(shown) if day is None else None,
    }
    return Reading(
        text=line.text,
        intent=intent,
        tentative=tentative,
        items=items,
        day=day,
        clock=shown.clock,
        daypart=shown.daypart,
        fulfilment=_handover(facts, intent, items),
        address=None if intent == "question" and not items else facts.address,
        recipient=facts.recipient,
        payment=facts.payment,
        event=_event(facts, intent),
        questions=tuple(code for code in facts.questions if code != "stok" or intent != "restock"),
        must_ask=must_ask,
        more=more,
        pack_choices=details.pack_choices(items, catalogue),
        names=details.names((*items, *last), catalogue),
        honorific=details.honorific(sender),
        last=last,
    )


def _intent(
    facts: _Facts, basket: Basket, trouble: str | None, changed: Intent | None, asked_at: Callable[[int], bool]
) -> tuple[Intent | None, bool]:
    line = facts.line
    counted = any(draft.counted for draft in basket.real)
    if trouble:
        return "complaint", False
    if intents.restocks(line) and (basket.real or facts.report or line.has("lagi|restok|kirim|antar")):
        return "restock", False
    if changed == "change_add" and intents.repeats(line, counted=counted):
        return "reorder", False
    if changed == "change_replace" and intents.repeats_but(line):
        return "reorder", False
    if changed and (changed != "change_add" or basket.real):
        return changed, False
    if intents.repeats(line, counted=counted):
        return "reorder", False
    signals = intents.Signals(
        counted=counted,
        tasted=bool(basket.real),
        dated=facts.schedule.day is not None or facts.schedule.window is not None,
        handed=facts.fulfilment is not None,
        addressed=facts.address is not None or facts.recipient is not None,
        paid=facts.payment is not None,
        questions=facts.questions,
        asked_counts=counted and all(asked_at(draft.count_at) for draft in basket.real if draft.counted),
    )
    return intents.decide(line, signals)


def _handover(facts: _Facts, intent: Intent | None, items: tuple[Item, ...]) -> Any:
    """The way of handing over, where the message asks for goods at all."""
    about_order = intent == "question" and (not items or "kabar_pesanan" in facts.questions)
    if intent in ("complaint", "cancel", None) or about_order:
        return None
    return facts.fulfilment


def _kept(basket: Basket, intent: Intent | None) -> list[Draft]:
    """The lines that say something; a bare product only counts when it is all that is ordered or complained about."""
    if intent is None:
        return []
    real = basket.real
    if intent == "reorder":
        return [draft for draft in real if draft.counted or (not draft.replaces and not draft.taste)]
    if real or intent not in ("order", "complaint"):
        return real
    return [draft for draft in basket.drafts if draft.product][:1]


def _items(drafts: list[Draft], catalogue: Catalogue, line: Line) -> tuple[Item, ...]:
    """The drafts with their products: a product named anywhere before holds on until another is named."""
    first = catalogue.products[0]
    swaps = [at for at, token in enumerate(line.tokens) if token.sym == "ganti"]
    named = [(at, catalogue.product(token.sym[2:])) for at, token in enumerate(line.tokens) if token.sym[:2] == "P:"]
    items = []
    for draft in drafts:
        own = catalogue.product(draft.product)
        since = max((at for at in swaps if at < draft.start), default=0)
        before = next((product for at, product in reversed(named) if since <= at < draft.start and product), first)
        product = own or _offering(draft, before, catalogue)
        items.append(finish(draft, catalogue, product, inferred=own is None and product is before is not first))
    return tuple(items)


def _offering(draft: Draft, current: Product, catalogue: Catalogue) -> Product:
    """The current product, unless only one other comes in that flavour."""
    key = draft.taste.partition(":")[2]
    if not draft.taste.startswith("V:") or current.variant(key):
        return current
    others = [product for product in catalogue.products if product.variant(key)]
    return others[0] if len(others) == 1 else current


def _earlier(facts: _Facts, intent: Intent | None) -> str | None:
    """Which earlier order is meant: the one on a date, the last one, or not said."""
    if intent not in ("cancel", "change_add", "change_remove", "change_replace"):
        return None
    if facts.schedule.day is not None:
        return "order_on_date"
    if intent == "cancel":
        return None
    return "previous_order" if intents.refers(facts.line) else None


def _event(facts: _Facts, intent: Intent | None) -> dict[str, Any] | None:
    schedule, occasion = facts.schedule, facts.occasion
    kind = occasion.type if occasion else schedule.feast
    if not kind or intent in ("cancel", "complaint") or (kind == "acara" and schedule.event_day is None):
        return None
    if kind == "acara" and schedule.feast:
        kind = schedule.feast
    made: dict[str, Any] = {"type": kind, "date": schedule.event_day.isoformat() if schedule.event_day else None}
    return made | ({"date_estimated": True} if schedule.event_estimated else {})
