"""Groups of people: kept and changed, counted as one edits, printed, saved as a file, taken out and back."""

import csv
import io

import pytest

from setia.core.errors import DomainError
from setia.core.models import Event
from setia.customers import actions as customers
from setia.desk.tests.looking import queries as asked
from setia.desk.tests.looking import text
from setia.orders import actions as orders
from setia.segments import actions, queries, rules, uses
from setia.segments.models import Segment, SegmentKind, Traits

pytestmark = pytest.mark.django_db

REGULARS = rules.all_of(rules.condition("purchases", {"least": 3}))


@pytest.fixture
def people(shop):
    shop.bought("guru", *(3 + 7 * n for n in range(20)))
    shop.bought("ratna", 5, 40, 80)
    shop.bought("siti", 1)
    customers.answer_consent(customer=shop.who("guru"), purpose="promotion", state="given", how="counter")
    actions.renew_scores()
    actions.renew_profiles()
    return shop


def get(shop, path, who="owner", **more):
    return shop.world.client(who).get(shop.world.url(f"groups/{path}"), **more)


def post(shop, path, data=None, who="owner"):
    return shop.world.client(who).post(shop.world.url(f"groups/{path}"), data or {})


def names_of(rows) -> set[str]:
    return {row.customer.display_name for row in rows}


def test_a_living_group_follows_and_a_fixed_one_stays(people):
    living = actions.save_segment(name="Langganan", rule=REGULARS)
    fixed = actions.save_segment(name="Undangan", rule=REGULARS, kind=SegmentKind.FIXED)
    assert (living.size, fixed.size) == (2, 2)
    people.bought("siti", 2, 3)
    actions.renew_profiles()
    assert queries.members(living).count() == 3 and queries.members(fixed).count() == 2
    customers.archive(customer=people.who("guru"))
    assert people.who("guru") not in queries.members(fixed), "even before the worker has looked"
    people.works()
    assert queries.profiles_of(fixed).count() == 1
    assert actions.recount() == "2 groups"
    assert list(queries.saved().values_list("name", "size")) == [("Langganan", 2), ("Undangan", 1)]
    assert [event.verb for event in Event.objects.filter(verb__startswith="segment.")] == ["segment.saved"] * 2


def test_names_are_one_of_a_kind_until_taken_out(people):
    first = actions.save_segment(name=" Langganan  pagi ", rule=REGULARS)
    assert first.name == "Langganan pagi"
    with pytest.raises(DomainError, match="already"):
        actions.save_segment(name="Langganan pagi", rule=REGULARS)
    for wrong in ("", "  ", "x" * 61):
        with pytest.raises(DomainError):
            actions.save_segment(name=wrong, rule=REGULARS)
    actions.remove_segment(segment=first)
    second = actions.save_segment(name="Langganan pagi", rule=REGULARS)
    with pytest.raises(DomainError, match="already"):
        actions.return_segment(segment=first)
    actions.change_segment(segment=second, name="Lain", rule=rules.Rule(), kind=SegmentKind.LIVING)
    assert actions.return_segment(segment=first).removed_at is None
    assert Segment.objects.get(name="Lain").size == 7


def test_what_happens_to_a_person_shows_at_once(people):
    ratna = people.who("ratna")
    offers = rules.all_of(rules.condition("consent", {"purpose": "promotion", "state": "given"}))
    cheese = rules.all_of(rules.condition("bought", {"what": "f:Keju", "days": 1}))
    before = queries.count(offers), queries.count(cheese)
    customers.answer_consent(customer=ratna, purpose="promotion", state="given", how="chat")
    orders.sell(lines=[orders.LineInput(people.world.variants["keju-10"].pk, 2)], customer=ratna)
    people.works()
    assert (queries.count(offers), queries.count(cheese)) == (before[0] + 1, before[1] + 1)
    mine = Traits.objects.get(customer=ratna)
    assert mine.purchases == 4 and mine.lateness == 1.0, "who just bought is not late"


def test_who_may_look_and_who_may_keep(people):
    kept = actions.save_segment(name="Langganan", rule=REGULARS)
    for path in ("", "rule/", "people/", f"{kept.pk}/"):
        for who, status in (("viewer", 200), ("stranger", 404)):
            assert get(people, path, who).status_code == status
    assert "Keep this group" not in text(get(people, "rule/", "viewer"))
    for path in ("saved/", "people/file/", f"{kept.pk}/removal/", f"{kept.pk}/change/"):
        assert post(people, path, who="cashier").status_code == 403
        assert post(people, path, who="stranger").status_code == 404
    assert get(people, "people/?segment=999999").status_code == 404
    assert get(people, "people/?segment=x").status_code == 404


