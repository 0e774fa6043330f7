"""Ten thousand customers, a thousand of them late: Today asks the database no more often than for ten."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setia.customers.models import Consent, Customer
from setia.orders.models import PurchaseSummary
from setia.segments.models import Score
from setia.today import actions, queries
from setia.today.models import Prompt
from setia.today.sources import SOURCES, rhythm

pytestmark = pytest.mark.django_db


def insert(model, rows: list[dict], **same) -> None:
    """Rows of plain values, `same` in all of them: as objects, ten thousand people would take seconds."""
    fields = {field.name: field for field in model._meta.concrete_fields if field.name != "id"}
    usual = {name: field.get_default() for name, field in fields.items()} | same
    ready = {name: field.get_db_prep_save(usual[name], connection) for name, field in fields.items()}
    columns, places = ", ".join(f'"{field.column}"' for field in fields.values()), ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})",
            [list((ready | row).values()) for row in rows],
        )


def many(count: int, today, *, late: int) -> None:
    """Customers with five purchases each, the first `late` of them late, every third agreed to offers, one said no."""
    before = Customer.objects.order_by("-pk").values_list("pk", flat=True).first()
    insert(Customer, [{"display_name": f"Bu Sri {n}"} for n in range(count)], language="en")
    people = list(Customer.objects.filter(pk__gt=before).order_by("pk").values_list("pk", flat=True))
    last = today - timedelta(days=20)
    past = {"first_on": last - timedelta(days=100), "last_on": last, "spent": 200_000}
    insert(PurchaseSummary, [{"customer": person} for person in people], orders=5, **past)
    insert(
        Score,
        [
            {"customer": person, "monetary": 1 + n % 5, "lateness": 0.1 if n < late else 0.8}
            for n, person in enumerate(people)
        ],
        **past | {"day": today, "purchases": 5, "recency": 3, "frequency": 3, "usual_gap": 14.0},
    )
    answers = [(person, "given") for person in people[:late:3]] + [(people[1], "withdrawn")]
    insert(Consent, [{"customer": who, "state": state} for who, state in answers], purpose="promotion", how="-")


def renewed() -> int:
    """How many queries the night needs, without those that open and close transactions."""
    with CaptureQueriesContext(connection) as asked:
        actions.renew_prompts()
    return len([query for query in asked if query["sql"].split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE")])


def test_the_night_of_ten_thousand_is_a_handful_of_queries(shop):
    many(10_000, shop.world.shop.today(), late=1_000)
    first = renewed()
    assert Prompt.objects.filter(kind="rhythm", state="open").count() == rhythm.MOST
    shop.clock.forward(days=1)
    second = renewed()
    assert max(first, second) <= 4 * len(SOURCES), (first, second)


def test_who_was_seen_to_makes_room_for_others(shop):
    many(500, shop.world.shop.today(), late=450)
    actions.renew_prompts()
    first = set(Prompt.objects.values_list("customer_id", flat=True))
    assert len(first) == rhythm.MOST
    Prompt.objects.update(state="skipped", acted_at=shop.clock.forward(minutes=1))
    actions.renew_prompts()
    assert set(Prompt.objects.filter(state="open").values_list("customer_id", flat=True)).isdisjoint(first)
    assert Prompt.objects.filter(state="open").count() == rhythm.MOST
    Prompt.objects.filter(state="open").update(state="done", acted_at=shop.clock.forward(minutes=1))
    actions.renew_prompts()
    assert Prompt.objects.filter(state="open").count() == 450 - 1 - 2 * rhythm.MOST, "all but the one who said no"


def test_choosing_ten_of_many_costs_the_same_as_two(shop):
    many(2, shop.world.shop.today(), late=2)
    actions.renew_prompts()
    with CaptureQueriesContext(connection) as few:
        assert len(queries.open_prompts()) == 1
    many(300, shop.world.shop.today(), late=300)
    actions.renew_prompts()
    with CaptureQueriesContext(connection) as lots:
        cards = queries.open_prompts()
    assert len(cards) == 10 and len(lots) == len(few) == 4
    assert all(card.prompt.facts["welcome"] for card in cards), "who may be written to comes first"
