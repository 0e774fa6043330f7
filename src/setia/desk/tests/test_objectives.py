"""The four objectives: every figure counted again, slowly, from the rows themselves."""

from collections import defaultdict
from datetime import date, time, timedelta
from itertools import pairwise

import pytest

from setia.care import actions as care
from setia.care.models import Answer, Complaint
from setia.core import clock
from setia.core.scope import open_shop
from setia.customers import actions as customers
from setia.customers.models import Customer
from setia.desk.reports import nightly, objectives
from setia.desk.tests.looking import queries, text
from setia.orders import actions as orders
from setia.orders.actions import LineInput
from setia.orders.models import Line, Order
from setia.segments import actions as segments
from setia.segments import queries as known
from setia.segments.models import Goal, Report
from setia.team.models import Shift

pytestmark = pytest.mark.django_db
FOUR, TWELVE = timedelta(days=28), timedelta(days=84)


def night():
    segments.renew_scores()
    segments.renew_profiles()
    nightly.renew_reports()


@pytest.fixture
def told(shop):
    """A shop with regulars, somebody who slipped, somebody back, new people, sales without a name, ratings, shifts."""
    shop.bought("guru", *(3 + 7 * n for n in range(40)))
    shop.bought("slamet", *(19 + 7 * n for n in range(30)))
    shop.bought("ratna", 5, 40, 80, boxes=3)
    shop.bought("endah", 6, 200)
    shop.bought("siti", 1)
    shop.bought("yanti", 12, boxes=40)
    customers.archive(customer=shop.who("kasan"))
    shop.bought("kasan", 2)
    today = shop.world.shop.today()
    for number in range(3):
        orders.sell(lines=[LineInput(variant_id=shop.world.variants["keju-10"].pk, quantity=1 + number)])
    say(shop, "csat", [(4 * (n % 7), (5, 4, 3, 5)[n % 4]) for n in range(32)] + [(60, 1), (120, 1)])
    say(shop, "nps", [(n, (10, 9, 7, 4)[n % 4]) for n in range(31)] + [(100, 0)])
    complain(shop, "guru", ago=40, hours=1, content=True)
    complain(shop, "endah", ago=20, hours=60, content=None)
    complain(shop, "siti", ago=10, hours=None, content=None)
    complain(shop, "ratna", ago=150, hours=1, content=True)
    for days in (1, 3, 5, 12):
        day = today - timedelta(days=days)
        Shift.objects.create(shop=shop.world.shop, member=shop.owner, day=day, starts=time(8), ends=time(12, 30))
    shop.clock.forward(days=1)
    night()
    return shop


def ago(shop, days, hours=0):
    return shop.world.shop.now() - timedelta(days=days) + timedelta(hours=hours)


def say(shop, form, answers):
    """Answers without a name, so many days ago each."""
    for days, score in answers:
        with clock.frozen(ago(shop, days)):
            care.answer(form=form, source="page", score=score)


def complain(shop, name, *, ago, hours, content):
    """Something small so many days ago: answered after so many hours (or not yet), then asked (or not)."""
    moment = shop.world.shop.now() - timedelta(days=ago)
    with clock.frozen(moment):
        row = care.open_complaint(kind="crushed", source="chat", text="Penyok.", customer=shop.who(name), by=shop.owner)
    if hours is None:
        return
    with clock.frozen(moment + timedelta(hours=hours)):
        made = care.offer(complaint=row, option="replace", cost=10_000, value=20_000, by=shop.owner)
        care.accept(settlement=made)
        care.settle(settlement=made)
        if content is not None:
            care.say_content(complaint=row, content=content)


def page(shop, path="reports/", who="owner", **more):
    return shop.world.client(who).get(shop.world.url(path), **more)


def people_who(condition):
    """Slowly: everybody not put away of whom it holds, by the days on which they bought."""
    found = set()
    for customer in Customer.objects.filter(archived_at=None):
        days = sorted(set(customer.orders.filter(completed_on__isnull=False).values_list("completed_on", flat=True)))
        if days and condition(days):
            found.add(customer.pk)
    return found


def the_span(shop):
    until = shop.world.shop.today() - timedelta(days=1)
    return until - FOUR + timedelta(days=1), until


def test_new_kept_and_back_are_counted_again_and_open_their_people(told):
    since, until = the_span(told)
    inside = lambda days: [day for day in days if since <= day <= until]  # noqa: E731
    earlier = lambda days: [day for day in days if since - TWELVE <= day < since]  # noqa: E731
    slow = {
        "new": people_who(lambda days: inside(days) and days[0] >= since),
        "kept": people_who(lambda days: inside(days) and earlier(days)),
        "back": people_who(lambda days: inside(days) and days[0] < since and not earlier(days)),
    }
    assert [len(people) for people in slow.values()] == [2, 3, 1]
    card = page(told).context["cards"][1]
    client = told.world.client()
    for fact, people in zip(card.facts, slow.values(), strict=False):
        shown = client.get(fact.url).context["list"]
        assert {row.customer_id for row in shown.rows} == people and fact.shown == str(len(people))
    whole = client.get(card.url).context["list"]
    assert {row.customer_id for row in whole.rows} == set.union(*slow.values()) and card.shown == str(whole.size)
    for fact in card.facts[3:]:
        assert client.get(fact.url).context["list"].size == int(fact.shown), fact.label


