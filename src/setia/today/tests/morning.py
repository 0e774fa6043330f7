"""A morning in the shop: helpers that say in a line what happened, through the actions.

The cast is built once per file, in a transaction around the tests of the file; each test gets its own copy.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from conftest import NOW
from setia.conversations.tests import webhooks
from setia.core import clock as house_clock
from setia.core import tasks
from setia.core.scope import open_shop
from setia.customers import actions as customers
from setia.customers.models import Customer
from setia.orders import actions as orders
from setia.orders.actions import LineInput, PastLine, PastOrder
from setia.orders.models import Order
from setia.segments import actions as segments
from setia.today import actions, queries
from setia.today.models import Prompt
from setia.today.queries import Card
from tests import world as cast_of_tests
from tests.world import World


@dataclass
class Shop:
    """Our shop on a Monday morning, in English."""

    world: World
    clock: Any

    def __post_init__(self) -> None:
        self.owner = self.world.members["owner"]

    def who(self, name: str) -> Any:
        return self.world.customers[name]

    def writes(self, name: str, words: str = "Bu, keju ada?") -> None:
        """A customer writes on WhatsApp; the worker does what follows."""
        number = next(row.value for row in self.who(name).identities.all()).lstrip("+")
        webhooks.deliver(webhooks.messages(webhooks.text(words, sender=number)))

    def orders(self, name: str | None, *, days: int = 0, boxes: int = 2, **more: Any) -> Order:
        """Somebody orders Kacang hijau at 20.000 a box, for `days` from today."""
        return orders.place(
            customer=self.who(name) if name else None,
            lines=[LineInput(variant_id=self.world.variants["kacang-hijau-10"].pk, quantity=boxes)],
            due_on=self.world.shop.today() + timedelta(days=days),
            **more,
        )

    def bought(self, name: str, *ago: int, boxes: int = 2) -> None:
        """Past purchases of a customer, so many days ago."""
        today = self.world.shop.today()
        line = PastLine("Bakpia Keju", boxes, 24_000 * boxes, self.world.variants["keju-10"].pk)
        days = (today - timedelta(days=days) for days in ago)
        orders.record_past(
            orders=[PastOrder(customer_id=self.who(name).pk, day=day, lines=[line], channel="counter") for day in days]
        )

    def agrees(self, name: str, *purposes: str, state: str = "given") -> None:
        """A customer says yes (or no) to being written to."""
        for purpose in purposes or ("promotion",):
            customers.answer_consent(customer=self.who(name), purpose=purpose, state=state, how="at the counter")

    def birthday(self, name: str, *, days: int) -> Any:
        """A customer's birthday is so many days ahead."""
        day = self.world.shop.today() + timedelta(days=days)
        return customers.add_occasion(
            customer=self.who(name), kind="birthday", calendar="gregorian", month=day.month, day=day.day
        )

    def late(self, name: str = "slamet") -> Prompt:
        """A regular of every week who has been away for two, and agreed to offers: as the night saw them."""
        self.bought(name, *(14 + 7 * n for n in range(20)))
        self.bought("guru", *(3 + 7 * n for n in range(20)))
        self.agrees(name)
        self.night()
        return self.one("rhythm", name)

    def works(self) -> None:
        """The worker settles what is due."""
        with webhooks.no_shop():
            tasks.drain("reactions")

    def night(self) -> None:
        """Scores and prompts, as at half past one."""
        segments.renew_scores()
        actions.renew_prompts()

    def tomorrow(self, days: int = 1) -> None:
        """The next morning at nine, after the night."""
        self.clock.forward(days=days)
        self.night()

    def prompts(self, kind: str, name: str | None = None, state: str = "open") -> list[Prompt]:
        """Prompts of a kind, of a customer when named."""
        rows = Prompt.objects.filter(kind=kind, state=state).select_related("customer").order_by("pk")
        return list(rows.filter(customer=self.who(name)) if name else rows)

    def one(self, kind: str, name: str | None = None) -> Prompt:
        """The single open prompt of a kind."""
        [prompt] = self.prompts(kind, name)
        return prompt

    def shown(self, kind: str) -> list[Card]:
        """The cards of a kind that are on Today now."""
        return [card for card in queries.open_prompts() if card.prompt.kind == kind]

    def reason(self, prompt: Prompt) -> str:
        """The sentence on the card."""
        return queries.card(prompt).reason


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The cast in the database for all tests of a file; what they do is rolled back to here, this at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        with house_clock.frozen(NOW):
            made = cast_of_tests.build()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(cast: World, db: None, clock: Any) -> Iterator[World]:
    """The cast, our shop open."""
    mine = deepcopy(cast)
    with open_shop(mine.shop):
        yield mine


@pytest.fixture
def shop(world: World, clock: Any) -> Iterator[Shop]:
    """The helper. Pages and customers' words are English here; the Indonesian ones have a test of their own."""
    Customer.objects.update(language="en")
    for customer in world.customers.values():
        customer.language = "en"
    with translation.override("en"):
        yield Shop(world, clock)


@pytest.fixture
def connected(shop: Shop) -> Shop:
    """The same shop with its number on the Cloud API, without automatic messages."""
    from setia.conversations import actions as conversations

    webhooks.connect()
    for trigger in ("greeting", "price_list", "thanks", "thanks_first"):
        conversations.change_auto_reply(trigger=trigger, enabled=False, text="", text_english="")
    return shop
