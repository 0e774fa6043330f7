"""What the tags of the templates write, as people read it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone, translation

from setia.web import links
from setia.web.templatetags import setia as tags

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, nine o'clock in Trenggalek
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _in_trenggalek(clock):
    with timezone.override("Asia/Jakarta"), translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (None, ""),
        (NOW - timedelta(minutes=5), "08:55"),
        (datetime(2026, 11, 22, 17, 5, tzinfo=UTC), "00:05"),  # today here, yesterday in Greenwich
        (datetime(2026, 11, 22, 16, 55, tzinfo=UTC), "yesterday"),
        (TODAY, "today"),
        (TODAY - timedelta(days=1), "yesterday"),
        (TODAY + timedelta(days=1), "tomorrow"),
        (TODAY + timedelta(days=6), "Sunday"),
        (TODAY + timedelta(days=7), "30 Nov"),
        (TODAY - timedelta(days=2), "21 Nov"),
        (date(2025, 12, 31), "31 Dec 2025"),
    ],
)
def test_when(moment, said):
    assert tags.when(moment) == said


def test_a_clock_is_written_as_the_language_writes_it():
    with translation.override("id"):
        assert tags.when(NOW) == "09.00"
        assert tags.long_day(TODAY) == "Senin, 23 November"


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=-30), "1 minute"),
        (timedelta(0), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(hours=48), "2 days"),
    ],
)
def test_waiting(ago, said):
    assert tags.waiting(NOW - ago) == said
    assert tags.waiting(None) == ""


def test_money_follows_the_language():
    assert tags.money_filter(15_000) == "Rp 15,000" and tags.money_filter(None) == "" and tags.money_filter(0) == "Rp 0"
    with translation.override("id"):
        assert tags.money_filter(15_000) == "Rp15.000"


def test_a_phone_as_people_write_it():
    assert tags.pretty_phone("+6281230004001") == "0812-3000-4001"


def test_icons_are_drawn_in_the_page_and_silent():
    drawn = tags.icon("plus", "mini")
    assert drawn.startswith("<svg") and 'aria-hidden="true"' in drawn and 'width="20"' in drawn


def render(template: str, query: str, **values) -> str:
    request = RequestFactory().get("/customers/", data={}, QUERY_STRING=query)
    return Template(template).render(Context({"request": request} | values))


def test_a_query_is_changed_and_kept():
    assert render("{% with_query page=3 %}", "q=sri+l&page=2") == "?q=sri+l&amp;page=3"
    assert render("{% with_query page=None %}", "q=%3Cb%3E&page=2") == "?q=%3Cb%3E"
    assert render("{% with_query show='new' %}", "") == "?show=new"


def test_addresses_are_those_that_django_would_say():
    """Of every page of a shop that is named by ids alone, with small and large ones; twice, for the second is kept."""
    told = 0
    with links.inside_shop("kios-uji"):
        for name, count in _pages():
            for ids in ((1, 2, 3), (987_654_321_012, 7, 4_100_000_000)):
                expected = reverse(name, args=ids[:count])
                assert links.path(name, *ids[:count]) == links.path(name, *ids[:count]) == expected
                page = Template("{% url name one two three %}" if count == 3 else URLS[count])
                assert page.render(Context({"name": name, "one": ids[0], "two": ids[1], "three": ids[2]})) == expected
            told += 1
    assert told > 100
    with links.inside_shop("kios-lain"):
        assert links.path("desk:customer", 5) == "/kios-lain/customers/5/"


URLS = ("{% url name %}", "{% url name one %}", "{% url name one two %}")


def _pages():
    resolver = get_resolver(links.SHOP_URLCONF)
    for space, (_prefix, inner) in resolver.namespace_dict.items():
        for name in filter(lambda one: isinstance(one, str), inner.reverse_dict):
            for count in range(4):
                try:
                    reverse(f"{space}:{name}", args=(1, 2, 3)[:count])
                except NoReverseMatch:
                    continue
                yield f"{space}:{name}", count


def test_words_and_names_go_the_usual_way():
    with links.inside_shop("kios-uji"):
        assert links.path("desk:letter", "2026-11-23") == reverse("desk:letter", args=["2026-11-23"])
        with pytest.raises(NoReverseMatch):
            links.path("desk:nowhere", 3)
