"""Orders of the demo shop beyond its past: rules, full days and who waits, a busy counter, what hints led to."""

from datetime import date, datetime, time, timedelta

import numpy as np

from setia.catalog import actions as catalog
from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.demo import pictures
from setia.orders import actions as orders
from setia.orders.actions import LineInput, PastOrder
from setia.shops.models import Member

COUNTER_DAYS = 84
# Indices of `cast.VARIANTS`: what people without a name take together at the counter, and how often of ten.
TOGETHER = (((2, 6), 3), ((3, 5), 2), ((0,), 3), ((5,), 1), ((4,), 1))


def lay_down_rules() -> None:
    """Deposits from half a million on, free delivery, and the last words on each note."""
    orders.change_terms(
        deposit_kind="percent",
        deposit_percent=50,
        deposit_above=500_000,
        pay_within_days=2,
        free_until_days=3,
        kept_before=0,
        kept_after=100,
        delivery_fee=10_000,
        free_delivery_above=250_000,
        boxes_per_delivery=24,
        note_foot="Terima kasih. Simpan di tempat kering, enak sampai 4 hari.",
    )


def tell(people: list[Customer], variants: list[Variant], owner: Member) -> None:
    """Everything else; after the promises of `build`."""
    _counter(variants)
    _gift_set(variants)
    _hints(variants, owner)
    _full_days(people, variants, owner)
    _deliveries(people, variants, owner)
    _called_off(people[13], variants, owner)
    orders.tick_off(day=current_shop().today(), variant=variants[3], quantity=7, by=owner)
    orders.renew_pairings()
    orders.renew_forecasts()


def _counter(variants: list[Variant]) -> None:
    """People who came by: nobody knows their names."""
    dice, today = np.random.default_rng(11), current_shop().today()
    baskets = [basket for basket, often in TOGETHER for _time in range(often)]
    past = []
    for back in range(COUNTER_DAYS, 0, -1):
        day = today - timedelta(days=back)
        for _sale in range(int(dice.poisson(3.2 if day.weekday() < 5 else 5.5)) if day.weekday() != 6 else 0):
            basket = baskets[int(dice.integers(len(baskets)))]
            lines = [LineInput(variants[index].pk, 1 + int(dice.integers(2))) for index in basket]
            past.append(PastOrder(customer_id=None, day=day, lines=lines, channel="counter"))
    orders.record_past(orders=past)


def _gift_set(variants: list[Variant]) -> None:
    product = catalog.add_product(name="Hampers", description="Besek bambu berisi tiga rasa, dengan pita.")
    since = current_shop().today() - timedelta(days=30)
    photo = pictures.product_photo("", 12)
    whole = catalog.add_variant(
        product=product, flavour="Hampers tiga rasa", price=75_000, valid_from=since, photo=photo
    )
    orders.fill_set(whole=whole, parts={variants[0].pk: 1, variants[3].pk: 1, variants[5].pk: 1})
    orders.place(
        lines=[LineInput(whole.pk, 4)],
        due_on=current_shop().today() + timedelta(days=2),
        channel="phone",
        note="Untuk pengajian RT 3",
        gift_note="Selamat menempuh hidup baru",
    )


def _hints(variants: list[Variant], owner: Member) -> None:
    """Sales of the last days at which the counter said what goes together; some took it."""
    today = current_shop().today()
    for back, taken in ((6, True), (5, False), (5, True), (4, False), (3, False), (2, True), (1, False), (1, True)):
        with clock.frozen(_at(today - timedelta(days=back), 10 + back)):
            lines = [LineInput(variants[2].pk, 2)] + ([LineInput(variants[6].pk, 1)] if taken else [])
            sale = orders.sell(lines=lines, taken_by=owner, shown=[("together", variants[6].pk)])
            if back % 2:
                orders.rate(order=sale, score=5 if taken else 4)


def _full_days(people: list[Customer], variants: list[Variant], owner: Member) -> None:
    today = current_shop().today()
    party, closed, small = (today + timedelta(days=distance) for distance in (6, 8, 9))
    orders.place(
        customer=people[10],
        lines=[LineInput(variants[0].pk, 140), LineInput(variants[3].pk, 52)],
        due_on=party,
        due_time=time(10),
        sticker="Aqiqah Zafran",
        taken_by=owner,
    )
    orders.wait(day=party, boxes=25, customer=people[11], note="25 Keju isi 10", by=owner)
    orders.plan_day(day=closed, closed=True, reason="Hajatan keluarga")
    orders.plan_day(day=small, capacity=60, reason="Tenaga kurang satu")
    given_up = orders.place(customer=people[8], lines=[LineInput(variants[2].pk, 50)], due_on=small, taken_by=owner)
    orders.wait(day=small, boxes=30, customer=people[5], note="30 Kacang hijau isi 10", by=owner)
    orders.cancel(order=given_up, reason="Acara diundur")


def _deliveries(people: list[Customer], variants: list[Variant], owner: Member) -> None:
    """Two more to bring today, one of them on its way."""
    today = current_shop().today()
    for customer, boxes, point in ((people[7], 4, "-8.0549,111.7133"), (people[3], 2, "")):
        order = orders.place(
            customer=customer,
            lines=[LineInput(variants[5].pk, boxes)],
            due_on=today,
            due_time=time(16),
            fulfilment="delivery",
            address=customer.landmark or "Jalan Pasar 4",
            map_point=point,
            delivery_fee=10_000,
            taken_by=owner,
        )
        orders.mark_ready(order=order)
        if point:
            orders.send_out(order=order)


def _called_off(customer: Customer, variants: list[Variant], owner: Member) -> None:
    """A wedding that was called off too late: by the rules the deposit stays with the shop."""
    today = current_shop().today()
    with clock.frozen(_at(today - timedelta(days=12), 11)):
        order = orders.place(
            customer=customer,
            lines=[LineInput(variants[0].pk, 60)],
            due_on=today - timedelta(days=2),
            deposit=600_000,
            deposit_method="transfer",
            taken_by=owner,
        )
        orders.confirm(order=order)
    with clock.frozen(_at(today - timedelta(days=3), 15)):
        orders.cancel(order=order, reason="Acara batal mendadak", by=owner)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=current_shop().zone)