def test_every_point_of_the_trend_of_buyers_is_counted_again(told):
    for until, new, kept, back in Report.objects.get(name="objectives").data["buyers"]["trend"]:
        until = date.fromisoformat(until)
        since = until - FOUR + timedelta(days=1)
        bought = people_who(lambda days: any(since <= day <= until for day in days))  # noqa: B023
        fresh = people_who(lambda days: since <= days[0] <= until)  # noqa: B023
        before = people_who(lambda days: any(since - TWELVE <= day < since for day in days))  # noqa: B023
        assert (new, kept, back) == (len(fresh), len(bought & before), len(bought - fresh - before))


def loyal_on(shop, day):
    """Slowly: at least three purchases by then, and a wait not longer than all but one in ten of their gaps."""
    rhythm = known.shop_fit().parameters["rhythm"]
    closed = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
    open_weekdays = {closed[name] for name in shop.world.shop.opening_hours} or set(range(7))

    def length(first, last):
        return sum((first + timedelta(days=n + 1)).weekday() in open_weekdays for n in range((last - first).days))

    def holds(days):
        days = [one for one in days if one <= day]
        if len(days) < 3:
            return False
        gaps = [length(one, other) for one, other in pairwise(days)]
        shape, scale = rhythm["r"] + len(gaps), rhythm["alpha"] + sum(gaps)
        return (1 + length(days[-1], day) / scale) ** -shape >= 0.1

    return people_who(holds)


def test_loyal_people_who_joined_and_who_left(told):
    today = told.world.shop.today()
    now, before = loyal_on(told, today), loyal_on(told, today - FOUR)
    loyal = page(told).context["loyal"]
    client = told.world.client()
    lists = [{row.customer_id for row in client.get(fact.url).context["list"].rows} for fact in loyal.facts]
    assert lists[0] == now - before and lists[2] == before - now and lists[1] <= now
    assert told.who("slamet").pk in lists[2]
    assert int(loyal.shown) == len(now) and [int(fact.shown) for fact in loyal.facts] == [len(one) for one in lists]
    for day, number in Report.objects.get(name="objectives").data["loyal"]["trend"]:
        assert number == len(loyal_on(told, date.fromisoformat(day))), day


def test_sales_are_those_of_the_orders(told):
    since, until = the_span(told)
    rows = [row for row in Order.objects.filter(completed_on__isnull=False) if since <= row.completed_on <= until]
    parts = defaultdict(lambda: [0, 0])
    for row in rows:
        first = min(Order.objects.filter(customer=row.customer_id).values_list("completed_on", flat=True), default=None)
        key = "nameless" if row.customer_id is None else "new" if row.completed_on == first else "again"
        parts[key][0] += 1
        parts[key][1] += row.total
    data = Report.objects.get(name="objectives").data["sales"]
    assert {key: data[key] for key in ("new", "again", "nameless")} == dict(parts)
    assert (data["orders"], data["amount"]) == (len(rows), sum(row.total for row in rows))
    assert parts["nameless"][0] == 3
    lines = Line.objects.filter(order__in=[row.pk for row in rows])
    assert data["margin"]["all"] == sum(line.amount for line in lines)
    for start, end, amount in data["trend"]:
        days = (date.fromisoformat(start), date.fromisoformat(end))
        assert amount == sum(Order.objects.filter(completed_on__range=days).values_list("total", flat=True))


def on_days(shop, field, span, rows):
    """Slowly: the rows whose moment lies on the shop's days of the span."""
    zone = shop.world.shop.zone
    return [row for row in rows if span[0] <= getattr(row, field).astimezone(zone).date() <= span[1]]


