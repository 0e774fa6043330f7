"""A stamp card moves from paper into the phone, the household fills it, and the mother takes the box. In both
languages."""

import re

import pytest

from setia.customers.models import Customer
from setia.loyalty import queries
from setia.loyalty.models import LedgerEntry
from setia.orders.models import Order

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_mother_takes_the_box_that_the_daughter_filled(street, language):
    world = street.world
    owner, cashier = world.client("owner"), world.client("cashier")
    mother = world.customers["ratna"]
    answer = cashier.post(world.url("customers/new/"), {"display_name": "Mbak Tika Wulandari", "language": language})
    assert answer.status_code == 302
    daughter = Customer.objects.get(display_name="Mbak Tika Wulandari")
    variant = world.variants["kacang-hijau-10"]

    # The owner turns stamps on and says what ten of them bring.
    rules = {"stamps_on": "on", "visit": "day", "rupiah_per_point": "10rb", "expiry_months": "12", "warn_days": "14"}
    owner.post(world.url("loyalty/rules/"), rules | {"answers": "on", "games": "on"})
    reward = {"kind": "box", "name": "Kotak kesepuluh", "cost": "10", "unit": "stamps", "variant": variant.pk}
    owner.post(world.url("loyalty/rewards/new/"), reward)

    # The mother brings her paper card: seven stamps. Dewi at the counter writes it down, with two taps on the button.
    page = cashier.get(world.url("loyalty/paper/?who=ratna")).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    for _tap in range(2):
        cashier.post(world.url(f"loyalty/customers/{mother.pk}/opening/"), {"stamps": "7", "key": key, "paper": "1"})
    # They collect together.
    cashier.post(world.url(f"loyalty/customers/{mother.pk}/sharing/"), {"with": daughter.pk})

    # The daughter buys on three days.
    for day in range(3):
        sale = {"customer": daughter.pk, f"boxes-{variant.pk}": "1", "method": "cash", "device_key": f"day-{day}"}
        assert cashier.post(world.url("orders/counter/"), sale).status_code == 302
        street.work()
        street.clock.forward(days=1)
    assert queries.account_of(mother.pk).stamps == 10

    # The mother looks at her own page: the box is hers. At the counter her code leads to the sale.
    token = queries.card_token(mother.pk)
    hers = world.visitor().get(f"/p/card/{token}/").content.decode()
    assert "Kotak kesepuluh" in hers and street.said("%(n)s stamp", n=10) in hers
    assert f"customer={mother.pk}" in cashier.get(world.url(f"loyalty/cards/{token}/"))["Location"]
    box = queries.rewards()[0]
    sale = {"customer": mother.pk, f"boxes-{variant.pk}": "2", "method": "cash", "device_key": "box"}
    sale["deductions"] = f"loyalty:reward:{box.pk}"
    assert cashier.post(world.url("orders/counter/"), sale).status_code == 302
    street.work()

    # She paid one box of two, the card begins anew with today's stamp, and the books agree.
    order = Order.objects.get(device_key="box")
    assert (order.total, order.customer_id) == (20_000, mother.pk)
    account = queries.account_of(daughter.pk)
    assert account.stamps == 1 == sum(row.amount for row in LedgerEntry.objects.filter(account=account))
    happened = owner.get(world.url(f"loyalty/customers/{mother.pk}/")).content.decode()
    assert "Mbak Tika Wulandari" in happened and "Kotak kesepuluh" in happened
    assert street.said("Rewards taken") in happened and street.said("Collects together with") in happened

    # A slip: it was another customer's sale. Undone, and the ten stamps are back.
    cashier.post(world.url(f"orders/{order.pk}/undone-sale/"))
    street.work()
    account.refresh_from_db()
    assert account.stamps == 10
