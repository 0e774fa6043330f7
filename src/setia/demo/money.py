"""The demo's public page, labels, QRIS code, debts, goods on consignment and counted tills."""

from datetime import datetime, time, timedelta

from setia.catalog import actions as catalog
from setia.catalog.models import Product, Variant
from setia.core import clock
from setia.core.models import Reaction
from setia.core.scope import current_shop
from setia.core.work import WorkState
from setia.customers.models import Customer
from setia.orders import actions as orders
from setia.orders.actions import LineInput
from setia.orders.consignment import actions as consignment
from setia.orders.consignment.rules import Move
from setia.orders.credit import actions as credit
from setia.orders.qris import actions as qris
from setia.orders.till import actions as till
from setia.shops.models import Member

# An invented merchant: this code pays nobody.
QRIS = (
    "00020101021126690017ID.CO.EXAMPLE.WWW01189360000000000000010215TEST000000000010303UMI51440014ID.CO.QRIS.WWW"
    "0215ID10200000000010303UMI5204546253033605802ID5913BAKPIA CONTOH6010TRENGGALEK61056631162070703A016304EED6"
)


def tell(people: list[Customer], variants: list[Variant]) -> None:
    """`people` and `variants` in the order of the cast."""
    owner = Member.objects.get(role="owner")
    _storefront(variants)
    qris.set_code(payload=QRIS, by=owner)
    qris.add_account(kind="bank", name="BRI", number="0012-01-000123-50-1", holder="Harti")
    qris.add_account(kind="ewallet", name="DANA", number="0812-3000-4000", holder="Harti")
    _debts(people, variants, owner)
    _goods(people[2], variants, owner)
    _tills(owner)
    # what happened on days that are over is over: nobody is thanked for it today
    Reaction.objects.filter(event__at__lt=_at(0, 0)).update(work_state=WorkState.DONE)


def _at(days_ago: int, hour: int) -> datetime:
    day = current_shop().today() - timedelta(days=days_ago)
    return datetime.combine(day, time(hour), tzinfo=current_shop().zone)


def _storefront(variants: list[Variant]) -> None:
    catalog.change_product(
        product=Product.objects.get(pk=variants[0].product_id),
        ingredients="Tepung terigu, kacang hijau kupas, gula, minyak kelapa, mentega, susu, garam.",
        allergens=["gluten", "milk"],
        pirt_number="2063575010012-29",
        halal_number="ID35110000012345678",
    )
    catalog.change_page(
        greeting="Bakpia panggang hangat, dibuat tiap pagi.", address="Jl. Melati 5, Trenggalek", days_ahead=1
    )
    catalog.open_page()
    catalog.open_feed()
    soon = current_shop().today() + timedelta(days=10)
    catalog.set_price(variant=variants[3], amount=25_000, valid_from=soon)


def _debts(people: list[Customer], variants: list[Variant], owner: Member) -> None:
    """One is late, one paid a part, one is due soon."""
    _ratna, slamet, yanti, endah, *_more = people
    credit.set_terms(customer=yanti, tempo_days=14, limit=1_500_000)
    story = (
        (12, slamet, [(0, 3)], "Slamet", 0),
        (9, yanti, [(0, 20), (3, 10)], "Yanti", 300_000),
        (5, endah, [(3, 2)], "Endah", 0),
    )
    for days_ago, customer, lines, name, part in story:
        with clock.frozen(_at(days_ago, 10)):
            orders.sell(
                lines=[LineInput(variants[index].pk, boxes) for index, boxes in lines],
                customer=customer,
                method="credit",
                taken_by=owner,
                device_key=f"demo-credit-{name}",
            )
        if part:
            with clock.frozen(_at(days_ago - 7, 11)):
                credit.repay(customer=customer, amount=part, method="transfer", by=owner)


def _goods(yanti: Customer, variants: list[Variant], owner: Member) -> None:
    """Two weeks at a reseller's: brought, sold, settled, brought again."""
    first, second = variants[0].pk, variants[3].pk
    with clock.frozen(_at(14, 8)):
        consignment.visit(customer=yanti, moves=[Move(first, delivered=20), Move(second, delivered=12)], by=owner)
    with clock.frozen(_at(7, 8)):
        consignment.visit(
            customer=yanti,
            moves=[Move(first, sold=16, returned=2, delivered=18), Move(second, sold=12, delivered=12)],
            by=owner,
        )
        consignment.settle(customer=yanti, method="transfer", by=owner)
    with clock.frozen(_at(1, 8)):
        moves = [Move(first, sold=11, delivered=10), Move(second, sold=7, returned=1)]
        consignment.visit(customer=yanti, moves=moves, note="Minta tambah kacang hijau.", by=owner)


def _tills(owner: Member) -> None:
    for days_ago, off in ((3, 0), (2, -1_000), (1, 0)):
        with clock.frozen(_at(days_ago, 17)):
            day = current_shop().today()
            row = till.count(day=day, opening=150_000, counted=0, by=owner)
            till.count(day=day, opening=150_000, counted=max(0, row.expected + off), by=owner)
