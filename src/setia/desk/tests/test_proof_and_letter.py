"""The funnel, who brings the money, did it work, the letter, the month on paper: counted again from the rows."""

import re
from collections import defaultdict
from datetime import date, time, timedelta
from urllib.parse import unquote

import pytest

from setia.care.models import Complaint
from setia.conversations.models import Message, MessageTemplate
from setia.core import clock as house_clock
from setia.customers.models import Customer
from setia.desk.reports import funnel, letter, letter_sending, log, moments, month, nightly, proof, proof_page
from setia.desk.reports.proof import Trial
from setia.desk.tests.looking import queries, text
from setia.desk.tests.test_objectives import loyal_on, night, page, told  # noqa: F401
from setia.insight import uplift
from setia.orders.models import Line, Order
from setia.promotions.models import Campaign, HoldOut, Recipient, Referral
from setia.segments import actions as segments
from setia.segments.models import Letter, Report

pytestmark = pytest.mark.django_db


def sold(day):
    return Order.objects.filter(completed_on=day)


def test_every_stage_is_counted_again_and_opens_its_people(told):  # noqa: F811
    buyers = [row for row in Customer.objects.filter(archived_at=None) if row.orders.filter(completed_on__isnull=False)]
    done = {row.pk: list(row.orders.filter(completed_on__isnull=False).order_by("completed_on")) for row in buyers}
    loyal = loyal_on(told, told.world.shop.today())
    brought = set(Customer.objects.filter(referred_by__isnull=False).values_list("referred_by_id", flat=True))

    def stages(people):
        return [
            len(people),
            sum(len(done[one.pk]) > 1 for one in people),
            sum(one.pk in loyal for one in people),
            sum(one.pk in brought for one in people),
        ]

    context = page(told, "reports/way/").context
    assert [stage.number for stage in context["whole"]] == stages(buyers)
    cuts = [defaultdict(list) for _cut in range(4)]
    for one in buyers:
        cuts[0][one.get_source_display()].append(one)
        cuts[1][one.district].append(one)
        first = done[one.pk][0]
        for label in set(Line.objects.filter(order=first).values_list("variant__flavour", flat=True)):
            cuts[2][label].append(one)
        cuts[3][f"{first.completed_on:%b %Y}"].append(one)
    client = told.world.client()
    for table, cut in zip(context["tables"], cuts, strict=True):
        assert {row.label: [stage.number for stage in row.stages] for row in table.rows} == {
            label: stages(people) for label, people in cut.items() if label
        }
        for row in table.rows:
            for stage in row.stages:
                if stage.url:
                    assert client.get(stage.url).context["list"].size == stage.number, (row.label, stage.url)


