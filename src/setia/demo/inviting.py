"""Where the invented shop's customers come from: two bazaars with what they cost, friends who told friends, tastes."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import current_shop
from setia.customers import actions as customers
from setia.customers.models import Customer
from setia.orders import actions as orders
from setia.promotions.actions import bazaars, referrals, samples, spending, stall
from setia.promotions.models import Bazaar
from setia.promotions.queries import bazaars as queries
from setia.shops.models import Member

# Whom one meets at a stall: names and what they do afterwards. Nobody exists.
VISITORS: Final = (
    ("Bu Menik Sumbergedong", True, (11, 30)),
    ("Pak Darto", False, ()),
    ("Mbak Fifi Surodakan", True, (9,)),
    ("Bu Karsinah", True, ()),
    ("Mas Aji Kelutan", True, (20,)),
    ("Bu Yuli Ngantru", False, (14,)),
)
NEW_VISITORS: Final = (("Bu Partini Gandusari", True), ("Mbak Sasa", True), ("Pak Hadi Watulimo", False))


def tell(people: Sequence[Customer], variants: Sequence[Variant]) -> None:
    """Rules, a bazaar in early autumn, one four days ago, one to come; friends; leaflets; tastes of the last weeks."""
    owner = Member.objects.get(role="owner")
    today = current_shop().today()
    spending.change_rules(reward="points", points=20, margin_percent=40, hour_costs=15_000)
    _spend(today, owner)
    first = _bazaar("Pasar Minggu Alun-alun", today - timedelta(days=58), variants, owner)
    _visitors(first, VISITORS, variants, owner)
    _counted(first, owner)
    second = _bazaar("Bazar UMKM Kecamatan Pogalan", today - timedelta(days=4), variants, owner)
    _visitors(second, [(name, agreed, ()) for name, agreed in NEW_VISITORS], variants, owner)
    bazaars.plan(
        name="Pameran Oleh-oleh Pendopo",
        place="Pendopo Trenggalek",
        district="Trenggalek",
        starts_on=today + timedelta(days=12),
        ends_on=today + timedelta(days=13),
        goal_people=30,
        goal_sales=2_500_000,
        opening_cash=200_000,
        tasks=("Bayar sewa tempat", "Cetak poster", "Siapkan uang kembalian", "Piring dan tusuk gigi untuk tester"),
    )
    _friends(people, variants, owner)
    _tastes(people, variants, owner)


def _at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=current_shop().zone)


def _spend(today: date, owner: Member) -> None:
    for ago, source, kind, amount, minutes, label in (
        (95, "leaflet", "printing", 150_000, None, "500 selebaran"),
        (94, "leaflet", "time", None, 180, "Membagi selebaran"),
        (40, "status", "time", None, 240, "Foto dan status tiap pagi"),
        (33, "reseller", "travel", 60_000, None, "Bensin ke Tulungagung"),
    ):
        spending.spend(
            source=source,
            kind=kind,
            amount=amount,
            minutes=minutes,
            label=label,
            spent_on=today - timedelta(days=ago),
            by=owner,
        )


def _bazaar(name: str, day: date, variants: Sequence[Variant], owner: Member) -> Bazaar:
    with clock.frozen(_at(day - timedelta(days=5))):
        row = bazaars.plan(
            name=name,
            place=name.split(" ", 2)[-1],
            starts_on=day,
            goal_people=6,
            goal_sales=600_000,
            opening_cash=100_000,
            tasks=("Bayar sewa tempat", "Cetak poster", "Siapkan uang kembalian"),
        )
        bazaars.set_stock(bazaar=row, brought={variants[0].pk: 20, variants[3].pk: 12, variants[5].pk: 12})
        bazaars.set_helpers(bazaar=row, members=[owner])
        for kind, amount, minutes in (("rent", 75_000, None), ("samples", 40_000, None), ("time", None, 360)):
            spending.spend(
                source="bazaar", kind=kind, amount=amount, minutes=minutes, spent_on=day, bazaar=row, by=owner
            )
    return row


def _visitors(row: Bazaar, visitors: Sequence[Any], variants: Sequence[Variant], owner: Member) -> None:
    """What the phone at the stall wrote down, then those who came back."""
    sent: list[dict[str, Any]] = []
    for number, (name, agreed, _back) in enumerate(visitors):
        key, variant = f"demo-{row.pk}-{number}-person", variants[(0, 3, 5)[number % 3]]
        at = _at(row.starts_on, 8 + number % 6).isoformat()
        phone = f"08123000{7000 + row.pk % 90 * 10 + number}"
        line = {
            "variant": variant.pk,
            "quantity": 1 + number % 2,
            "price": 20_000 if variant == variants[0] else 24_000,
        }
        method = "qris" if number % 3 == 1 else "cash"
        sent += [
            {"key": key, "kind": "person", "at": at, "data": {"name": name, "phone": phone, "agrees": agreed}},
            {
                "key": f"demo-{row.pk}-{number}-taste",
                "kind": "sample",
                "at": at,
                "data": {"variant": variant.pk, "count": 1, "person": key},
            },
            {
                "key": f"demo-{row.pk}-{number}-sale",
                "kind": "sale",
                "at": at,
                "data": {"person": key, "method": method, "lines": [line]},
            },
        ]
    words = {"text": "Ada rasa durian tidak?", "person": f"demo-{row.pk}-0-person"}
    at = _at(row.starts_on, 11).isoformat()
    sent.append({"key": f"demo-{row.pk}-words", "kind": "suggestion", "at": at, "data": words})
    tastes = {"variant": variants[3].pk, "count": 18, "person": ""}
    sent.append({"key": f"demo-{row.pk}-many", "kind": "sample", "at": at, "data": tastes})
    with clock.frozen(_at(row.starts_on, 16)):
        stall.receive(bazaar=row, items=sent, device="demo", by=owner)
    for name, _agreed, back in visitors:
        for days in back:
            with clock.frozen(_at(row.starts_on + timedelta(days=days))):
                customer = Customer.objects.get(display_name=name)
                orders.sell(lines=[orders.LineInput(variants[3].pk, 2)], customer=customer, taken_by=owner)


def _counted(row: Bazaar, owner: Member) -> None:
    with clock.frozen(_at(row.ends_on, 17)):
        money = {one.key: one.expected for one in queries.money(row)}
        money["cash"] -= 2_000
        left = {int(one.key): one.expected - (1 if number == 1 else 0) for number, one in enumerate(queries.boxes(row))}
        bazaars.count(bazaar=row, money=money, left=left, by=owner)


def _friends(people: Sequence[Customer], variants: Sequence[Variant], owner: Member) -> None:
    """Bu Ratna told a neighbour, who told her sister; Pak Slamet was told by Ratna long ago."""
    ratna = people[0]
    referrals.code_of(customer=ratna)
    day = current_shop().today()
    before = ratna
    for number, (name, ago) in enumerate((("Bu Harni Pogalan", 6), ("Mbak Ulfa Karangan", 3))):
        with clock.frozen(_at(day - timedelta(days=ago))):
            friend = customers.add_customer(
                display_name=name, phone=f"0812300078{number:02}", referred_by=before, source="word_of_mouth"
            )
            orders.sell(lines=[orders.LineInput(variants[0].pk, 2)], customer=friend, taken_by=owner)
            referrals.settle(friend_id=friend.pk)
        before = friend
    with clock.frozen(_at(day - timedelta(days=70))):
        referrals.invite(customer=ratna, moment="today")
    with clock.frozen(_at(day - timedelta(days=1))):
        order = orders.sell(lines=[orders.LineInput(variants[3].pk, 1)], customer=people[4], taken_by=owner)
        orders.rate(order=order, score=5)
        referrals.code_of(customer=people[4])


def _tastes(people: Sequence[Customer], variants: Sequence[Variant], owner: Member) -> None:
    day = current_shop().today()
    for number, customer in enumerate(people[5:29]):
        at = _at(day - timedelta(days=5 + 2 * number))
        variant = variants[(6, 5)[number % 2]]
        samples.give_sample(variant=variant, where="delivery", customer=customer, at=at, by=owner)
