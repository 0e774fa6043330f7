"""The report on customers, and the field that finds everything."""

import re

import pytest

from setia.desk.tests.looking import queries, text
from setia.segments import actions as segments

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(shop):
    shop.bought("guru", *(3 + 7 * n for n in range(40)))
    shop.bought("ratna", 5, 40, 80)
    shop.bought("siti", 1)
    segments.renew_scores()
    segments.renew_profiles()
    return shop


def page(shop, path, who="owner", **more):
    return shop.world.client(who).get(shop.world.url(path), **more)


def test_who_may_look(known):
    for path in ("reports/customers/", "search/?q=ratna"):
        for who, status in (("viewer", 200), ("stranger", 404)):
            assert page(known, path, who).status_code == status


def test_every_number_opens_as_many_people(known):
    answer = page(known, "reports/customers/")
    client = known.world.client()
    figures = answer.context["figures"]
    assert [figure.number for figure in figures][0] == 2
    bars = [*answer.context["fresh"], *answer.context["again"]]
    ranks = [*answer.context["groups"], *answer.context["places"], *answer.context["sources"]]
    cohorts = [(row.size, row.size_url) for row in answer.context["grid"].rows]
    shown = [(figure.number, figure.url) for figure in figures]
    shown += [(int(bar.shown), bar.url) for bar in bars] + [(int(rank.shown), rank.url) for rank in ranks] + cohorts
    for number, url in [pair for pair in shown if pair[1]]:
        assert client.get(url).context["list"].size == number, url
    row = next(row for row in answer.context["grid"].rows if row.size)
    for cell in [cell for cell in row.cells if cell.url]:
        share = client.get(cell.url).context["list"].size / row.size
        assert f"{round(100 * share)}%" == cell.shown


def test_without_a_past_there_is_nothing_to_report(shop):
    assert "Nothing to report yet" in text(page(shop, "reports/customers/"))


def test_found_by_name_number_and_order(known):
    order = known.orders("endah")
    found = text(page(known, "search/?q=ratn"))
    assert "Bu Ratna Wulandari" in found and "Bu Siti" not in found
    assert "Bu Siti Pogalan" in text(page(known, "search/?q=4005"))
    assert f"#{order.number} · Bu Endah Kauman" in text(page(known, f"search/?q=%23{order.number}"))
    assert "Nothing found" in text(page(known, "search/?q=zzzz"))
    part = page(known, "search/?q=ratn", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()


def test_before_anything_is_typed_who_bought_last_is_there(known):
    known.bought("endah", 1)
    shown = text(page(known, "search/"))
    assert "Bought last" in shown and shown.index("Bu Endah Kauman") < shown.index("Bu Ratna Wulandari")
    assert "Nothing found" not in shown and "in the chats" not in shown


def test_equally_good_the_latest_buyer_comes_first(known):
    people = re.findall(r"Bu Siti Pogalan|Bu Ratna Wulandari", text(page(known, "customers/?q=pogalan")))
    assert people == ["Bu Siti Pogalan", "Bu Ratna Wulandari"]


def test_chats_are_found_by_those_who_may_chat(connected):
    connected.writes("ratna")
    assert "Chat with Bu Ratna" in page(connected, "search/?q=ratna").content.decode()
    assert "in the chats" not in text(page(connected, "search/?q=ratna", "cashier"))


def test_both_ask_as_often_for_few_as_for_many(known):
    client = known.world.client()
    urls = [known.world.url(path) for path in ("reports/customers/", "search/?q=bu")]
    few = [queries(client, url) for url in urls]
    for name in ("endah", "slamet", "yanti"):
        known.bought(name, 2, 50)
    segments.renew_scores()
    segments.renew_profiles()
    assert [queries(client, url) for url in urls] == few and max(few) <= 18
