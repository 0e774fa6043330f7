"""Complaints, satisfaction and wishes in the invented shop: open and settled ones, faces, topics, and why some left."""

from datetime import datetime, time, timedelta

import numpy as np

from setia.care import actions, queries
from setia.care.models import Complaint
from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.customers.queries import may_write
from setia.orders import queries as orders
from setia.shops.models import Member
from setia.supply import actions as supply
from setia.supply import queries as batches

# person, kind, words, days ago, cause, way, cost, value, content
SETTLED = (
    (
        15,
        "crushed",
        "Kotaknya penyok, tiga hancur.",
        68,
        "Dikemas terlalu rapat",
        "replace",
        13_500,
        20_000,
        True,
    ),
    (16, "crushed", "Pecah semua di bagian bawah.", 51, "Dikemas terlalu rapat", "replace", 13_500, 20_000, True),
    (17, "late", "Janji jam 9, datang jam 11.", 44, "Terlalu banyak sekaligus", "discount", 10_000, 10_000, True),
    (18, "crushed", "Retak-retak waktu dibuka.", 33, "Dikemas terlalu rapat", "bonus", 13_500, 20_000, True),
    (19, "flavour", "Pesan keju, dapat cokelat.", 21, "Salah baca pesanan", "replace", 15_500, 24_000, True),
    (20, "crushed", "Kardus tertindih, isinya remuk.", 12, "Dikemas terlalu rapat", "replace", 27_000, 40_000, True),
)
WISHES = (
    ((21, 22, 23), "Bakpia rasa durian", "counter"),
    ((24,), "durian dong kalau musim", "chat"),
    ((25, 26), "Kotak kecil isi lima untuk oleh-oleh", "counter"),
    ((27,), "Kurang manis untuk orang tua", "chat"),
    ((), "Ada tempat duduk waktu menunggu", "page"),
)
# Those before have stories of their own.
FREE_FROM = 70
# Told some weeks ago by these; and lately by regulars who are late, whoever they are.
LEFT = ((28, "price"), (29, "nearer"), (30, "bored"), (31, "late"), (32, "price"))
LATE = ("price", "moved", "quality", "nearer")
WORDS = (
    "Kulitnya renyah, isinya pas.",
    "Kirimannya pas waktu, terima kasih.",
    "Kacang hijaunya legit, tidak eneg.",
    "Enak, tapi kotaknya agak penyok.",
    "Sopan sekali yang melayani.",
)
FACES = (5, 5, 4, 5, 4, 3, 5, 4, 5, 4)


def tell(people: list[Customer], variants: list[Variant]) -> None:
    """Everything on care's pages; small demos leave out whom they do not have."""
    owner = Member.objects.get(role="owner")
    actions.change_settings(asks=True)
    _settled(people, owner)
    _just_settled(people, owner)
    _open(people, owner)
    _satisfaction(people)
    _wishes(people, owner)
    for number, reason in LEFT:
        if number < len(people):
            with clock.frozen(_at(40 - number, 10)):
                actions.tell_elsewhere(customer=people[number], reason=reason, by=owner)
    actions.renew_boredom()


def tell_why(late: list[Customer]) -> None:
    """Regulars who are later than usual told why when they were asked."""
    owner = Member.objects.get(role="owner")
    for number, (customer, reason) in enumerate(zip(late, LATE, strict=False)):
        with clock.frozen(_at(1 + number, 15)):
            actions.tell_elsewhere(customer=customer, reason=reason, by=owner)


def _at(days: int, hour: int) -> datetime:
    day = current_shop().today() - timedelta(days=days)
    # nothing happens later than now, whatever hour the demo is made
    return min(datetime.combine(day, time(hour), tzinfo=current_shop().zone), clock.now() - timedelta(minutes=5))


def _settled(people: list[Customer], owner: Member) -> None:
    for number, kind, words, days, cause, option, cost, value, content in SETTLED:
        if number >= len(people):
            continue
        with clock.frozen(_at(days, 9)):
            row = actions.open_complaint(kind=kind, source="chat", text=words, customer=people[number], by=owner)
            actions.change_complaint(complaint=row, cause=cause)
        with clock.frozen(_at(days, 14)):
            made = actions.offer(complaint=row, option=option, cost=cost, value=value, by=owner)
            actions.accept(settlement=made)
        with clock.frozen(_at(days - 1, 10)):
            actions.settle(settlement=made)
        with clock.frozen(_at(days - 3, 10)):
            actions.say_content(complaint=row, content=content)
    with clock.frozen(_at(9, 16)):
        done = actions.plan_improvement(
            cause="Salah baca pesanan", action="Pesanan dibaca ulang keras-keras sebelum dikemas.", owner=owner
        )
    with clock.frozen(_at(8, 16)):
        actions.finish_improvement(improvement=done)


