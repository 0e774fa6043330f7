"""Put the invented past into the database: through the actions, as if it had happened here."""

from datetime import date, datetime, time, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction

from setia.catalog import actions as catalog
from setia.catalog.models import Variant
from setia.conversations import actions as conversations
from setia.core import clock
from setia.core.models import Reaction
from setia.core.scope import current_shop, open_shop
from setia.core.work import WorkState
from setia.customers import actions as customers
from setia.customers.models import Customer
from setia.demo import (
    care,
    cast,
    chats,
    complaints,
    groups,
    inbox,
    inviting,
    launches,
    loyalty,
    money,
    offering,
    pictures,
    places,
    reach,
    reports,
    simulator,
    supply,
    team,
)
from setia.demo import customers as persons
from setia.demo import orders as stories
from setia.demo import today as suggestions
from setia.orders import actions as orders
from setia.orders.actions import LineInput, PastOrder
from setia.segments import actions as segments
from setia.segments import queries as scores
from setia.shops import actions as shops
from setia.shops.models import Member, Shop, WhatsAppLevel
from setia.today import actions as today

# Matches no password: the cast come in by a link.
NO_PASSWORD = "!"  # noqa: S105


# The promises below are made by the first of them.
FEWEST = 14


def needed() -> bool:
    """Whether the demo shop is not there yet."""
    return not Shop.objects.filter(slug=cast.SHOP_SLUG).exists()


@transaction.atomic
def build(*, access_token: str, phone_number_id: str, waba_id: str, people: int = simulator.PEOPLE) -> Shop:
    """Make the shop with everything in it, all or nothing. `people`: how many customers, at least `FEWEST`."""
    if people < FEWEST:
        raise ValueError(f"The demo's stories need {FEWEST} people.")
    shop = _shop()
    with open_shop(shop):
        conversations.connect_number(
            display_number=cast.SHOP_NUMBER,
            phone_number_id=phone_number_id,
            waba_id=waba_id,
            access_token=access_token,
        )
        variants = catalogue()
        stories.lay_down_rules()
        history = simulator.simulate(shop.today(), people=people)
        customers_made = _people(history)
        _purchases(history, customers_made, variants)
        _promises(customers_made, variants)
        stories.tell(customers_made, variants, _owner())
        money.tell(customers_made, variants)
        chats.write_history(phone_number_id=phone_number_id, waba_id=waba_id)
        reach.tell(customers_made, waba_id=waba_id)
        inbox.fill(phone_number_id=phone_number_id, waba_id=waba_id)
        team.tell()
        supply.tell(variants)
        care.tell(customers_made, variants)
        complaints.tell(history, customers_made, _owner())
        persons.tell(customers_made, _owner())
        inviting.tell(customers_made, variants)
        segments.renew_scores()
        care.tell_why([score.customer for score in scores.late(0.1, 0.0)[:40:5]])
        loyalty.build(customers_made, variants)
        segments.renew_profiles()
        places.tell(customers_made, _owner())
        groups.write_groups()
        offering.tell(customers_made, variants)
        launches.tell(variants)
        reports.tell()
        suggestions.tell(history, customers_made, _owner())
        today.renew_prompts()
        reports.tell()
        _look_no_further()
    return shop


def _look_no_further() -> None:
    """Prompts and profiles were just renewed: hundreds of wake-ups for one customer each would find nothing."""
    listeners = ["today.actions.renewing.follow", "segments.actions.profiles.follow"]
    Reaction.objects.filter(listener__in=listeners).update(work_state=WorkState.DONE)
    # and nobody is thanked today for what they bought in the past; complaints of then were looked into, tastes are kept
    before = Reaction.objects.filter(event__at__lt=_at(current_shop().today(), 0))
    for name in (".thank_for_order", ".trace_complaint", ".note_rating"):
        before.filter(listener__endswith=name).update(work_state=WorkState.DONE)


def _shop() -> Shop:
    users = {
        member.username: get_user_model().objects.create(username=member.username, password=NO_PASSWORD)
        for member in (*cast.MEMBERS, cast.STRANGER)
    }
    shop = shops.open_new_shop(
        name=cast.SHOP_NAME, slug=cast.SHOP_SLUG, user_id=users[cast.OWNER.username].pk, owner_name=cast.OWNER.name
    )
    with open_shop(shop):
        shops.change_shop(
            whatsapp_number=cast.SHOP_NUMBER,
            whatsapp_level=WhatsAppLevel.INBOX,
            opening_hours=dict(cast.HOURS),
            daily_capacity=180,
            district="Trenggalek",
        )
        owner = Member.objects.get(role="owner")
        for member in cast.MEMBERS[1:]:
            invitation, _token = shops.invite(name=member.name, role=member.role, by=owner)
            shops.accept_invitation(invitation=invitation, user_id=users[member.username].pk)
        shops.finish_setup()
    # the neighbour's empty shop: how Setia looks on its first day
    shops.open_new_shop(
        name=cast.STRANGER_SHOP_NAME,
        slug=cast.STRANGER_SHOP_SLUG,
        user_id=users[cast.STRANGER.username].pk,
        owner_name=cast.STRANGER.name,
    )
    return shop


