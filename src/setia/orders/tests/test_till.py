"""The till of a day, the shop's QRIS code, and paying with it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.core import qris as payloads
from setia.core.errors import DomainError
from setia.core.events import Event
from setia.orders import actions as orders
from setia.orders.actions import LineInput
from setia.orders.credit import actions as credit
from setia.orders.models import MoneyAccount, Payment, QrisCode, TillDay
from setia.orders.qris import actions as qris
from setia.orders.qris import queries as codes
from setia.orders.till import actions, queries, rules

STATIC = (
    "00020101021126690017ID.CO.EXAMPLE.WWW01189360000000000000010215TEST000000000010303UMI51440014ID.CO.QRIS.WWW"
    "0215ID10200000000010303UMI5204546253033605802ID5913BAKPIA CONTOH6010TRENGGALEK61056631162070703A016304EED6"
)
METHODS = ["cash", "transfer", "qris", "ewallet", "cod"]


def sale(world, method="cash", boxes=1, customer=None):
    return orders.sell(
        lines=[LineInput(world.variants["keju-10"].pk, boxes)],
        method=method,
        customer=world.customers[customer] if customer else None,
    )


@given(st.lists(st.tuples(st.sampled_from(METHODS), st.integers(-99_000, 99_000))), st.integers(0, 10**6))
def test_what_came_less_what_went_is_what_moved(moves, opening):
    sums = rules.by_method(moves)
    assert sum(one.net for one in sums.values()) == sum(amount for _method, amount in moves)
    cash = sum(amount for method, amount in moves if method == "cash")
    assert rules.expected(opening, sums, 0) == opening + cash


@pytest.mark.django_db
def test_a_days_till_by_method(world, clock):
    ratna = world.customers["ratna"]
    sale(world)
    sale(world, "qris", 2)
    sale(world, "credit", 3, "ratna")
    orders.undo_sale(order=sale(world, "cash", 2))
    credit.repay(customer=ratna, amount=30_000, method="transfer")
    slip = credit.repay(customer=ratna, amount=10_000)
    credit.take_back(entry=slip)
    day = queries.day_of(world.shop.today())
    sums = {method: (takings.came, takings.went) for method, _label, takings in day.rows}
    assert sums == {"cash": (82_000, 58_000), "qris": (48_000, 0), "transfer": (30_000, 0)}
    assert (day.money, day.on_credit, day.repaid) == (24_000 + 48_000 + 30_000, 72_000, 30_000)
    clock.forward(days=1)
    assert queries.day_of(world.shop.today()).money == 0


@pytest.mark.django_db
def test_counting_the_till_and_taking_it_back(world, clock):
    sale(world, boxes=2)
    owner, today = world.client("owner"), world.shop.today()
    values = {"opening": "100rb", "taken_out": "50rb", "counted": "97.500", "note": "kurang kembalian"}
    for _twice in range(2):
        page = owner.post(world.url("money/till/count/"), values, follow=True).content.decode()
    row = TillDay.objects.get()
    assert (row.day, row.expected, row.difference) == (today, 98_000, -500)
    assert "kurang kembalian" in page and "-Rp 500" in page
    assert owner.post(world.url("money/till/count/"), values | {"counted": "x"}).status_code == 422
    clock.forward(days=1)
    assert queries.last_count(world.shop.today()) == row
    assert 'value="97.500"' in owner.get(world.url("money/till/")).content.decode().replace("Rp97.500", "97.500")
    owner.post(world.url(f"money/till/reopening/?day={today.isoformat()}"))
    assert not TillDay.objects.exists() and Event.objects.filter(verb="till.counted").count() == 3
    with pytest.raises(DomainError):
        actions.count(day=world.shop.today() + timedelta(days=1), opening=0, counted=0)
    for role in ("cashier", "viewer"):
        assert world.client(role).get(world.url("money/till/")).status_code == 403
    assert world.client("stranger").get(world.url("money/till/")).status_code == 404


def _broken(**changes: str) -> str:
    fields = payloads.read(STATIC) | changes
    return payloads.write(fields)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "code"),
    [
        (STATIC[:-1] + "7", "checksum"),
        ("hello", "unreadable"),
        (_broken(**{"53": "840"}), "currency"),
        (_broken(**{"58": "MY"}), "currency"),
        (payloads.make_dynamic(STATIC, 57_500, "NOTA-0123"), "not_static"),
    ],
)
def test_other_codes_are_refused_with_a_reason(world, text, code):
    with pytest.raises(DomainError) as refused:
        qris.set_code(payload=text)
    assert refused.value.code == code and refused.value.field == "payload" and not QrisCode.objects.exists()
    page = world.client("owner").post(world.url("money/accounts/code/"), {"payload": text})
    assert page.status_code == 422 and "field__error" in page.content.decode()


@pytest.mark.django_db
def test_the_code_of_an_order_carries_amount_and_number_and_reads_back(world):
    zxing = pytest.importorskip("zxingcpp")
    from io import BytesIO

    import segno
    from PIL import Image

    owner = world.client("owner")
    assert owner.post(world.url("money/accounts/code/"), {"payload": f" {STATIC}\n"}).status_code == 302
    order = orders.place(lines=[LineInput(world.variants["keju-10"].pk, 3)], due_on=world.shop.today())
    shown = codes.shown(order.balance, codes.bill_number(order))
    fields = payloads.read(shown.text)
    assert (fields["01"], fields["54"], shown.merchant) == ("12", "72000", "BAKPIA CONTOH")
    assert "0109NOTA-0001" in fields["62"] and shown.original == STATIC
    picture = BytesIO()
    segno.make(shown.text, error="m", micro=False).save(picture, kind="png", scale=4, border=4)
    assert zxing.read_barcode(Image.open(picture)).text == shown.text
    cashier = world.client("cashier")
    page = cashier.get(world.url(f"money/orders/{order.pk}/qris/")).content.decode()
    assert "NOTA-0001" in page and "BAKPIA CONTOH" in page and 'class="qr"' in page
    key = page.split('name="device_key" value="')[1].split('"')[0]
    for _twice in range(2):
        values = {"amount": "72000", "method": "qris", "device_key": key}
        assert cashier.post(world.url(f"orders/{order.pk}/payments/"), values).status_code == 302
    assert Payment.objects.get().amount == 72_000
    assert "Nothing is to be paid" in cashier.get(world.url(f"money/orders/{order.pk}/qris/")).content.decode()
    assert "original=1" in page
    assert world.client("viewer").get(world.url(f"money/orders/{order.pk}/qris/")).status_code == 403
    assert world.client("stranger").get(world.url(f"money/orders/{order.pk}/qris/")).status_code == 404


@pytest.mark.django_db
def test_too_much_for_one_code_shows_the_fixed_one_with_the_reason(world):
    qris.set_code(payload=STATIC)
    shown = codes.shown(10_000_001, "NOTA-1")
    assert shown.text == STATIC and shown.refused


@pytest.mark.django_db
def test_only_the_owner_changes_where_money_goes(world):
    for role in ("manager", "cashier"):
        for path in ("code/", "code/removal/", "new/"):
            assert world.client(role).post(world.url(f"money/accounts/{path}")).status_code == 403
    assert world.client("manager").get(world.url("money/accounts/")).status_code == 200
    owner = world.client("owner")
    owner.post(world.url("money/accounts/code/"), {"payload": STATIC})
    again = STATIC.replace("BAKPIA CONTOH", "BAKPIA BARU  ")
    fields = payloads.read(STATIC) | {"59": "BAKPIA BARU"}
    assert qris.set_code(payload=STATIC).pk == QrisCode.objects.get().pk and again != STATIC
    qris.set_code(payload=payloads.write(fields))
    assert codes.code().merchant == "BAKPIA BARU" and QrisCode.objects.count() == 2
    owner.post(world.url("money/accounts/code/removal/"))
    assert codes.code() is None and codes.shown(1_000) is None
    values = {"kind": "ewallet", "name": "DANA", "number": "0812-3000-4000", "holder": "Harti"}
    for _twice in range(2):
        owner.post(world.url("money/accounts/new/"), values)
    account = MoneyAccount.objects.get()
    assert codes.accounts_text() == "DANA 0812-3000-4000 (Harti)"
    owner.post(world.url(f"money/accounts/{account.pk}/use/"), {"used": "0"})
    assert codes.accounts_text() == ""
    assert (
        owner.post(world.url("money/accounts/new/"), {"kind": "bank", "name": "BRI", "number": "1"}).status_code == 422
    )


@pytest.mark.django_db
def test_money_ahead_and_money_late_on_one_page(world, clock):
    lines = [LineInput(world.variants["keju-10"].pk, 2)]
    today = world.shop.today()
    orders.place(lines=lines, due_on=today + timedelta(days=3), customer=world.customers["endah"], deposit=20_000)
    late = orders.place(lines=lines, due_on=today, customer=world.customers["siti"])
    orders.complete(order=late)
    sale(world, "credit", 1, "ratna")
    clock.forward(days=2)
    page = world.client("manager").get(world.url("money/")).content.decode()
    for text in ("Endah", "Siti", "Rp 20,000", "Rp 48,000", "Rp 24,000"):
        assert text in page


@pytest.mark.django_db
def test_at_the_counter_the_code_is_shown_before_anything_is_sold(world):
    from setia.orders.models import Counter, Order

    qris.set_code(payload=STATIC)
    cashier, keju = world.client("cashier"), world.variants["keju-10"]
    values = {f"boxes-{keju.pk}": "3", "method": "qris", "device_key": "tap"}
    page = cashier.post(world.url("orders/counter/"), values).content.decode()
    assert "Rp 72,000" in page and "BAKPIA CONTOH" in page and 'class="qr"' in page
    assert not Order.objects.exists() and not Counter.objects.filter(value__gt=0).exists()
    assert f'name="boxes-{keju.pk}" value="3"' in page
    for _twice in range(2):
        assert cashier.post(world.url("orders/counter/"), values | {"code_shown": "1"}).status_code == 302
    assert Payment.objects.get().amount == 72_000 and Order.objects.get().number == 1
    back = cashier.post(world.url("orders/counter/"), values | {"find": "1"}).content.decode()
    assert 'value="3"' in back
    nobody = cashier.post(world.url("orders/counter/"), values | {"method": "credit", "device_key": "b"})
    assert nobody.status_code == 422 and "needs a name" in nobody.content.decode()
