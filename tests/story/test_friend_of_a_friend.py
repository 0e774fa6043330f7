"""A friend brought by a friend: from the link on the phone to the free box at the counter, in both languages."""

import pytest

from setia.conversations.models import Message
from setia.customers import actions as customers
from setia.customers.models import Customer
from setia.orders.models import Order
from setia.promotions.models import Referral
from setia.promotions.queries import referrals

pytestmark = pytest.mark.django_db(transaction=True)

FRIEND = "+6281298760001"
RATNA = "+6281230004001"


def test_from_the_link_to_the_free_box(street, language):
    world, owner, cashier = street.world, street.world.client("owner"), street.world.client("cashier")
    ratna, variant = world.customers["ratna"], world.variants["kacang-hijau-10"]
    customers.answer_consent(customer=ratna, purpose="promotion", state="given", how="counter")

    # The owner decides: a free box for who tells a friend. Dewi makes Bu Ratna's link.
    rules = {"reward": "box", "variant": "", "every_months": "3", "margin_percent": "40", "hour_costs": "15rb"}
    rules |= {"thank_teller": "on", "welcome_friend": "on"}
    assert owner.post(world.url("promotions/friends/rules/"), rules).status_code == 302
    cashier.post(world.url(f"promotions/friends/{ratna.pk}/code/"))
    code = referrals.code_of(ratna.pk)

    # A friend opens it, and WhatsApp stands ready with the code; she sends it.
    page = world.visitor().get("/" + referrals.short(code).split("/", 3)[3]).content.decode()
    assert code.code in page
    street.has_phone(FRIEND, "Bu Teman")
    street.writes(FRIEND, f"Halo, saya tahu dari teman [#{code.code}]")
    friend = Customer.objects.get(referred_by=ratna)
    assert friend.source == "word_of_mouth" and not Referral.objects.exists()
    customers.change_customer(customer=friend, language=language)

    # She buys for the first time: she is welcomed with the name of who told her, Bu Ratna is thanked without hers.
    sale = {"customer": friend.pk, f"boxes-{variant.pk}": "2", "method": "cash", "device_key": "first"}
    assert cashier.post(world.url("orders/counter/"), sale).status_code == 302
    street.work()
    welcome = street.said("How nice that %(friend)s told you about us. Welcome!", friend="Bu Ratna")
    assert any(welcome in words for words in street.heard(FRIEND))
    assert Referral.objects.get().state == "settled"
    street.has_phone(RATNA, "Bu Ratna")
    street.writes(RATNA, "Inggih, sami-sami")
    street.work()
    values = {"name": "Bu Ratna", "shop": world.shop.name}
    text = "%(name)s, thank you for telling a friend about %(shop)s: they bought for the first time."
    reward = street.said("A free box waits for you with your next order.")
    thanks = Message.objects.get(customer=ratna, reference__startswith="referral:")
    assert thanks.text == f"{street.said(text, **values)} {reward}"

    # The friend brings her sister, told at the counter by name; the tree has two steps.
    sister = {"customer": "new", "display_name": "Mbak Adik", "referred_by": friend.pk, "source": "word_of_mouth"}
    sale = sister | {f"boxes-{variant.pk}": "1", "method": "cash", "device_key": "second"}
    assert cashier.post(world.url("orders/counter/"), sale).status_code == 302
    street.work()
    branch = referrals.branch_of(ratna.pk)
    assert (branch.people, branch.value) == (2, 60_000)
    page = owner.get(world.url("promotions/friends/")).content.decode()
    assert "Mbak Adik" in page and street.said("Who brought whom") in page
    page = owner.get(world.url(f"promotions/friends/{ratna.pk}/")).content.decode()
    assert "Mbak Adik" in page

    # Bu Ratna comes by: the box is offered, taken once, and not a second time.
    row = Referral.objects.get(teller=ratna)
    sale = {"customer": ratna.pk, f"boxes-{variant.pk}": "2", "method": "cash", "device_key": "third"}
    offered = cashier.get(world.url("orders/deductions/"), sale).content.decode()
    assert street.said("A free box for telling a friend") in offered
    assert cashier.post(world.url("orders/counter/"), sale | {"deductions": f"referral:{row.pk}"}).status_code == 302
    assert Order.objects.get(device_key="third").total == 20_000
    assert not referrals.unused(ratna.pk)
    street.work()
    note = cashier.get(world.url(f"orders/{Order.objects.get(device_key='third').pk}/")).content.decode()
    assert street.said("A free box for telling a friend") in note
