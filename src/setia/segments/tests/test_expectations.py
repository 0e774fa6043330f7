"""What the night works out: worth, groups, months, seasons, and what shops are usually like."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.core.scope import open_shop
from setia.customers import actions as customers
from setia.insight import buying
from setia.insight.rfm import Group
from setia.orders import actions as orders
from setia.segments import actions, names, phrases, queries, rules, scoring, seasons, words
from setia.segments.models import Score, SeasonBuyer, SharedPrior, ShopFit

TODAY = date(2026, 11, 23)

logs = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 900), st.integers(0, 10**7)), min_size=1, max_size=120)


@given(logs)
def test_every_log_gives_whole_rows(log):
    ids, ago, amounts = (list(column) for column in zip(*log, strict=True))
    days = [TODAY.toordinal() - days for days in ago]
    scored = scoring.score(ids, days, amounts, today=TODAY, closed=[])
    assert {len(column) for column in scored.columns.values()} == {len(set(ids))}
    for row in scored.rows():
        told = dict(zip(scored.columns, row, strict=True))
        assert told["group"] in set(Group) - {Group.NEVER}
        numbers = [told[name] for name in ("value_low", "value", "value_high")]
        assert numbers == [None] * 3 or 0 <= numbers[0] <= numbers[1] <= numbers[2]
        assert (told["value"] is None) == (told["value_fifth"] is None)
        assert told["chance"] is None or 0 <= told["chance"] <= 1
    months = scored.parameters["cohorts"]
    assert sum(months["size"]) <= len(set(ids)) and len(months["months"]) == len(months["size"]) <= 12
    for size, active in zip(months["size"], months["active"], strict=True):
        assert active[0] == size and all(0 <= count <= size for count in active)


def test_a_shop_with_thirty_repeats_speaks_and_one_with_fewer_does_not():
    ids, days = [1] * 20 + [2] * 16, [*range(0, 400, 20), *range(0, 320, 20)]
    when = [TODAY.toordinal() - day for day in days]
    rich = scoring.score(ids, when, [20_000] * 36, today=TODAY, closed=[])
    poor = scoring.score(ids[:25], when[:25], [20_000] * 25, today=TODAY, closed=[])
    free = scoring.score(ids, when, [0] * 36, today=TODAY, closed=[])
    assert None not in rich.columns["value"] and rich.parameters["numbers"]
    assert set(poor.columns["value"]) == {None} and poor.parameters["numbers"] is None
    assert set(free.columns["value"]) == {None} and None not in free.columns["chance"]


def test_months_are_those_of_the_calendar():
    days = np.array([date(2025, 12, 31).toordinal(), date(2026, 1, 1).toordinal(), date(2024, 2, 29).toordinal()])
    assert scoring._months(days).tolist() == [12 * 2025 + 11, 12 * 2026, 12 * 2024 + 1]


# --- Seasons ----------------------------------------------------------------------------------------------------------


def test_the_names_of_seasons_are_the_same_everywhere():
    assert tuple(seasons.SEASONS) == rules.SEASONS == tuple(names.SEASON_NAMES)


def test_seasons_of_two_years():
    found = seasons.windows(TODAY - timedelta(days=730), TODAY)
    assert len(found["lebaran"]) == len(found["independence"]) == 2
    assert all(starts <= ends < TODAY.toordinal() for spans in found.values() for starts, ends in spans)
    starts, ends = (date.fromordinal(day) for day in found["lebaran"][-1])
    assert starts < date(2026, 3, 21) < ends and (ends - starts).days > 25, (
        "gift boxes and arrivals are one celebration"
    )


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 100)), max_size=60), st.integers(1, 8))
def test_who_buys_for_a_season(log, years):
    spans = {"lebaran": [(10 * year, 10 * year + 4) for year in range(years)]}
    who, days = (np.array([row[place] for row in log], dtype=int) for place in (0, 1))
    rows = list(seasons.buyers(who, days, 6, spans))
    for person, name, opportunities, taken, chance in rows:
        mine = {day // 10 for other, day in log if other == person and day % 10 <= 4 and day // 10 < years}
        assert name == "lebaran" and taken == len(mine) and opportunities == years - min(mine)
        assert 0 < chance < 1
    assert len(rows) == len({other for other, day in log if day % 10 <= 4 and day // 10 < years})


@pytest.mark.django_db
def test_a_buyer_of_last_lebaran_is_known_and_said(shop):
    ago = (shop.world.shop.today() - date(2026, 3, 15)).days
    shop.bought("guru", ago, ago + 100, 5)
    actions.renew_scores()
    actions.renew_profiles()
    [row] = queries.seasons_of(shop.who("guru").pk)
    assert (row.season, row.taken, row.opportunities) == ("lebaran", 1, 1)
    assert words.season_sentences([row]) == ["Bought for Lebaran last time."]
    row.opportunities = 3
    assert words.season_sentences([row]) == ["Bought for Lebaran 1 of the last 3 times."]
    assert queries.count(rules.all_of(rules.condition("season", {"season": "lebaran"}))) == 1
    actions.renew_scores()
    assert SeasonBuyer.objects.count() == 1


# --- What is said -----------------------------------------------------------------------------------------------------


def score(**told):
    told = {"purchases": 8, "chance": 0.62, "value": 800_000, "value_low": 312_000, "value_high": 1_834_000} | told
    return Score(shop_id=1, **told)


def test_what_to_expect_is_said_of_customers_like_this():
    fit = ShopFit(shop_id=1, customers=312)
    assert words.outlook_sentences(score(), fit) == [
        "About 6 in 10 customers like this order within 4 weeks.",
        "In the coming 12 months 8 of 10 like this spend between Rp 310,000 and Rp 1,800,000 (based on 312 customers).",
    ]
    [low, worth] = words.outlook_sentences(score(chance=0.01, value_low=0), fit)
    assert low.startswith("Fewer than 1 in 20") and "9 of 10 like this spend at most Rp 1,800,000" in worth
    assert words.outlook_sentences(score(chance=0.99, value=None), fit) == [
        "Nearly all customers like this order within 4 weeks."
    ]


def test_nothing_is_said_where_the_evidence_is_thin():
    fit = ShopFit(shop_id=1, customers=5)
    for thin in (None, score(purchases=2), score(chance=None)):
        assert words.outlook_sentences(thin, fit) == []
    assert words.outlook_sentences(score(), None) == []


def test_a_rule_is_said_in_plain_words():
    asked = rules.from_rows(
        [
            (rules.condition("bought", {"what": "f:Keju", "days": 90}), False),
            (rules.condition("town", {"where": "out"}), False),
            (rules.condition("place", {"districts": ["Pogalan", "Tugu"]}, negated=True), True),
            (rules.condition("consent", {"purpose": "promotion", "state": "given"}), False),
        ]
    )
    assert phrases.sentence(asked) == (
        "Bought Keju in the last 90 days, lives outside town or does not live in Pogalan or Tugu, "
        "may be written to about offers"
    )
    assert phrases.sentence(rules.Rule()) == "Everybody"


# --- What shops are like ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_shops_teach_each_other_four_numbers_and_nothing_else(shop):
    assert queries.shared_prior() == buying.WEAK_PRIOR
    shop.bought("guru", *range(3, 200, 5))
    actions.renew_scores()
    with open_shop(shop.world.stranger_shop) as other:
        theirs = customers.add_customer(display_name="Bu Tetangga")
        line, day = orders.PastLine("Keripik", 1, 10_000), other.today() - timedelta(days=3)
        orders.record_past(orders=[orders.PastOrder(customer_id=theirs.pk, day=day, lines=[line])])
        actions.renew_scores()
    assert actions.learn_prior() == 1, "one purchase teaches nothing"
    actions.learn_prior()
    row = SharedPrior.objects.get()
    assert row.shops == 1 and len(row.centre) == len(row.covariance) == 4
    learned = queries.shared_prior()
    assert learned.centre != buying.WEAK_PRIOR.centre
    actions.renew_scores()
    assert queries.shop_fit().parameters["numbers"]