def test_a_rule_counts_while_one_edits_and_is_kept(people):
    rule = "rule/?k0=purchases&k0-least=3&k1=consent&k1-purpose=promotion&k1-state=given"
    page = get(people, rule)
    assert "Has at least 3 purchases, may be written to about offers" in text(page) and page.context["size"] == 1
    part = get(people, rule, headers={"HX-Request": "true", "HX-Target": "found"})
    assert "<html" not in part.content.decode() and 'id="found"' in part.content.decode()
    more = get(people, rule + "&add=town")
    assert len(more.context["draft"].rows) == 3 and "lives outside town" in text(more)
    less = get(people, rule + "&drop=0")
    assert text(less).count("May be written to about offers") == 1 and less.context["size"] == 1
    turned = get(people, rule + "&k1-not=1")
    assert names_of(turned.context["page"].rows) == {"Bu Ratna Wulandari"}
    either = get(people, rule + "&k1-or=1")
    assert "Has at least 3 purchases or may be written to" in text(either)
    unfinished = get(people, "rule/?k0=between&k0-since=2026-01-01")
    assert "not filled in yet" in text(unfinished) and unfinished.context["size"] == 7

    query = rule.partition("?")[2]
    refused = post(people, f"saved/?{query}", {"name": ""})
    assert "Give the group a name." in text(refused) and len(refused.context["draft"].rows) == 2
    saved = post(people, f"saved/?{query}", {"name": "Boleh ditawari", "kind": "living"})
    kept = Segment.objects.get()
    assert saved["Location"].endswith(f"/groups/{kept.pk}/") and rules.read(kept.rule).groups
    assert names_of(get(people, f"{kept.pk}/").context["page"].rows) == {"Bu Guru Wening"}
    assert "Boleh ditawari" in text(get(people, ""))
    changing = get(people, f"{kept.pk}/change/")
    assert changing.context["name"] == "Boleh ditawari" and len(changing.context["draft"].rows) == 2
    post(people, f"{kept.pk}/change/?k0=purchases&k0-least=1", {"name": "Pembeli", "kind": "fixed"})
    kept.refresh_from_db()
    assert (kept.name, kept.kind, kept.size) == ("Pembeli", "fixed", 3)


def test_taken_out_and_back(people):
    kept = actions.save_segment(name="Langganan", rule=REGULARS)
    client = people.world.client()
    gone = client.post(people.world.url(f"groups/{kept.pk}/removal/"), follow=True)
    assert "Undo" in text(gone) and get(people, f"{kept.pk}/").status_code == 404
    back = client.post(people.world.url(f"groups/{kept.pk}/return/"), follow=True)
    assert "Langganan is back." in text(back)


def test_nonsense_in_the_address_is_nobodys_error(people):
    for query in (
        "k0=wizard",
        "k0=bought&k0-what=v:x",
        "k0=place&k0-districts=Atlantis",
        "k0=away&k0-least=-3",
        "page=x",
    ):
        assert get(people, f"people/?{query}").status_code == 200
        assert get(people, f"rule/?{query}").status_code == 200


def test_the_list_as_a_file_and_on_paper(people):
    customers.change_customer(customer=people.who("siti"), display_name="=cmd|' /C calc'!A0")
    people.works()
    answer = post(people, "people/file/?k0=purchases&k0-least=1")
    assert answer["Content-Type"].startswith("text/csv") and "attachment" in answer["Content-Disposition"]
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(table) == 4 and table[1][0].startswith("'=cmd"), "no formula reaches a spreadsheet"
    assert Event.objects.get(verb="people.exported").data["size"] == 3
    assert get(people, "people/file/").status_code == 405, "a GET writes nothing"
    paper = get(people, "people/print/?k0=purchases&k0-least=1")
    assert "Bu Guru Wening" in text(paper) and "0812-3000-4006" in text(paper)
    assert get(people, "people/print/", "viewer").status_code == 403


def test_lists_ask_as_often_for_few_as_for_many(people):
    client, url = people.world.client(), people.world.url("groups/people/")
    actions.save_segment(name="Satu", rule=REGULARS)
    paths = (url, people.world.url("groups/rule/?k0=purchases&k0-least=1"), people.world.url("groups/"))
    few = [asked(client, path) for path in paths]
    for number in range(12):
        customers.add_customer(display_name=f"Bu Nomor {number}", phone=f"0857000{number:05d}")
        actions.save_segment(name=f"Kelompok {number}", rule=REGULARS)
    people.works()
    assert [asked(client, path) for path in paths] == few
    assert max(few) <= 14


def test_other_areas_offer_what_they_can_do_with_a_list(people, monkeypatch):
    monkeypatch.setattr(uses, "USES", dict(uses.USES))
    uses.install(uses.Use("campaign", "Offer them something", "megaphone", "segments:people"))
    page = get(people, "people/?k0=purchases&k0-least=1")
    assert "Offer them something" in text(page)
    assert "Save as a file" not in text(get(people, "people/?k0=purchases&k0-least=1", "viewer"))


def test_a_group_whose_rule_nobody_understands_any_more_is_empty(people):
    kept = actions.save_segment(name="Kuno", rule=REGULARS)
    Segment.objects.filter(pk=kept.pk).update(rule=[[{"kind": "horoscope"}]])
    page = get(people, f"{kept.pk}/")
    assert page.status_code == 200 and page.context["list"].size == 0
