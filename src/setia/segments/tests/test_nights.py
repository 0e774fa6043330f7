"""The night: whose past says what, who is late, who is loyal, and what is forgotten."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from setia.core.models import Event
from setia.core.scope import open_shop
from setia.customers import actions as customers
from setia.orders import actions as orders
from setia.orders.models import Order
from setia.segments import actions, queries, rules, words
from setia.segments.models import Score, ShopFit
from setia.segments.queries import Comebacks
from setia.shops import actions as shops

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
WEEKLY = [7 * n for n in range(20)]


def scores() -> list[dict]:
    return list(Score.objects.order_by("customer_id").values())


@pytest.fixture
def regulars(shop):
    """Guru came three days ago, Slamet two weeks ago, both every week for months; Siti once."""
    shop.bought("guru", *(3 + days for days in WEEKLY))
    shop.bought("slamet", *(14 + days for days in WEEKLY))
    shop.bought("siti", 50)
    return shop


def test_scoring_twice_is_scoring_once(regulars):
    said = actions.renew_scores()
    before, fits = scores(), list(ShopFit.objects.values())
    assert actions.renew_scores() == said == "3 customers, 38 repeat orders"
    assert scores() == before and list(ShopFit.objects.values()) == fits
    assert Event.objects.filter(verb="score.renewed").count() == 2


def test_a_day_has_one_fit_and_days_are_kept(regulars):
    for _ in range(3):
        actions.renew_scores()
        regulars.clock.forward(hours=14)
    assert ShopFit.objects.count() == 2
    assert queries.shop_fit().day == regulars.world.shop.today() - timedelta(days=1)


def test_another_shop_is_not_touched(regulars):
    other = regulars.world.stranger_shop
    with open_shop(other):
        theirs = customers.add_customer(display_name="Bu Tetangga")
        line = orders.PastLine("Keripik", 1, 10_000)
        day = other.today() - timedelta(days=3)
        orders.record_past(orders=[orders.PastOrder(customer_id=theirs.pk, day=day, lines=[line])])
        actions.renew_scores()
    actions.renew_scores()
    with open_shop(other):
        assert [score.customer_id for score in Score.objects.all()] == [theirs.pk]
        assert (queries.shop_fit().customers, queries.loyal_count()) == (1, 0)
    assert queries.score_of(theirs.pk) is None


def test_who_is_erased_vanishes_the_same_day(regulars):
    actions.renew_scores()
    gone = regulars.who("siti")
    Order.objects.filter(customer=gone).update(customer=None)
    actions.renew_scores()
    assert queries.score_of(gone.pk) is None and Score.objects.count() == 2


def test_when_the_whole_past_is_taken_out_nothing_is_known(regulars):
    actions.renew_scores()
    assert queries.loyal_count() == 2
    Order.objects.update(customer=None)
    assert actions.renew_scores() == "no purchases yet"
    assert scores() == [] and queries.shop_fit() is None
    assert queries.loyal_count() == 0 and queries.comebacks().rate(0.1) is None


def test_an_empty_shop_has_a_quiet_night(shop):
    assert actions.renew_scores() == "no purchases yet"
    assert queries.loyal_count() == 0


def test_loyal_are_those_who_still_come(regulars):
    regulars.bought("ratna", *(100 + days for days in WEEKLY))
    actions.renew_scores()
    assert queries.score_of(regulars.who("ratna").pk).lateness < rules.WITHIN_RHYTHM
    assert queries.loyal_count() == 2, "not Ratna, who stays away, nor Siti, who came once"
    customers.archive(customer=regulars.who("guru"))
    actions.renew_scores()
    assert queries.loyal_count() == 1


def test_late_are_those_away_unusually_long_for_them(regulars):
    actions.renew_scores()
    assert [score.customer for score in queries.late(0.3, 0.02)] == [regulars.who("slamet")]
    assert not queries.late(0.3, 0.02, customer_id=regulars.who("guru").pk)
    orders.sell(lines=[orders.LineInput(regulars.world.variants["keju-10"].pk, 1)], customer=regulars.who("slamet"))
    assert not queries.late(0.3, 0.02), "bought since the night"


def test_closed_days_are_not_waited(regulars):
    actions.renew_scores()
    strict = queries.score_of(regulars.who("slamet").pk).lateness
    today = regulars.world.shop.today()
    shops.close_days(first=today - timedelta(days=10), last=today - timedelta(days=1))
    actions.renew_scores()
    assert queries.score_of(regulars.who("slamet").pk).lateness > strict


def test_weekdays_without_hours_are_closed(regulars):
    actions.renew_scores()
    with_sundays = queries.score_of(regulars.who("slamet").pk).usual_gap
    week = ("mon", "tue", "wed", "thu")
    shop = shops.change_shop(opening_hours={day: ["07:00", "17:00"] for day in week})
    with open_shop(shop):
        actions.renew_scores()
        assert queries.score_of(regulars.who("slamet").pk).usual_gap < with_sundays


def test_a_sale_of_tomorrow_waits_for_tomorrow(shop):
    """After a move to another time zone the shop's day may be the one before the latest sale's."""
    shop.bought("guru", *WEEKLY)
    shop.bought("siti", -1)
    shop.bought("slamet", 5, -1)
    actions.renew_scores()
    assert {score.customer_id: score.purchases for score in Score.objects.all()} == {
        shop.who("guru").pk: 20,
        shop.who("slamet").pk: 1,
    }


def test_a_night_is_a_handful_of_queries_beside_the_rows(regulars):
    actions.renew_scores()
    with CaptureQueriesContext(connection) as asked:
        actions.renew_scores()
    statements = [query["sql"].split()[0] for query in asked]
    assert statements.count("SELECT") <= 8


# --- What is said -----------------------------------------------------------------------------------------------------

levels = st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=6, max_size=6).map(
    lambda rates: list(zip((1.0, 0.5, 0.25, 0.1, 0.05, 0.02), rates, strict=True))
)


@given(levels, st.floats(0, 1))
def test_the_comeback_rate_is_of_customers_as_late(levels, lateness):
    rate = Comebacks(levels).rate(lateness)
    assert rate == [found for level, found in levels if level >= lateness][-1]


def test_nothing_is_said_without_a_past():
    assert Comebacks([]).rate(0.1) is None
    assert Comebacks([(1.0, 0.5)]).rate(None) is None


def test_few_waits_are_no_rate(regulars):
    actions.renew_scores()
    assert queries.comebacks().rate(0.9) is not None, "every gap was once that long"
    assert queries.comebacks().rate(0.02) is None, "nobody was ever that late often enough"


@given(st.floats(0, 4000))
def test_a_span_is_never_nothing_and_grows_with_the_days(days):
    number, unit = words.span(days).split()
    size = {"day": 1, "week": 7, "month": 30.44}[unit.rstrip("s")]
    assert int(number) >= 1 and unit.endswith("s") == (number != "1")
    assert abs(int(number) * size - days) <= size / 2 + 0.5 or days < 1


def test_away_very_long_is_not_called_one_in_ten():
    score = Score(shop_id=1, purchases=6, last_on=TODAY - timedelta(days=90), usual_gap=14, lateness=0.01)
    said = words.rhythm_sentences(score, TODAY, None)
    assert said[1:] == ["Last purchase 3 months ago: fewer than 1 in 20 of their gaps is this long."]
    assert len(words.rhythm_sentences(score, TODAY, None, again=True)) == 1