def _just_settled(people: list[Customer], owner: Member) -> None:
    """Since yesterday she is content with what was done: the moment to ask whether she would tell a friend."""
    customer = next((one for one in people[FREE_FROM:] if may_write(one.pk, "promotion")), None)
    if customer is None:
        return
    with clock.frozen(_at(4, 9)):
        row = actions.open_complaint(
            kind="crushed", source="chat", text="Bu, tutupnya lepas, dua pecah.", customer=customer, by=owner
        )
        actions.change_complaint(complaint=row, cause="Dikemas terlalu rapat")
    with clock.frozen(_at(4, 11)):
        made = actions.offer(complaint=row, option="replace", cost=13_500, value=20_000, by=owner)
        actions.accept(settlement=made)
    with clock.frozen(_at(3, 10)):
        actions.settle(settlement=made)
    with clock.frozen(_at(1, 10)):
        actions.say_content(complaint=row, content=True)


def _open(people: list[Customer], owner: Member) -> None:
    """One severe with its batch, one that smells of old beans, one offered, one at the counter without a name."""
    # old enough for boxes to have been sold
    sold_by = current_shop().today() - timedelta(days=2)
    baked = [batch for batch in batches.batches()[:20] if batch.baked_on <= sold_by]
    with clock.frozen(_at(0, 6)):
        severe = actions.open_complaint(
            kind="foreign", source="chat", text="Ada staples di dalam bakpia, hampir tertelan anak saya.",
            customer=people[10], by=owner, batch=baked[0] if baked else None,
        )  # fmt: skip
        actions.add_note(complaint=severe, text="Anaknya tidak apa-apa. Kotaknya disimpan untuk dilihat.", by=owner)
    with clock.frozen(_at(1, 15)):
        stale = actions.open_complaint(
            kind="stale", source="counter", text="Kacang hijaunya agak apak.", customer=people[8],
            order=_last_order(people[8]), boxes=2, by=owner,
        )  # fmt: skip
        bean = next((batch for batch in baked if batch.variant.flavour == "Kacang hijau"), None)
        if bean is not None:
            actions.change_complaint(complaint=stale, batch=bean, cause="Bahan sudah lama")
            # as the reaction will do again: the lot's and the supplier's pages show it at once
            _trace(stale)
    with clock.frozen(_at(2, 9)):
        crushed = actions.open_complaint(
            kind="crushed",
            source="chat",
            text="Bu, dua kotak penyok waktu sampai.",
            customer=people[11],
            boxes=2,
            by=owner,
        )
        actions.change_complaint(complaint=crushed, cause="Dikemas terlalu rapat")
        way = next(way for way in queries.ways_for(crushed) if way.option == "discount")
        made = actions.offer(complaint=crushed, option="discount", cost=way.cost, value=way.value or 0, by=owner)
        actions.accept(settlement=made)


def _trace(complaint: Complaint) -> None:
    from setia.core.models import Event

    supply.trace_complaint(event=Event.objects.filter(subject_id=complaint.pk, verb="complaint.changed").latest("pk"))


def _last_order(customer: Customer):  # type: ignore[no-untyped-def]
    return orders.of_customer(customer.pk).exclude(completed_on=None).order_by("-completed_on", "-pk").first()


def _satisfaction(people: list[Customer]) -> None:
    """A year of faces, some words, and what people say about service."""
    dice = np.random.default_rng(5)
    for month in range(4, -1, -1):
        for number in range(34 if month else 12):
            with clock.frozen(_at(30 * month + number % 28, 12)):
                score = FACES[int(dice.integers(len(FACES)))]
                words = WORDS[month] if number == 3 else ""
                actions.answer(form="csat", source="page", score=score, text=words)
    for number in range(36):
        with clock.frozen(_at(2 * number + 1, 13)):
            score = (10, 9, 8, 9, 7, 10, 6, 9)[number % 8]
            actions.answer(form="nps", source="page", score=score, text="Parkirnya sempit." if number == 6 else "")
    for number in range(32):
        items = {str(item): [None, int(dice.integers(3, 6))] for item in (5, 6, 11, 16, 18)}
        with clock.frozen(_at(3 * number + 1, 14)):
            actions.answer(form="short", source="page", items=items)
    for number in range(31):
        hoped = {str(item): [int(dice.integers(4, 6)), int(dice.integers(3, 6))] for item in range(1, 23)}
        weights = {"tangibles": 15, "reliability": 35, "responsiveness": 20, "assurance": 20, "empathy": 10}
        with clock.frozen(_at(3 * number + 2, 15)):
            actions.answer(form="full", source="page", items=hoped, weights=weights if number % 3 else {})
        with clock.frozen(_at(3 * number + 2, 16)):
            comfort = {str(item): [None, int(dice.integers(3, 6))] for item in (1, 3, 4, 23, 24, 25)}
            actions.answer(form="premises", source="page", items=comfort)
    for customer in people[33:36]:
        order = _last_order(customer)
        if order is not None:
            actions.ask(customer=customer, form="csat", order=order)


def _wishes(people: list[Customer], owner: Member) -> None:
    for place, (numbers, text, source) in enumerate(WISHES):
        with clock.frozen(_at(30 - 4 * place, 11)):
            for number in numbers:
                if number < len(people):
                    actions.suggest(text=text, source=source, customer=people[number], by=owner)
            if not numbers:
                actions.suggest(text=text, source=source)
    with clock.frozen(_at(75, 11)):
        purple = actions.suggest(text="Rasa ubi ungu", source="counter", customer=people[9], by=owner).suggestion
    with clock.frozen(_at(33, 11)):
        actions.decide(suggestion=purple, state="launched", by=owner)