def test_what_people_say_is_counted_again_with_its_margin(told):
    since, until = the_span(told)
    quarter = (until - 7 * timedelta(days=13) + timedelta(days=1), until)
    data = Report.objects.get(name="objectives").data["satisfied"]
    faces = [row.score for row in on_days(told, "at", (since, until), Answer.objects.filter(form="csat"))]
    good = sum(score in (4, 5) for score in faces)
    assert (data["good"], data["of"]) == (good, len(faces)) == (24, 32)
    assert data["margin"] == pytest.approx(196 * (good / 32 * (1 - good / 32) / 32) ** 0.5, abs=0.06)
    told_on = on_days(told, "at", quarter, Answer.objects.filter(form="nps"))
    happy, sad = (sum(low <= row.score <= most for row in told_on) / 31 for low, most in ((9, 10), (0, 6)))
    margin = 196 * ((happy + sad - (happy - sad) ** 2) / 31) ** 0.5
    assert data["nps"]["n"] == 31 and data["nps"]["value"] == pytest.approx(100 * (happy - sad), abs=0.06)
    assert data["nps"]["margin"] == pytest.approx(margin, abs=0.06)
    for end, weeks_good, weeks_all in data["trend"]:
        week = (date.fromisoformat(end) - timedelta(days=6), date.fromisoformat(end))
        scores = [row.score for row in on_days(told, "at", week, Answer.objects.filter(form="csat"))]
        assert (weeks_good, weeks_all) == (sum(score >= 4 for score in scores), len(scores))
    card = page(told).context["cards"][0]
    assert card.shown == f"75% ± {round(data['margin'])}" and card.facts[0].shown == "32" and not card.notes


def test_complaints_of_the_quarter_are_counted_again_and_open_themselves(told):
    _since, until = the_span(told)
    quarter = (until - 7 * timedelta(days=13) + timedelta(days=1), until)
    due = on_days(told, "due_at", quarter, Complaint.objects.exclude(state="dropped"))
    named = [row for row in due if row.customer_id]
    assert {row.customer_id for row in named} == {told.who(name).pk for name in ("guru", "endah", "siti")}
    card = page(told).context["cards"][0]
    in_time = sum(bool(row.answered_at and row.answered_at <= row.due_at) for row in due)
    asked = [row for row in due if row.content is not None]
    assert card.facts[2].shown == f"{in_time} of {len(due)}" and in_time == 1
    assert card.facts[3].shown == f"{sum(row.content for row in asked)} of {len(asked)}"
    behind = told.world.client().get(card.facts[2].url)
    assert {row.pk for row in behind.context["rows"]} == {row.pk for row in due}
    assert "answered late" in text(behind) and "not answered" in text(behind)
    assert card.todo.url == told.world.url("care/"), "the complaints come first"


def test_few_answers_say_nothing_in_percent(shop):
    shop.bought("guru", 3, 10)
    say(shop, "csat", [(2, 5)] * 29)
    night()
    card = page(shop).context["cards"][0]
    assert card.shown == "–" and card.goal is None and "from 30 answers on" in card.notes[0]
    assert card.facts[0].shown == "29" and card.facts[1].shown == "–"


def test_work_is_counted_again(told):
    data = Report.objects.get(name="objectives").data
    days = set(Shift.objects.values_list("day", flat=True))
    worked = list(Order.objects.filter(completed_on__in=days))
    served = {(row.completed_on, row.customer_id or f"nobody {row.pk}") for row in worked}
    assert data["per_hour"]["hours"] == 4 * 4.5
    assert (data["per_hour"]["orders"], data["per_hour"]["served"]) == (len(worked), len(served))
    assert objectives.rate(data["per_hour"]) == round(len(worked) / 18, 1)


def test_goals_are_the_owners(told):
    client = told.world.client()
    url = told.world.url("reports/goals/")
    assert client.post(url, {"loyal": "4", "sales": "1jt", "per_hour": "2.5"}).status_code == 302
    assert {row.measure: float(row.target) for row in Goal.objects.all()} == {
        "loyal": 4, "sales": 1_000_000, "per_hour": 2.5,
    }  # fmt: skip
    loyal = page(told).context["loyal"]
    assert loyal.goal.shown == "4" and loyal.goal.percent == min(100, 25 * int(loyal.shown))
    assert "goal: 4" in text(page(told))
    assert client.post(url, {"loyal": "-1"}).status_code == 422
    client.post(url, {"sales": "1jt", "per_hour": "2.5"})
    assert "loyal" not in known.goals() and len(known.goals()) == 2


def test_who_may_look(told):
    for path in ("reports/", "reports/goals/", "reports/complaints/"):
        for who, status in (("viewer", 403), ("cashier", 403), ("stranger", 404), ("owner", 200)):
            assert page(told, path, who).status_code == status
    assert page(told, "reports/goals/", "manager").status_code == 403 and page(told, who="manager").status_code == 200


def test_another_shop_sees_nothing_of_it(told):
    with open_shop(told.world.stranger_shop):
        nightly.renew_reports()
        assert Report.objects.get(name="objectives").data["sales"]["amount"] == 0


def test_a_night_may_be_repeated_and_pages_ask_as_often(told):
    before = Report.objects.get(name="objectives").data
    night()
    assert Report.objects.get(name="objectives").data == before and Report.objects.count() == len(
        set(Report.objects.values_list("name", flat=True))
    )
    client = told.world.client()
    assert queries(client, told.world.url("reports/")) <= 12


def test_before_the_first_night_there_is_nothing(shop):
    assert "Nothing to report yet" in text(page(shop))