def catalogue() -> list[Variant]:
    """The cast's flavours and pack sizes with their prices, for everyone and for resellers."""
    since = current_shop().today() - timedelta(days=simulator.DAYS + 30)
    product = catalog.add_product(
        name=cast.PRODUCT, description="Bakpia panggang, resep keluarga, dibuat tiap pagi.", shelf_life_days=4
    )
    made = []
    for wanted in cast.VARIANTS:
        variant = catalog.add_variant(
            product=product,
            flavour=wanted.flavour,
            pack_size=wanted.pack_size,
            photo=pictures.product_photo(wanted.flavour, wanted.pack_size),
            price=wanted.price,
            valid_from=since,
        )
        catalog.set_price(variant=variant, amount=wanted.reseller_price, customer_kind="reseller", valid_from=since)
        made.append(variant)
    return made


def _people(history: simulator.History) -> list[Customer]:
    people: list[Customer] = []
    for person in history.people:
        with clock.frozen(_at(person.joined, 9)):
            customer = customers.add_customer(
                display_name=person.name,
                phone=person.phone,
                kind=person.kind,
                source=person.source,
                referred_by=people[person.brought_by] if person.brought_by is not None else None,
                district=person.district,
                landmark=person.landmark,
            )
            if person.agreed:
                for purpose in ("promotion", "occasion"):
                    customers.answer_consent(
                        customer=customer, purpose=purpose, state="given", how="counter", evidence="di toko"
                    )
            if person.birthday:
                month, day = person.birthday
                customers.add_occasion(customer=customer, kind="birthday", calendar="gregorian", month=month, day=day)
        people.append(customer)
    soon = current_shop().today() + timedelta(days=2)
    ratna = people[0]
    customers.add_occasion(customer=ratna, kind="birthday", calendar="gregorian", month=soon.month, day=soon.day)
    customers.add_note(customer=ratna, text="Suka yang hangat dari oven. Anaknya alergi kacang.", by=_owner())
    return people


def _owner() -> Member:
    return Member.objects.get(role="owner")


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=current_shop().zone)


def _purchases(history: simulator.History, people: list[Customer], variants: list[Variant]) -> None:
    takers = {channel: team.taker(channel) for channel in {purchase.channel for purchase in history.purchases}}
    orders.record_past(
        orders=(
            PastOrder(
                customer_id=people[purchase.person].pk,
                day=purchase.day,
                lines=[LineInput(variant_id=variants[index].pk, quantity=boxes) for index, boxes in purchase.items],
                channel=purchase.channel,
                taken_by_id=takers[purchase.channel],
            )
            for purchase in history.purchases
        )
    )


def _promises(people: list[Customer], variants: list[Variant]) -> None:
    """Orders that are still open: today, tomorrow and later, some with a deposit."""
    today, owner = current_shop().today(), _owner()
    ratna, slamet, yanti, endah, siti, guru, _kasan = people[:7]
    plan = (
        (siti, [(0, 2), (3, 3)], 0, time(15, 0), "pickup", 40_000, "ready"),
        (guru, [(3, 4)], 0, time(16, 30), "pickup", 0, "confirmed"),
        (people[12], [(0, 3), (5, 2)], 0, None, "delivery", 0, "confirmed"),
        (yanti, [(0, 40), (3, 25), (5, 25)], 1, time(6, 30), "courier", 0, "confirmed"),
        (endah, [(0, 5)], 1, time(9, 0), "pickup", 50_000, "confirmed"),
        (ratna, [(0, 2), (6, 1)], 1, None, "pickup", 0, "placed"),
        (people[9], [(0, 100)], 19, time(15, 0), "pickup", 800_000, "confirmed"),
        (slamet, [(2, 3)], 4, None, "pickup", 0, "placed"),
    )
    for customer, lines, days, hour, fulfilment, deposit, state in plan:
        order = orders.place(
            customer=customer,
            lines=[LineInput(variant_id=variants[index].pk, quantity=boxes) for index, boxes in lines],
            due_on=today + timedelta(days=days),
            due_time=hour,
            fulfilment=fulfilment,
            channel="reseller" if customer is yanti else "chat",
            address=customer.landmark if fulfilment == "delivery" else "",
            deposit=deposit,
            deposit_method="transfer",
            taken_by=owner,
        )
        if state != "placed":
            orders.confirm(order=order)
        if state == "ready":
            orders.mark_ready(order=order)
