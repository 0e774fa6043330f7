"""The demo shop: an invented past in the database, with stories of today; made once, kept after."""

import pytest
from django.db import transaction

from conftest import NOW
from setia.conversations.models import Conversation, Message
from setia.core import clock as house_clock
from setia.core.models import Reaction
from setia.core.scope import open_shop
from setia.customers.models import Customer
from setia.demo import build, cast
from setia.demo.chats import PAST
from setia.orders.models import Order, PurchaseSummary
from setia.segments import queries as segments
from setia.segments.models import Score
from setia.shops.models import Member, Shop
from setia.today import queries as today
from setia.today.models import Prompt
from tests.world import World

pytestmark = pytest.mark.django_db

PEOPLE = 40
NUMBER = {"access_token": "key", "phone_number_id": "106500000000001", "waba_id": "204600000000001"}


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The demo shop for all tests of this file, rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        with house_clock.frozen(NOW):
            made = build.build(**NUMBER, people=PEOPLE)
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def shop(built, db, clock):
    with open_shop(built):
        yield built


def test_everything_is_there(shop):
    assert Customer.objects.count() >= PEOPLE, "and whoever was met at a bazaar"
    assert {member.role for member in Member.objects.all()} == {"owner", "manager", "cashier", "chat", "viewer"}
    bought = Order.objects.filter(state="completed")
    assert bought.count() > 200 and all(order.total == order.paid > 0 for order in bought)
    assert PurchaseSummary.objects.count() == Score.objects.count() > PEOPLE * 0.8
    assert segments.shop_fit().repeat_orders > 100 and segments.loyal_count() > 0

    promises = {order.due_on: order for order in Order.objects.filter(state__in=["placed", "confirmed", "ready"])}
    assert shop.today() in promises and len(promises) >= 4
    assert Order.objects.exclude(state="completed").count() == 14

    siti = Customer.objects.get(display_name=cast.SITI.name)
    said = list(Message.objects.filter(customer=siti).order_by("at").values_list("direction", "text"))
    past = [("in" if theirs else "out", text) for _days, _hour, theirs, text in PAST["siti"]]
    assert [one for one in said if one in past] == past, "the old talk in its order, among what the inbox adds"
    waiting = Conversation.objects.exclude(waiting_since=None)
    assert cast.ENDAH.name in {chat.customer.display_name for chat in waiting}

    kinds = set(Prompt.objects.filter(state="open").values_list("kind", flat=True))
    assert {"chat", "promise", "balance", "occasion", "rhythm"} <= kinds
    shown = [card.prompt.kind for card in today.open_prompts()]
    assert shown[0] == "alarm" and "chat" in shown[:4], "what the alarm tells comes first, then who waits"


def test_nobody_is_written_to_about_the_past(shop):
    assert not Message.objects.filter(direction="out", purpose__in=["thanks", "greeting"]).exists()
    assert not Reaction.objects.filter(work_state="waiting", listener="today.actions.renewing.follow").exists()
    thanks = Reaction.objects.filter(work_state="waiting", listener__endswith=".thank_for_order")
    assert not thanks.filter(event__at__date__lt=shop.today()).exists()


def test_news_about_an_order_went_by_template_after_the_24_hours(shop):
    message = Message.objects.get(kind="template", purpose="ready")
    assert message.customer.display_name == cast.YANTI.name and message.initiated is False
    assert message.template_name == "pesanan_siap" and message.status == "read"
    assert message.text.startswith("Halo Mbak Yanti, pesanan #")
    before = Message.objects.filter(conversation=message.conversation, direction="in", origin="live", at__lt=message.at)
    assert not before.exists(), "no 24 hours were open"


def test_the_neighbours_shop_is_empty(shop):
    assert not build.needed()
    neighbour = Shop.objects.get(slug=cast.STRANGER_SHOP_SLUG)
    with open_shop(neighbour):
        assert not Customer.objects.exists() and not Prompt.objects.exists()


def test_its_pages_open(shop, client):
    from django.contrib.auth import get_user_model

    world = World(shop=shop, stranger_shop=shop)
    client.force_login(get_user_model().objects.get(username=cast.OWNER.username))
    ratna = Customer.objects.get(display_name=cast.RATNA.name)
    for path in ("", "customers/", f"customers/{ratna.pk}/", "chats/", "orders/", "orders/kitchen/"):
        assert client.get(world.url(path)).status_code == 200, path


def test_too_few_people_have_no_stories():
    with pytest.raises(ValueError, match="14 people"):
        build.build(**NUMBER, people=13)
