"""Today as people open it: what waits, what was done, what comes."""

import re

import pytest

from setia.desk import home_page
from setia.desk.tests.looking import queries, text
from setia.shops import actions as shops
from setia.today import actions as today

pytestmark = pytest.mark.django_db


def home(shop, who="owner"):
    return shop.world.client(who).get(shop.world.url())


def test_who_may_look(shop):
    for who in ("owner", "manager", "cashier", "chat", "viewer"):
        assert home(shop, who).status_code == 200
    assert home(shop, "stranger").status_code == 404


def test_the_empty_shop_is_told_how_to_begin(world):
    slug = world.stranger_shop.slug
    from setia.core.scope import open_shop

    with open_shop(world.stranger_shop):
        shops.finish_setup()
    page = world.client("stranger").get(f"/{slug}/")
    assert page.status_code == 200
    assert "Nothing is waiting for you." in text(page) and "Your first customers" in text(page)
    assert f'href="/{slug}/customers/new/"' in page.content.decode()
    assert "No orders for tomorrow yet." in text(page)


def test_a_new_shop_is_led_through_its_first_steps(world):
    slug = world.stranger_shop.slug
    answer = world.client("stranger").get(f"/{slug}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/{slug}/welcome/")


def test_a_morning_in_one_page(connected):
    shop = connected
    shop.late()
    shop.writes("ratna", "Bu, keju ada?")
    shop.orders("siti")
    shop.bought("endah", 2)
    shop.orders("yanti", days=1, boxes=40)
    shop.works()
    shop.night()
    words = text(home(shop))
    for expected in (
        "Good morning, Bu Harti. 5 things matter today.",
        "Keep do not let them down",
        "Bu Ratna Wulandari Waits for an answer Wrote “Bu, keju ada?”",
        "Bu Siti Pogalan Promised today",
        "Mbak Yanti reseller TA Still to be paid",
        "Care bring them closer",
        "Pak Slamet Durenan Time to say hello",
        "Invite new customers",
        "Bu Endah Kauman New customer",
        "Kacang hijau isi 10 40",
        "Room left 160 boxes",
        "Coming up",
    ):
        assert expected in words, expected


def test_what_is_done_is_praised(shop):
    today.done(prompt=shop.late(), by=shop.owner)
    assert "Everything that mattered today is done." in text(home(shop))
    shop.clock.forward(days=1)
    assert "Nothing is waiting for you." in text(home(shop)) and "A quiet moment" in text(home(shop))


def test_who_may_not_write_sees_no_buttons(connected):
    connected.late()
    connected.writes("ratna")
    connected.orders("siti")
    connected.works()
    for who in ("viewer", "cashier"):
        html = home(connected, who).content.decode()
        assert "Pak Slamet" in html and "keju ada" in html and "Open the order" in html
        assert "/prompts/" not in html and "Answer" not in html


def test_a_promise_without_a_name_has_a_card(shop):
    shop.orders(None)
    shop.works()
    words = text(home(shop))
    assert "Order #1, without a name" in words and "Open the order" in words
    assert "Send on WhatsApp" not in words and "Done" in words


def test_without_a_number_there_is_no_send_button(shop):
    shop.orders("kasan")
    shop.works()
    words = text(home(shop))
    assert "Pak Kasan" in words and "Send on WhatsApp" not in words and "Done" in words


def test_a_whatsapp_id_is_enough_to_be_written_to(connected):
    """Somebody known to WhatsApp by id alone, without any number."""
    from setia.customers import actions as customers

    customers.add_identity(customer=connected.who("kasan"), kind="bsuid", value="ID.12345678901234567890")
    connected.orders("kasan")
    connected.works()
    assert "Send on WhatsApp" in text(home(connected))