def test_who_brings_the_money_is_counted_again_and_opens_the_same_people(told):  # noqa: F811
    spent = sorted(
        (
            sum(row.orders.filter(completed_on__isnull=False).values_list("total", flat=True))
            for row in Customer.objects.filter(archived_at=None)
        ),
        reverse=True,
    )
    spent = [money for money in spent if money]
    client = told.world.client()
    for rank, top in zip(page(told, "reports/way/").context["worth"], funnel.TOPS, strict=True):
        least = spent[max(1, -(-len(spent) * top // 100)) - 1]
        mine = [money for money in spent if money >= least]
        assert rank.shown == f"{round(100 * sum(mine) / sum(spent))}%"
        assert client.get(rank.url).context["list"].size == len(mine)


def test_before_and_after_are_the_purchases_of_four_weeks(told):  # noqa: F811
    today = told.world.shop.today()
    known = log.read()
    when = {told.who("guru").pk: today - timedelta(days=60), told.who("endah").pk: today - timedelta(days=30)}
    before = after = 0
    for customer, day in when.items():
        for bought in Order.objects.filter(customer=customer).values_list("completed_on", flat=True):
            before += timedelta() < day - bought <= timedelta(days=28)
            after += timedelta() < bought - day <= timedelta(days=28)
    days = [day.toordinal() for day in when.values()]
    assert log.around(known, list(when), days, 28) == (2, before / 2, after / 2) and before and after
    assert log.around(known, [], [], 28) is None


def test_tests_of_one_kind_are_pooled_with_their_interval():
    trials = [Trial("campaign", 0.2, 0.1, 100, 50), Trial("campaign", 0.3, 0.1, 100, 50), Trial("prompt", 0, 0, 9, 9)]
    kinds = proof.by_kind(trials)
    assert list(kinds) == ["campaign"], "without an error nothing can be pooled"
    row = proof.pooled("campaign", kinds["campaign"])
    error = (1 / (2 / 0.1**2)) ** 0.5
    assert row["effect"] == pytest.approx(0.25) and row["low"] == pytest.approx(0.25 - 1.2816 * error, abs=1e-4)
    assert (row["treated"], row["held_out"], row["tests"]) == (200, 100, 2) and uplift.COVERAGE == 0.8


def campaign(name, hold_out, days, rate):
    """A campaign whose window of so many days of November is over."""
    first, last = (date(2026, 11, day) for day in days)
    more = {"hold_out": hold_out, "starts_on": first, "ends_on": last, "measured_at": house_clock.now()}
    times = {"send_from": time(8), "send_until": time(20)}
    return Campaign.objects.create(name=name, text="Halo", result={"rate": rate} if rate else {}, **times, **more)


def test_campaigns_are_tests_and_those_on_the_same_people_are_one(shop):
    same = HoldOut.objects.create(seed=1, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 20))
    other = HoldOut.objects.create(seed=2, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 20))
    rate = {"effect": 0.1, "error": 0.04, "treated": 60, "held_out": 40}
    campaign("a", same, (1, 10), rate)
    campaign("b", same, (5, 8), rate | {"effect": 0.3, "error": 0.02, "treated": 80})
    campaign("c", same, (9, 12), rate)
    campaign("d", same, (13, 20), rate)
    campaign("e", other, (13, 20), rate)
    campaign("f", None, (1, 2), None)
    campaign("g", same, (14, 15), rate | {"effect": 9.0}).delete()
    trials = proof._campaigns()
    assert [round(trial.effect, 6) for trial in trials] == [round(0.5 / 3, 6), 0.1, 0.1]
    assert trials[0].error == pytest.approx(0.1 / 3) and trials[0].treated == 80, "no surer for being three"
    assert proof.pooled("campaign", trials)["tests"] == 3


def test_each_thing_that_happened_to_people_is_found_with_its_day(told):  # noqa: F811
    today = told.world.shop.today()
    complained = Complaint.objects.get(customer=told.who("guru"))
    told_all = campaign("all", None, (1, 2), None)
    Campaign.objects.filter(pk=told_all.pk).update(holds_out=False, started_at=house_clock.now())
    sent = {"held": False, "block": 0, "chance": 0.1, "expected": 0.1, "state": "handed"}
    Recipient.objects.create(campaign=told_all, customer=told.who("endah"), **sent)
    Referral.objects.create(friend=told.who("siti"), teller=told.who("ratna"), state="settled", reward="nothing")
    Referral.objects.create(friend=told.who("yanti"), teller=told.who("endah"), state="taken_back", reward="nothing")
    found = {kind: days(today) for kind, days in moments.MOMENTS}
    opened = complained.opened_at.astimezone(told.world.shop.zone).date()
    assert found["settlement"][told.who("guru").pk] == opened
    assert found["broadcast"] == {told.who("endah").pk: today} and found["friend"] == {told.who("ratna").pk: today}
    assert all(not days(today - timedelta(days=400)) for _kind, days in moments.MOMENTS)
    names = set(found) | {"campaign"}
    assert names == set(proof_page.NAMES), "every kind has a name on the page"


def test_who_bought_again_after_a_settlement_is_counted_again(told):  # noqa: F811
    came = of = 0
    for row in Complaint.objects.filter(settled_at__isnull=False, customer__isnull=False):
        day = row.settled_at.astimezone(told.world.shop.zone).date()
        days = set(row.customer.orders.filter(completed_on__isnull=False).values_list("completed_on", flat=True))
        again = any(day < bought <= day + timedelta(days=60) for bought in days)
        if again or told.world.shop.today() > day + timedelta(days=60):
            came, of = came + again, of + 1
    assert proof.settlements_back() == [("replace", came, of)] and of >= 2


def test_a_source_is_better_only_beyond_chance():
    whole = [400, 0, 200, 0]
    rows = [["bazaar", 100, 0, 80, 0], ["leaflet", 100, 0, 50, 0], ["online", 19, 0, 19, 0]]
    assert proof.loyal_by_source(whole, rows) == [["bazaar", 80, 100, 120, 300]]


def test_sentences_are_honest(shop):
    row = {"kind": "campaign", "tests": 1, "treated": 60, "held_out": 40, "effect": 0.2, "low": 0.1, "high": 0.3}
    assert "of 100 people about 20.0 more bought than without, likely between 10.0" in proof_page.sentence(row)
    assert "cannot be told yet" in proof_page.sentence(row | {"low": -0.1})
    assert "5.0 fewer" in proof_page.sentence(row | {"effect": -0.05, "low": -0.1, "high": -0.01})
    moment = {"kind": "card", "people": 30, "before": 1.5, "after": 2.0}
    assert "Nobody was left out by lot" in proof_page.without_test(moment)
    thin = {"tests": [row | {"held_out": 5}], "moments": [moment | {"people": 5}], "back": [["replace", 9, 19]]}
    assert proof_page.learned(thin | {"loyal_by_source": []}) == []
    assert "19 of 20 bought again within 60 days. Nobody was left out" in proof_page.came_back("replace", 19, 20)
    assert "Bazaar or exhibition: 30 of 50 buyers are loyal" in proof_page.loyal_by_source("bazaar", 30, 50, 20, 100)


def test_the_letter_tells_the_week_and_is_written_once(told):  # noqa: F811
    letter.write()
    written = Letter.objects.get()
    today = told.world.shop.today()
    assert written.week == today - timedelta(days=today.weekday())
    week = [row for days in range(1, 8) for row in sold(today - timedelta(days=days))]
    facts = written.facts
    assert (facts["orders"], facts["amount"]) == (len(week), sum(row.total for row in week))
    letter.write()
    assert Letter.objects.count() == 1
    answer = page(told, f"reports/letter/{written.week}/")
    shown = text(answer)
    for title in ("What went well", "Who needs you", "What is coming", "One suggestion"):
        assert title in shown
    said = unquote(answer.context["link"])
    assert said.startswith("https://wa.me/62") and "*What went well*" in said and f"/letter/{written.week}/" in said
    assert page(told, "reports/letter/2020-01-06/").status_code == 404 == page(told, "reports/letter/x/").status_code
    assert page(told, "").context["letter"] == written and page(told, "", "viewer").context["letter"] is None


def test_the_letter_comes_at_her_hour_or_not_at_all(told):  # noqa: F811
    client, url = told.world.client(), told.world.url("reports/letter/")
    assert client.post(url, {"on": "on", "hour": "19", "phone": "0812 3000 4000"}).status_code == 302
    assert nightly.letter_hour().hour == 19
    assert client.post(url, {"on": "on", "hour": "99", "phone": "1"}).status_code == 422
    client.post(url, {"hour": "7"})
    assert nightly.write_letter() == "no letter" and not Letter.objects.exists()


def test_the_month_is_counted_again(told):  # noqa: F811
    today = told.world.shop.today()
    first = today.replace(day=1)
    data = Report.objects.get(name=month.name(first)).data
    rows = [row for row in Order.objects.filter(completed_on__isnull=False) if first <= row.completed_on < today]
    assert (data["orders"], data["amount"]) == (len(rows), sum(row.total for row in rows))
    assert sum(amount for _day, amount in data["days"]) == data["amount"]
    here = {row.customer_id for row in rows if row.customer_id and not row.customer.archived_at}
    assert data["buyers"] == len(here)
    assert data["loyal"] == len(loyal_on(told, today - timedelta(days=1)))
    boxes = sum(Line.objects.filter(order__in=[row.pk for row in rows]).values_list("quantity", flat=True))
    assert sum(number for _label, number, _money in data["products"]) == boxes
    shown = text(page(told, f"reports/month/{first:%Y-%m}/"))
    assert "Print" in shown and re.search(rf"\b{len(rows)}\b", shown)
    assert page(told, "reports/month/2019-01/").status_code == 404


def test_months_of_a_year_are_counted_once_the_last_two_every_night(told):  # noqa: F811
    names = set(Report.objects.filter(name__startswith="month:").values_list("name", flat=True))
    assert "month:2026-11" in names and len(names) >= 8
    today = told.world.shop.today()
    again = month.missing(today, log.read(), sorted(names))
    assert again == [date(2026, 11, 1), date(2026, 10, 1)]


def test_who_may_look_at_the_rest(told):  # noqa: F811
    letter.write()
    week = Letter.objects.get().week
    for path in ("way/", "proof/", "letter/", f"letter/{week}/", "month/2026-11/"):
        for who, status in (("viewer", 403), ("chat", 403), ("stranger", 404), ("manager", 200), ("owner", 200)):
            assert page(told, f"reports/{path}", who).status_code == status, (path, who)


def test_the_rest_asks_as_often_for_few_as_for_many(told):  # noqa: F811
    client = told.world.client()
    urls = [told.world.url(f"reports/{path}") for path in ("way/", "proof/", "month/2026-11/")]
    few = [queries(client, url) for url in urls]
    for name in ("tutik", "endah"):
        if name in told.world.customers:
            told.bought(name, 2, 50, 90)
    night()
    segments.recount()
    assert [queries(client, url) for url in urls] == few and max(few) <= 10


# --- The letter to her own phone --------------------------------------------------------------------------------------


def hers(shop, name="tutik"):
    """The owner's own number is that of somebody in the book."""
    number = next(row.value for row in shop.who(name).identities.all())
    segments.plan_letter(on=True, hour=6, phone=number)


def told_how(shop):
    return text(shop.world.client().get(shop.world.url("reports/letter/")))


def test_the_letter_goes_to_her_phone_while_her_day_lasts_and_once(connected):
    connected.bought("guru", 2, 9, 16)
    night()
    assert "number from it once" in told_how(connected)
    hers(connected, "guru")
    assert "It waits here" in told_how(connected)
    connected.writes("guru", "halo")
    assert "It comes by itself" in told_how(connected)
    assert nightly.write_letter().endswith("sent") and nightly.write_letter().endswith("sent")
    [sent] = Message.objects.filter(purpose="letter")
    assert sent.customer == connected.who("guru") and "Yang berjalan baik" in sent.text, "in the shop's language"
    assert f"/{connected.world.shop.slug}/reports/letter/{Letter.objects.get().week}/" in sent.text


def test_outside_her_day_only_a_template_goes(connected):
    connected.bought("guru", 2, 9, 16)
    night()
    hers(connected, "guru")
    assert nightly.write_letter().endswith("to be read") and not Message.objects.filter(purpose="letter").exists()
    body = "Surat minggu {week}: {summary} Selengkapnya di {link} ya."
    row = MessageTemplate.objects.create(name=letter_sending.TEMPLATE, body=body, status="pending")
    assert nightly.write_letter().endswith("to be read")
    MessageTemplate.objects.filter(pk=row.pk).update(status="approved")
    assert "as a short message" in told_how(connected)
    assert nightly.write_letter().endswith("sent")
    [sent] = Message.objects.filter(purpose="letter")
    assert sent.kind == "template" and "Surat minggu" in sent.text and "pesanan" in sent.text


def test_without_a_connected_number_and_late_in_the_week_it_waits(told):  # noqa: F811
    hers(told, "guru")
    assert "one tap sends it" in told_how(told) and nightly.write_letter().endswith("to be read")
    assert not Message.objects.filter(purpose="letter").exists()
