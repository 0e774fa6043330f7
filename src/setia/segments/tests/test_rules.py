"""Rules of groups: kept, carried in addresses, and meaning the same to us and to the database."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setia.core import calendars
from setia.core.scope import open_shop
from setia.customers import actions as customers
from setia.desk.tests.looking import queries as looked
from setia.loyalty import actions as loyalty
from setia.loyalty import queries as cards
from setia.loyalty.models import Standing, Tier
from setia.segments import actions, building, compiling, conditions, meaning, queries, rules, yearly
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
    "language": st.fixed_dictionaries({"languages": some("id", "en")}),
    "speech": st.fixed_dictionaries({"speeches": some("unsaid", "salam", "krama")}),
    "honorific": st.fixed_dictionaries({"honorifics": some("Bu", "Pak", "Mbak", "Bude")}),
    "reach": st.fixed_dictionaries({"ways": some("unsaid", "call", "visit")}),
    "hours": st.fixed_dictionaries({"hours": some("unsaid", "morning", "evening")}),
    "age": st.fixed_dictionaries({"bands": some("-24", "25-39", "60-")}),
    "home": bounds,
    "buys_for": st.fixed_dictionaries({"reasons": some("gifts", "family")}),
    "expects": st.fixed_dictionaries({"expectations": some("taste", "price")}),
    "tier": st.fixed_dictionaries({"tiers": some("1", "2", "x", "999999")}),
    "points": bounds,
    "stamps": st.fixed_dictionaries({"most": st.integers(0, 9)}),
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


ELSEWHERE = {"bought", "purchase_days", "days", "seasons", "brought", "began", "honorific", "points", "stamps", "tier"}
TOLD = {"age_band", "household_size", "buys_for", "expects"}
OF_TRAITS = set(Person.__dataclass_fields__) - ELSEWHERE - TOLD


def person_of(profile, variants) -> Person:
    """What is known of a person, read from the tables one by one."""
    fields = {name: getattr(profile, name) for name in OF_TRAITS}
    customer = profile.customer
    bought = Bought.objects.filter(customer=customer).select_related("variant")
    agreed = customer.consents.filter(purpose="profile").order_by("-at", "-pk").first()
    about = customer.profiles.first() if agreed and agreed.state == "given" else None
    words = f"{customer.honorific} {customer.display_name}".split()
    card, standing = cards.account_of(customer.pk), Standing.objects.filter(customer=customer).first()
    return Person(
        **fields,
        **({name: getattr(about, name) for name in TOLD} if about else {}),
        honorific=words[0].lower().replace(".", "") if len(words) > 1 else "",
        points=card.points if card else 0,
        stamps=card.stamps if card else 0,
        tier=standing.tier_id if standing else None,
        bought=[(row.variant_id, row.variant.flavour, row.variant.product_id, row.last_on) for row in bought],
        purchase_days=list(customer.orders.filter(completed_on__isnull=False).values_list("completed_on", flat=True)),
        days=[
            (row.kind, (calendars.next_occurrence(row.calendar, row.day, row.month, TODAY) - TODAY).days)
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


def spoken_to(shop):
    """How some want to be spoken to, what they told about themselves, and what is on their cards."""
    customers.change_customer(customer=shop.who("guru"), speech="krama", reach_by="call", reach_hours="evening")
    customers.change_customer(customer=shop.who("siti"), honorific="Bude", language="id", reach_by="visit")
    customers.change_customer(customer=shop.who("endah"), honorific="Hj.", speech="salam")
    for name, told in (
        ("guru", {"age_band": "60-", "household_size": 3, "buys_for": "gifts", "expects": "taste"}),
        ("ratna", {"age_band": "-24", "household_size": 3, "buys_for": "family", "expects": "price"}),
        ("siti", {"age_band": "25-39"}),
    ):
        customers.answer_consent(customer=shop.who(name), purpose="profile", state="given", how="counter")
        customers.change_profile(customer=shop.who(name), **told)
    customers.answer_consent(customer=shop.who("ratna"), purpose="profile", state="withdrawn", how="chat")
    loyalty.change_programme(points_on=True, stamps_on=True)
    loyalty.open_balance(customer=shop.who("guru"), points=4, stamps=7, key="a")
    loyalty.open_balance(customer=shop.who("ratna"), points=0, stamps=2, key="b")
    for place, name in enumerate(("guru", "slamet"), 1):
        tier = Tier.objects.create(pk=place, name=f"Emas {place}", position=place)
        Standing.objects.create(customer=shop.who(name), tier=tier, since=TODAY)


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
    spoken_to(shop)
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
@pytest.mark.parametrize(
    ("kind", "values", "found"),
    [
        ("language", {"languages": ["id"]}, {"siti"}),
        ("speech", {"speeches": ["krama", "salam"]}, {"guru", "endah"}),
        ("honorific", {"honorifics": ["Bude"]}, {"siti"}),
        ("reach", {"ways": ["call"]}, {"guru"}),
        ("hours", {"hours": ["evening", "morning"]}, {"guru"}),
        ("age", {"bands": ["60-", "-24"]}, {"guru"}),
        ("home", {"least": 2}, {"guru"}),
        ("buys_for", {"reasons": ["gifts"]}, {"guru"}),
        ("expects", {"expectations": ["taste", "price"]}, {"guru"}),
        ("tier", {"tiers": ["2"]}, {"slamet"}),
        ("points", {"least": 1}, {"guru"}),
        ("stamps", {"least": 2, "most": 6}, {"ratna"}),
    ],
)
def test_how_they_are_spoken_to_and_what_they_told(town, kind, values, found):
    """Ratna took back that we may remember her age; a title that is written, not said, is called Bu."""
    rule = rules.all_of(rules.condition(kind, values))
    people = {profile.customer_id for profile in queries.profiles(rule)}
    assert people == {town.who(name).pk for name in found}
    turned = rules.all_of(rules.condition(kind, values, negated=True))
    assert queries.count(turned) == Traits.objects.count() - len(found)


def test_nobody_is_chosen_by_what_they_must_not_eat():
    asked = {table.__name__ for table in vars(compiling).values() if isinstance(table, type)}
    assert "Preference" not in asked and not {"allergy", "preference", "dislikes"} & set(rules.KINDS)


@pytest.mark.django_db
def test_the_page_says_all_of_them_with_as_many_queries(town):
    client = town.world.client()

    def asked(kind, values):
        query = building.query_string(rules.all_of(rules.condition(kind, values)))
        url = town.world.url(f"groups/rule/?{query}")
        page = client.get(url).content.decode()
        assert str(conditions.FORMS[kind].label) in page
        return looked(client, url)

    usual = asked("kind", {"kinds": ["end"]})
    for kind, values in (
        ("speech", {"speeches": ["krama"]}),
        ("honorific", {"honorifics": ["Bu"]}),
        ("age", {"bands": ["60-"]}),
        ("home", {"least": 1}),
        ("points", {"least": 1}),
    ):
        assert asked(kind, values) == usual
    assert asked("tier", {"tiers": ["1"]}) <= usual + 2, "and the names of the tiers"


@pytest.mark.django_db
def test_another_shop_is_in_no_group(town):
    with open_shop(town.world.stranger_shop):
        customers.add_customer(display_name="Bu Tetangga")
        actions.renew_profiles()
        assert queries.count(rules.Rule()) == 1
    assert queries.count(rules.Rule()) == 6, "and not Kasan, who is put away"


@pytest.mark.django_db
def test_days_near_are_those_the_calendar_says(shop):
    customer = shop.who("guru")
    for calendar, most in (("gregorian", 31), ("hijri", 30), ("javanese", 30)):
        for month in range(1, 13):
            for day in (1, 15, 28, 29, 30, 31)[: 6 if most == 31 else 5]:
                if day == 31 and month in (2, 4, 6, 9, 11) or (month, day) == (2, 30) and most == 31:
                    continue
                customers.add_occasion(customer=customer, kind="other", calendar=calendar, month=month, day=day)
    rows = list(customer.occasions.all())
    for start in (TODAY, date(2027, 2, 20), date(2028, 2, 20)):
        ahead = {
            row.pk: (calendars.next_occurrence(row.calendar, row.day, row.month, start) - start).days for row in rows
        }
        for length in (0, 1, 6, 27, 89, 364, 365, 700):
            found = set(customer.occasions.filter(yearly.near(start, length)).values_list("pk", flat=True))
            assert found == {row for row, days in ahead.items() if days <= length}, (start, length)
