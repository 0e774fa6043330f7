"""Rules of groups: kept, carried in addresses, and meaning the same to us and to the database."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setia.core.scope import open_shop
from setia.customers import actions as customers
from setia.segments import actions, building, compiling, conditions, meaning, queries, rules
from setia.segments.meaning import Person
from setia.segments.models import Bought, SeasonBuyer, Traits

TODAY = date(2026, 11, 23)
DISTRICTS = ("", "Pogalan", "Trenggalek", "Durenan")

days = st.integers(0, 800)
bounds = st.fixed_dictionaries({"least": st.integers(0, 9)}, optional={"most": st.integers(0, 9)})
dates = days.map(lambda ago: (TODAY - timedelta(days=ago)).isoformat())
some = lambda *texts: st.lists(st.sampled_from(texts), min_size=1, max_size=3, unique=True)  # noqa: E731
VALUES = {
    "bought": st.fixed_dictionaries(
        {"what": st.sampled_from(["any", "f:Keju", "v:999999", "p:x", "nonsense"])}, optional={"days": days}
    ),
    "purchases": bounds,
    "spent": st.fixed_dictionaries({"most": st.integers(0, 900_000)}),
    "away": st.fixed_dictionaries({"least": days}, optional={"most": days}),
    "first": st.fixed_dictionaries({"since": dates}, optional={"until": dates}),
    "between": st.fixed_dictionaries({"since": dates, "until": dates}),
    "channel": st.fixed_dictionaries({"channel": st.sampled_from(["chat", "import", "counter", "smoke"])}),
    "kind": st.fixed_dictionaries({"kinds": some("end", "reseller", "intermediary")}),
    "source": st.fixed_dictionaries({"sources": some("word_of_mouth", "bazaar", "status", "leaflet")}),
    "known": st.fixed_dictionaries({"days": days}),
    "place": st.fixed_dictionaries({"districts": some("Pogalan", "Trenggalek", "Nowhere")}),
    "town": st.fixed_dictionaries({"where": st.sampled_from(["in", "out"])}),
    "reachable": st.just({}),
    "day": st.fixed_dictionaries({"which": st.sampled_from(["any", "birthday"]), "days": st.integers(0, 400)}),
    "season": st.fixed_dictionaries({"season": st.sampled_from(["lebaran", "maulid"])}),
    "consent": st.fixed_dictionaries(
        {
            "purpose": st.sampled_from(["promotion", "occasion"]),
            "state": st.sampled_from(["given", "not_asked", "withdrawn"]),
        }
    ),
    "group": st.fixed_dictionaries({"groups": some("0", "1", "4", "6")}),
    "late": st.just({}),
    "loyal": st.just({}),
    "standing": st.fixed_dictionaries({"which": st.sampled_from(["joined", "slipping", "left", "never"])}),
    "messenger": st.just({}),
    "began": st.fixed_dictionaries({"what": st.sampled_from(["Keju", "Kacang hijau"])}),
    "chance": st.fixed_dictionaries({"level": st.sampled_from(["likely", "maybe", "hardly", "never"])}),
    "value": st.fixed_dictionaries({"fifths": some("1", "5")}),
}
some_condition = st.sampled_from(list(VALUES)).flatmap(
    lambda kind: st.builds(rules.condition, st.just(kind), VALUES[kind], negated=st.booleans())
)
whole_rules = st.lists(st.lists(some_condition, min_size=1, max_size=3), max_size=3).map(
    lambda groups: rules.Rule(tuple(tuple(group) for group in groups))
)


def test_every_kind_is_tried_here_and_known_everywhere():
    assert set(VALUES) == set(rules.KINDS) == set(compiling.COMPILERS) == set(conditions.FORMS)


@given(whole_rules)
def test_a_rule_is_kept_and_read_back(rule):
    assert rules.read(rules.write(rule)) == rule


@given(some_condition)
def test_turning_round_twice_is_nothing_and_once_is_the_opposite(one):
    person = Person(purchases=3, last_on=TODAY - timedelta(days=40), district="Pogalan", lateness=0.5, chance=0.3)
    other = rules.Condition(one.kind, one.values, not one.negated)
    asked = [meaning.asked(each, person, today=TODAY, town="Pogalan") for each in (one, other)]
    assert sorted(asked) == [False, True]


@given(whole_rules, whole_rules)
def test_more_groups_never_find_more_people(first, second):
    both = rules.Rule(first.groups + second.groups)
    person = Person(purchases=6, last_on=TODAY, first_on=TODAY, district="Trenggalek", promotion="given", group=4)
    answer = [meaning.holds(rule, person, today=TODAY, town="Pogalan") for rule in (first, second, both)]
    assert answer[2] == (answer[0] and answer[1])


@pytest.mark.parametrize(
    "nonsense",
    [None, 3, "x", {}, [3], [[3]], [[{"kind": "wizard"}]], [[{"kind": "place"}]], [[{"kind": "away", "values": {}}]]]
    + [[[{"kind": "known", "values": {"days": value}}]] for value in (-1, "3", 1.5, True, None, 10**13)]
    + [[[{"kind": "place", "values": {"districts": value}}]] for value in ([], "Pogalan", [3], ["x" * 81])]
    + [[[{"kind": "late", "values": {"more": 1}}]], [[{"kind": "late"}] * 13], [[{"kind": "late", "values": []}]]]
    + [[[{"kind": "between", "values": {"since": "yesterday", "until": "2026-01-01"}}]]],
)
def test_what_is_no_rule_is_refused(nonsense):
    with pytest.raises(rules.RuleError):
        rules.read(nonsense)


@given(whole_rules)
def test_a_rule_travels_in_an_address(rule):
    query = QueryDict(mutable=True)
    for name, value in rules.to_query(rule):
        query.appendlist(name, value)
    # the builder offers what the shop has; other values are refused, so only such rules come back whole
    drawn = building.draft(query, conditions.Choices.fixed())
    if all(row.condition for row in drawn.rows):
        assert drawn.rule == rule


# --- The database agrees ----------------------------------------------------------------------------------------------


OF_TRAITS = set(Person.__dataclass_fields__) - {"bought", "purchase_days", "days", "seasons", "brought", "began"}


def person_of(profile, variants) -> Person:
    """What is known of a person, read from the tables one by one."""
    fields = {name: getattr(profile, name) for name in OF_TRAITS}
    customer = profile.customer
    bought = Bought.objects.filter(customer=customer).select_related("variant")
    return Person(
        **fields,
        bought=[(row.variant_id, row.variant.flavour, row.variant.product_id, row.last_on) for row in bought],
        purchase_days=list(customer.orders.filter(completed_on__isnull=False).values_list("completed_on", flat=True)),
        days=[
            (row.kind, (compiling.calendars.next_occurrence(row.calendar, row.day, row.month, TODAY) - TODAY).days)
            for row in customer.occasions.all()
        ],
        seasons=list(SeasonBuyer.objects.filter(customer=customer).values_list("season", flat=True)),
        brought=customer.brought.count(),
        began=[
            line.variant.flavour
            for order in customer.orders.filter(completed_on=profile.first_on, completed_on__isnull=False)
            for line in order.lines.select_related("variant")
            if line.variant
        ],
    )


@pytest.fixture
def town(shop):
    """The cast with a past: regulars, somebody late, a reseller, a newcomer; birthdays on three calendars."""
    shop.bought("guru", *(3 + 7 * n for n in range(30)))
    shop.bought("slamet", *(40 + 7 * n for n in range(20)))
    shop.bought("ratna", 5, 250, 260, 270)
    shop.bought("siti", 1)
    for number, (name, calendar) in enumerate(
        (("guru", "gregorian"), ("slamet", "hijri"), ("ratna", "javanese"), ("siti", "gregorian"))
    ):
        customers.add_occasion(
            customer=shop.who(name), kind="birthday", calendar=calendar, month=11 - number, day=29 + number % 2
        )
    customers.add_occasion(customer=shop.who("endah"), kind="other", calendar="gregorian", month=2, day=29)
    for name, state in (("guru", "given"), ("ratna", "withdrawn")):
        customers.answer_consent(customer=shop.who(name), purpose="promotion", state=state, how="counter")
    customers.answer_consent(customer=shop.who("siti"), purpose="occasion", state="given", how="counter")
    customers.archive(customer=shop.who("kasan"))
    actions.renew_scores()
    actions.renew_profiles()
    return shop


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(rule=whole_rules)
def test_the_database_finds_whom_the_rule_means(town, rule):
    profiles = list(Traits.objects.select_related("customer"))
    people = getattr(town, "people_of_rules", None)
    if people is None:
        people = town.people_of_rules = {profile.pk: person_of(profile, None) for profile in profiles}
    meant = {
        key
        for key, person in people.items()
        if meaning.holds(rule, person, today=town.world.shop.today(), town=town.world.shop.district)
    }
    assert {profile.pk for profile in queries.profiles(rule)} == meant
    assert queries.count(rule) == len(meant)


@pytest.mark.django_db
def test_another_shop_is_in_no_group(town):
    with open_shop(town.world.stranger_shop):
        customers.add_customer(display_name="Bu Tetangga")
        actions.renew_profiles()
        assert queries.count(rules.Rule()) == 1
    assert queries.count(rules.Rule()) == 6, "and not Kasan, who is put away"


@pytest.mark.parametrize("length", [0, 1, 6, 27, 89, 364, 365, 700])
@pytest.mark.django_db
def test_days_near_are_those_the_calendar_says(shop, length):
    customer = shop.who("guru")
    for calendar, most in (("gregorian", 31), ("hijri", 30), ("javanese", 30)):
        for month in range(1, 13):
            for day in (1, 15, 28, 29, 30, 31)[: 6 if most == 31 else 5]:
                if day == 31 and month in (2, 4, 6, 9, 11) or (month, day) == (2, 30) and most == 31:
                    continue
                customers.add_occasion(customer=customer, kind="other", calendar=calendar, month=month, day=day)
    for start in (TODAY, date(2027, 2, 20), date(2028, 2, 20)):
        for row in customer.occasions.all():
            on = compiling.calendars.next_occurrence(row.calendar, row.day, row.month, start)
            found = customer.occasions.filter(compiling.near(start, length), pk=row.pk).exists()
            assert found == ((on - start).days <= length), (row.calendar, row.month, row.day, start, on)
