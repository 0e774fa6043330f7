"""What is known about the shop: its data, its hours, the days on which it is closed."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.core.models import Event
from setia.core.scope import open_shop
from setia.shops import actions, queries
from setia.shops.forms import HoursForm
from setia.shops.models import Closure, Shop
from setia.shops.rules import WEEKDAYS
from setia.web import amounts
from setia.web.forms import MoneyField


def saved(world) -> Shop:
    return Shop.objects.get(pk=world.shop.pk)


# --- The shop


def shop_fields(**changes: str) -> dict[str, str]:
    return {
        "name": "Bakpia Sekar Pandan",
        "district": "Pogalan",
        "whatsapp_number": "0812-3000-4000",
        "whatsapp_level": "0",
        "daily_capacity": "200",
        "language": "en",
        "timezone": "Asia/Jakarta",
        "currency": "IDR",
    } | changes


def test_the_shop_is_changed(shop):
    client = shop.client("manager")
    answer = client.post(
        shop.url("settings/"),
        shop_fields(
            name="Bakpia Sekar", timezone="Asia/Makassar", daily_capacity="", whatsapp_number="+62 812 3000 4001"
        ),
    )
    assert answer.status_code == 302
    now = saved(shop)
    assert (now.name, now.timezone, now.daily_capacity) == ("Bakpia Sekar", "Asia/Makassar", None)
    assert now.whatsapp_number == "+6281230004001"
    event = Event.objects.filter(verb="shop.changed").latest("pk")
    assert sorted(event.data["fields"]) == ["daily_capacity", "district", "name", "timezone", "whatsapp_number"]


def test_what_is_shown_can_be_saved_as_it_is(shop):
    """Nothing changes when nothing was changed."""
    actions.change_shop(district="Pogalan")
    before = Event.objects.filter(verb="shop.changed").count()
    page = shop.client("owner").get(shop.url("settings/"))
    form = page.context["form"]
    typed = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    assert shop.client("owner").post(shop.url("settings/"), typed).status_code == 302
    assert Event.objects.filter(verb="shop.changed").count() == before


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("whatsapp_number", "0812 3456 789O"),
        ("daily_capacity", "0"),
        ("daily_capacity", "banyak"),
        ("name", ""),
        ("timezone", "Mars/Phobos"),
        ("whatsapp_level", "9"),
        ("currency", "XXX"),
    ],
)
def test_bad_input_changes_nothing_and_keeps_what_was_typed(shop, field, typed):
    page = shop.client("owner").post(shop.url("settings/"), shop_fields(name="Nama Baru") | {field: typed})
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {field}
    assert page.context["form"][field].value() == typed
    assert saved(shop).name == "Bakpia Sekar Pandan"


def test_indonesias_time_zones_come_first_and_the_world_on_request(shop):
    client = shop.client("owner")
    near = client.get(shop.url("settings/")).content.decode()
    assert near.index("Asia/Jakarta") < near.index("Asia/Makassar") < near.index("Asia/Jayapura")
    assert "Africa/Nairobi" not in near
    assert "Africa/Nairobi" in client.get(shop.url("settings/?zones=all")).content.decode()
    client.post(shop.url("settings/"), shop_fields(timezone="Africa/Nairobi"))
    assert '<option value="Africa/Nairobi" selected>' in client.get(shop.url("settings/")).content.decode()


def test_amounts_are_shown_and_read_in_the_shops_money(shop):
    actions.change_shop(currency="MYR")
    field = MoneyField()
    assert field.clean("12,50") == 1250 and field.clean(field.prepare_value(1250)) == 1250
    assert amounts.shown(1250).endswith("12.50")
    actions.change_shop(currency="IDR")
    assert field.clean("15rb") == 15_000 and amounts.shown(15_000) == "Rp 15,000"


def test_an_unknown_field_is_a_mistake_of_ours(shop):
    with pytest.raises(TypeError, match="slug"):
        actions.change_shop(slug="x")


# --- Opening hours


def hours_fields(**changes: str) -> dict[str, str]:
    usual = {f"{day}_open": "on" for day in WEEKDAYS}
    usual |= {f"{day}_opens": "07:00" for day in WEEKDAYS} | {f"{day}_closes": "17:00" for day in WEEKDAYS}
    return {key: value for key, value in (usual | changes).items() if value != "off"}


def test_hours_are_told_day_by_day(shop):
    answer = shop.client("manager").post(
        shop.url("settings/hours/"),
        hours_fields(sun_open="off", fri_closes="11:00", sat_opens="18:00", sat_closes="01:00"),
    )
    assert answer.status_code == 302
    hours = saved(shop).opening_hours
    assert "sun" not in hours
    assert hours["fri"] == ["07:00", "11:00"] and hours["sat"] == ["18:00", "01:00"]


def test_one_day_is_taken_for_all(shop):
    shop.client("owner").post(shop.url("settings/hours/"), hours_fields(mon_opens="06:30", sun_open="off", copy="mon"))
    assert saved(shop).opening_hours == dict.fromkeys(WEEKDAYS, ["06:30", "17:00"])


@pytest.mark.parametrize("typed", ["", "pagi", "25:00"])
def test_an_open_day_needs_its_times(shop, typed):
    before = saved(shop).opening_hours
    page = shop.client("owner").post(shop.url("settings/hours/"), hours_fields(tue_opens=typed, wed_opens="06:00"))
    assert page.status_code == 200 and "Enter a time such as 07:00" in page.content.decode()
    assert 'value="06:00"' in page.content.decode()
    assert saved(shop).opening_hours == before


def test_times_of_a_closed_day_do_not_matter(shop):
    answer = shop.client("owner").post(shop.url("settings/hours/"), hours_fields(tue_open="off", tue_opens="pagi"))
    assert answer.status_code == 302
    assert "tue" not in saved(shop).opening_hours


minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))


@given(st.dictionaries(st.sampled_from(WEEKDAYS), st.tuples(minutes, minutes), min_size=1))
def test_the_form_gives_back_what_it_shows(week):
    """From the shop to the form and back nothing is lost, whatever the week."""
    kept = {day: [f"{opens:%H:%M}", f"{closes:%H:%M}"] for day, (opens, closes) in week.items()}
    shown = HoursForm(hours=kept)
    typed = {name: shown[name].value() for name in shown.fields}
    form = HoursForm({name: value for name, value in typed.items() if value}, hours={})
    assert form.is_valid(), form.errors
    assert form.hours() == kept


# --- Days closed


def test_days_are_closed_and_opened_again(shop):
    client, page = shop.client("manager"), shop.url("settings/closures/")
    client.post(page, {"first": "2027-03-10", "last": "2027-03-12", "reason": "Lebaran"})
    assert queries.closed_days(since=date(2027, 3, 1), until=date(2027, 3, 31)) == {
        date(2027, 3, 10),
        date(2027, 3, 11),
        date(2027, 3, 12),
    }
    assert "Lebaran" in client.get(page).content.decode()
    client.post(shop.url(f"settings/closures/{Closure.objects.get(day='2027-03-11').pk}/removal/"))
    assert Closure.objects.filter(day="2027-03-11").count() == 0
    assert list(Event.objects.filter(verb__startswith="shop.").order_by("-pk").values_list("verb", flat=True)[:2]) == [
        "shop.reopened",
        "shop.closed",
    ]


def test_a_single_day_and_the_same_day_again(shop):
    client, page = shop.client("owner"), shop.url("settings/closures/")
    for reason in ("", "Mantu"):
        client.post(page, {"first": "2026-12-25", "last": "", "reason": reason})
    assert list(Closure.objects.values_list("reason", flat=True)) == ["Mantu"]


@pytest.mark.parametrize(
    ("first", "last", "answer"),
    [
        ("2026-12-25", "2026-12-24", "before the first"),
        ("2026-12-25", "2027-12-25", "at most 60"),
        ("besok", "", "Enter a valid date"),
    ],
)
def test_days_that_cannot_be(shop, first, last, answer):
    page = shop.client("owner").post(shop.url("settings/closures/"), {"first": first, "last": last, "reason": "Mantu"})
    assert answer in page.content.decode() and 'value="Mantu"' in page.content.decode()
    assert not Closure.objects.exists()


def test_days_closed_next_door_are_theirs(shop):
    with open_shop(shop.stranger_shop):
        closed = actions.close_days(first=date(2026, 12, 25), last=date(2026, 12, 25))
    assert shop.client("owner").post(shop.url(f"settings/closures/{closed[0].pk}/removal/")).status_code == 404
    assert Closure.across_shops.count() == 1
