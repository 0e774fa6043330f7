"""The cast of the tests: one shop with members, products and customers; and the stranger next door.

`build()` puts it into the database through the actions. `World` hands it out by name and signs people in.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from setia.catalog import actions as catalog
from setia.catalog import rules as catalog_rules
from setia.core.models import Reaction
from setia.core.scope import open_shop
from setia.customers import actions as customers
from setia.demo import cast
from setia.shops import actions as shops
from setia.shops.models import Member, Shop
from tests.words import Reader


@dataclass
class World:
    shop: Shop
    stranger_shop: Shop
    members: dict[str, Member] = field(default_factory=dict)
    users: dict[str, Any] = field(default_factory=dict)
    customers: dict[str, Any] = field(default_factory=dict)
    variants: dict[str, Any] = field(default_factory=dict)
    # What everybody reads and writes in; empty where the language is no matter of the test.
    language: str = ""

    def speak(self, language: str) -> None:
        """From now on shop, members and customers speak it, and every page and message is looked at for the other."""
        self.language = language
        shops.change_shop(language=language)
        for member in Member.objects.all():
            shops.change_member(member=member, language=language)
        for customer in self.customers.values():
            customers.change_customer(customer=customer, language=language)
            customer.refresh_from_db()

    def visitor(self) -> Client:
        """A browser in which nobody is signed in."""
        return Reader(self.language) if self.language else Client()

    def client(self, who: str = "owner") -> Client:
        """A browser in which `who` (a role, or `stranger`) is signed in."""
        client = self.visitor()
        client.force_login(self.users[who])
        return client

    def url(self, path: str = "") -> str:
        """Address of a page of our shop: `url("orders/")`."""
        return f"/{self.shop.slug}/{path}"


def _user(member: cast.CastMember) -> Any:
    return get_user_model().objects.create(username=member.username, password="!")


def _products(world: World) -> None:
    """The cast's flavours, by names like `kacang-hijau-10`, with prices for everyone and for resellers."""
    product = catalog.add_product(name=cast.PRODUCT, shelf_life_days=4)
    since = world.shop.today() - timedelta(days=730)
    for wanted in cast.VARIANTS:
        variant = catalog.add_variant(
            product=product, flavour=wanted.flavour, pack_size=wanted.pack_size, price=wanted.price, valid_from=since
        )
        catalog.set_price(variant=variant, amount=wanted.reseller_price, customer_kind="reseller", valid_from=since)
        world.variants[catalog_rules.slug(f"{wanted.flavour} {wanted.pack_size or ''}")] = variant


def build() -> World:
    """Make the cast."""
    users = {member.role: _user(member) for member in cast.MEMBERS}
    shop = shops.open_new_shop(
        name=cast.SHOP_NAME, slug=cast.SHOP_SLUG, user_id=users["owner"].pk, owner_name=cast.OWNER.name
    )
    stranger = _user(cast.STRANGER)
    stranger_shop = shops.open_new_shop(
        name=cast.STRANGER_SHOP_NAME,
        slug=cast.STRANGER_SHOP_SLUG,
        user_id=stranger.pk,
        owner_name=cast.STRANGER.name,
    )
    world = World(shop=shop, stranger_shop=stranger_shop, users=users | {"stranger": stranger})
    with open_shop(shop):
        shops.change_shop(whatsapp_number=cast.SHOP_NUMBER, opening_hours=dict(cast.HOURS), daily_capacity=200)
        owner = Member.objects.get(role="owner")
        world.members["owner"] = owner
        for member in cast.MEMBERS[1:]:
            invitation, _token = shops.invite(name=member.name, role=member.role, by=owner)
            world.members[member.role] = shops.accept_invitation(invitation=invitation, user_id=users[member.role].pk)
        shops.finish_setup()
        _products(world)
        for person in cast.CUSTOMERS:
            world.customers[person.key] = customers.add_customer(
                display_name=person.name,
                phone=person.phone,
                kind=person.kind,
                source=person.source,
                referred_by=world.customers.get(person.brought_by),
                district=person.district,
                landmark=person.landmark,
                by=owner,
            )
    # What opening a shop wakes is no matter of the tests that merely need one.
    Reaction.across_shops.all().delete()
    return world