def test_never_more_than_ten_and_never_a_person_twice(shop):
    from setia.customers import actions as customers

    for number in range(14):
        shop.world.customers[f"n{number}"] = customers.add_customer(display_name=f"Bu Nomor {number}")
        shop.orders(f"n{number}")
        shop.orders(f"n{number}")
    shop.works()
    html = home(shop).content.decode()
    assert "10 things matter today." in text(home(shop))
    assert html.count("<article") == 10 and len(set(re.findall(r"<h3>.*?</h3>", html))) == 10
    assert "18 more wait and come up as these are settled." in text(home(shop))


def test_a_day_full_of_duties_leaves_room_for_the_new_and_the_usual(shop):
    from setia.customers import actions as customers

    shop.late()
    for number in range(12):
        shop.world.customers[f"n{number}"] = customers.add_customer(display_name=f"Bu Nomor {number}")
        shop.orders(f"n{number}")
    shop.works()
    html = home(shop).content.decode()
    assert html.count("<article") == 10 and "Pak Slamet" in html and html.index("Bu Nomor") < html.index("Pak Slamet")


def test_the_same_queries_for_few_and_many(connected):
    shop = connected
    shop.late()
    for name in ("ratna", "siti"):
        shop.writes(name)
        shop.orders(name)
        shop.orders(name, days=1)
    shop.works()
    few = queries(shop.world.client(), shop.world.url())
    for name in ("yanti", "endah"):
        shop.writes(name)
    for name in ("yanti", "endah", "guru", "kasan"):
        shop.orders(name)
        shop.orders(name, days=1)
    shop.works()
    assert queries(shop.world.client(), shop.world.url()) <= few
    assert few <= 20


@pytest.mark.parametrize(
    ("hour", "words"),
    [(0, "Good morning"), (10, "Good morning"), (11, "Good day"), (15, "Good afternoon"), (18, "Good evening")],
)
def test_greetings_follow_the_shops_clock(shop, hour, words):
    now = shop.world.shop.now().replace(hour=hour)
    assert home_page.greeting(now, "Bu Harti") == f"{words}, Bu Harti."


def test_celebrations_ahead_leave_out_mourning_and_pay_day(shop):
    found = home_page.coming(shop.world.shop)
    assert len(found) == 4 and [item.days for item in found] == sorted(item.days for item in found)
    assert not any(item.season.memorial or item.season.code == "payday" for item in found)


def test_in_indonesian(shop):
    shops.change_member(member=shop.owner, language="id")
    shop.orders("siti")
    shop.works()
    html = home(shop).content.decode()
    assert '<html lang="id">' in html and "Bu Siti Pogalan" in html and "things matter today" not in html


@pytest.mark.parametrize(("path", "seen_by"), [("new/", 4), ("menu/", 5)])
def test_the_other_pages_open(shop, path, seen_by):
    roles = ("owner", "manager", "chat", "cashier", "viewer")
    statuses = [shop.world.client(who).get(shop.world.url(path)).status_code for who in roles]
    assert statuses == [200] * seen_by + [403] * (5 - seen_by)
    assert shop.world.client("stranger").get(shop.world.url(path)).status_code == 404


def test_the_menu_shows_what_one_may_do(shop):
    menu = {who: text(shop.world.client(who).get(shop.world.url("menu/"))) for who in ("owner", "manager", "viewer")}
    assert "People who work here" in menu["owner"] and "Shop settings" in menu["owner"]
    assert "People who work here" not in menu["manager"] and "Bring in from a file" in menu["manager"]
    assert "Shop settings" not in menu["viewer"] and "Send one by one" not in menu["viewer"]


def test_the_menu_leads_to_pages_that_open(shop):
    """Whoever sees an entry may enter; every entry leads somewhere."""
    from setia.desk import menu
    from setia.web.links import shop_url

    for role in ("owner", "manager", "cashier", "chat", "viewer"):
        client = shop.world.client(role)
        for entry in [*menu.ADD, *(entry for group in menu.MENU for entry in group.entries)]:
            # a helper's own page may be another one than the managers'
            status = client.get(shop_url(shop.world.shop.slug, entry.url_name), follow=True).status_code
            assert status == (200 if entry in menu.allowed([entry], role) else 403), f"{role} {entry.url_name}"
