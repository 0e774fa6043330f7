"""The demo shop's offers and campaigns: one that was measured, one on its way, one being written."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders import actions as orders
from setia.orders.actions import LineInput
from setia.promotions.actions import campaigns, campaigns_sending, offers
from setia.promotions.models import Campaign, Offer, Recipient
from setia.shops.models import Member

# The measured one went out so many days ago.
AGO: Final = 33


def tell(people: Sequence[Customer], variants: Sequence[Variant]) -> None:
    """Offers first: the campaigns speak of them."""
    owner = Member.objects.get(role="owner")
    today = current_shop().today()
    autumn = offers.save_offer(
        offer=None,
        name="Potongan Rp5.000 untuk dua kotak",
        kind="amount",
        amount=5_000,
        least_purchase=40_000,
        starts_on=today - timedelta(days=40),
        by_code=True,
        limit=60,
        budget=300_000,
        by=owner,
    )
    offers.add_shared_code(offer=autumn, code="HANGAT")
    offers.save_offer(
        offer=None,
        name="Beli 5 gratis 1",
        kind="buy_get",
        buy=5,
        get=1,
        variant=variants[0],
        starts_on=today,
        ends_on=today + timedelta(days=30),
        per_person=2,
        by_code=True,
        by=owner,
    )
    with clock.frozen(_at(AGO, 9)):
        measured = _campaign("Bakpia hangat di musim hujan", people, variants[0], autumn, owner)
        campaigns.start_campaign(campaign=measured)
    _buy(measured, variants[0])
    # as the worker would have left it: the simulated past has no WhatsApp to send by
    Recipient.objects.filter(campaign=measured, state="waiting").update(state="handed")
    Campaign.objects.filter(pk=measured.pk).update(state="sent", sent_at=_at(AGO, 10), work_state="done")
    campaigns_sending.settle_results()
    _campaign("Ubi ungu kembali", people[len(people) // 10 :], variants[5], None, owner)


def _at(days_ago: int, hour: int) -> datetime:
    shop = current_shop()
    return datetime.combine(shop.today() - timedelta(days=days_ago), time(hour), tzinfo=shop.zone)


def _campaign(name: str, people: Sequence[Customer], variant: Variant, offer: Offer | None, owner: Member) -> Campaign:
    ids = ",".join(str(person.pk) for person in people)
    return campaigns.save_campaign(
        campaign=None,
        name=name,
        kind="offer" if offer else "news",
        text=(
            "Halo {name}, hujan begini enaknya bakpia hangat. Dua kotak {product} potong Rp5.000 dengan kode {code}."
            if offer
            else "Halo {name}, {product} dipanggang lagi minggu ini. Mau disisihkan?"
        ),
        audience=f"people={ids}",
        variant=variant,
        offer=offer,
        send_from=time(8),
        send_until=time(20),
        by=owner,
    )


def _buy(campaign: Campaign, variant: Variant) -> None:
    """Some came because of it."""
    # two boxes at the resellers' price are not enough for the offer
    written = Recipient.objects.filter(campaign=campaign, held=False).exclude(customer__kind="reseller")
    came = list(written.select_related("customer").order_by("pk"))
    for place, one in enumerate(came[::6]):
        moment = _at(AGO - 2 - place % 8, 10)
        with clock.frozen(moment):
            order = orders.place(
                customer=one.customer,
                lines=[LineInput(variant_id=variant.pk, quantity=2)],
                due_on=moment.date(),
                channel="chat",
                code="HANGAT",
            )
            orders.complete(order=order, method="cash")
