"""The cast of the tests: one shop with members, products and customers; and the stranger next door.

`build()` puts it into the database through the actions. `World` hands it out by name and signs people in.
"""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from setia.core.scope import open_shop
from setia.customers import actions as customers
from setia.demo import cast
from setia.shops import actions as shops
from setia.shops.models import Member, Shop


@dataclass
class World:
    shop: Shop
    stranger_shop: Shop
    members: dict[str, Member] = field(default_factory=dict)
    users: dict[str, Any] = field(default_factory=dict)
    customers: dict[str, Any] = field(default_factory=dict)
    variants: dict[str, Any] = field(default_factory=dict)

    def client(self, who: str = "owner") -> Client:
        """A browser in which `who` (a role, or `stranger`) is signed in."""
        client = Client()
        client.force_login(self.users[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def url(self, path: str = "") -> str:
        """Address of a page of our shop: `url("orders/")`."""
        return f"/{self.shop.slug}/{path}"


def _user(member: cast.CastMember) -> Any:
    return get_user_model().objects.create(username=member.username, password="!")


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
    return world
