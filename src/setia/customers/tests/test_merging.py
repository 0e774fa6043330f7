"""Two made one: nothing is lost, and it can be taken back exactly, in any sequence."""

import itertools

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setia.conversations import actions as conversations
from setia.conversations.models import Conversation, Message
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.customers import actions, merging, queries
from setia.customers import rows as plain_rows
from setia.customers.merging.folding import relations
from setia.customers.models import Customer, Identity, MergeRecord, Profile, Relation, SamePair
from setia.orders import actions as orders
from setia.orders.actions import PastLine, PastOrder
from setia.orders.models import Order, PurchaseSummary

pytestmark = pytest.mark.django_db

# Made anew at each merge, so their ids differ; events only grow.
GROWING = {"core.event", "core.reaction", "customers.mergerecord", "core.searchtext"}


def everything() -> dict[str, list]:
    """All rows of the shop as plain values; counted rows without their ids."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label_lower
        if hasattr(model, "across_shops") and label not in GROWING:
            rows = [plain_rows.pack(row) for row in model.objects.order_by("pk")]
            if label == "orders.purchasesummary":
                rows = sorted(
                    ({k: v for k, v in row.items() if k != "id"} for row in rows), key=lambda r: r["customer_id"]
                )
            found[label] = rows
    return found


def history(world, who: str, *days_and_amounts) -> None:
    orders.record_past(
        orders=[
            PastOrder(
                customer_id=world.customers[who].pk,
                day=day,
                lines=[PastLine(label="Bakpia", quantity=1, amount=amount)],
            )
            for day, amount in days_and_amounts
        ]
    )


@pytest.fixture
def busy(world):
    """People to whom many things happened, in several areas."""
    from datetime import timedelta

    today = world.shop.today()
    ratna, siti, endah, slamet = (world.customers[key] for key in ("ratna", "siti", "endah", "slamet"))
    history(world, "ratna", (today - timedelta(days=40), 20_000), (today - timedelta(days=9), 30_000))
    history(world, "siti", (today - timedelta(days=60), 15_000), (today - timedelta(days=9), 5_000))
    history(world, "endah", (today - timedelta(days=3), 7_000))
    actions.add_note(customer=siti, text="suka keju", by=None)
    actions.answer_consent(customer=siti, purpose="promotion", state="given", how="counter")
    actions.answer_consent(customer=ratna, purpose="promotion", state="withdrawn", how="chat")
    actions.add_occasion(customer=siti, kind="birthday", calendar="javanese", month=2, day=3)
    actions.change_customer(customer=slamet, referred_by=siti)
    actions.change_customer(customer=siti, referred_by=ratna, landmark="timur pasar", nickname="Titi")
    Relation.objects.create(customer=siti, other=ratna, kind="sibling")
    Relation.objects.create(customer=siti, other=slamet, kind="spouse")
    Relation.objects.create(customer=ratna, other=slamet, kind="spouse")
    Profile.objects.create(customer=ratna, age_band="40-59")
    Profile.objects.create(customer=siti, age_band="-24", household_size=4)
    channel = conversations.app_channel()
    for person in (ratna, siti):
        chat = conversations.chat_with(channel=channel, customer=person)
        Message.objects.create(
            conversation=chat, customer=person, direction="out", wamid=f"w{person.pk}", at=world.shop.now(),
            purpose="season", reference="lebaran", text=f"Halo {person}",
        )  # fmt: skip
    Conversation.objects.filter(customer=siti).update(unread=2, last_message_at=world.shop.now(), last_text="baru")
    return world


def test_everything_moves_and_comes_back(busy):
    ratna, siti = busy.customers["ratna"], busy.customers["siti"]
    before = everything()
    record = merging.merge(kept=ratna, gone=siti, take=["landmark"])
    ratna.refresh_from_db()
    assert (ratna.landmark, ratna.nickname, ratna.display_name) == ("timur pasar", "Titi", "Bu Ratna Wulandari")
    for model, column in relations(Customer):
        assert not model.objects.filter(**{column.attname: siti.pk}).exists(), model
    summary = PurchaseSummary.objects.get(customer=ratna)
    assert (summary.orders, summary.spent) == (4, 70_000) and Order.objects.filter(customer=ratna).count() == 4
    assert Profile.objects.get(customer=ratna).household_size == 4
    chat = Conversation.objects.get(customer=ratna)
    assert (chat.unread, chat.last_text, chat.messages.count()) == (2, "baru", 2)
    assert {row.value for row in queries.identities_of(ratna.pk)} == {"+6281230004001", "+6281230004005"}
    assert queries.find("siti") == [] and ratna in queries.find("titi")
    assert queries.by_identity("phone", "+6281230004005") == ratna
    assert Relation.objects.filter(customer=ratna).count() == 1
    siti.refresh_from_db()
    assert siti.merged_into_id == ratna.pk and siti not in queries.everybody(archived=True)
    assert Event.objects.filter(verb="customer.merged", customer_id=ratna.pk).count() == 1

    merging.undo(record=record)
    assert everything() == before
    assert queries.find("siti")[0] == siti
    assert merging.undo(record=record) == siti, "twice is once"


def test_what_came_since_stays(busy):
    ratna, siti = busy.customers["ratna"], busy.customers["siti"]
    record = merging.merge(kept=ratna, gone=siti)
    note = actions.add_note(customer=ratna, text="baru", by=None)
    actions.change_customer(customer=ratna, landmark="pindah")
    merging.undo(record=record)
    note.refresh_from_db()
    ratna.refresh_from_db()
    assert note.customer == ratna and ratna.landmark == "pindah"


def test_merges_are_taken_back_in_turn(busy):
    ratna, siti, endah = (busy.customers[key] for key in ("ratna", "siti", "endah"))
    before = everything()
    first = merging.merge(kept=siti, gone=endah)
    second = merging.merge(kept=ratna, gone=siti)
    with pytest.raises(DomainError) as refused:
        merging.undo(record=first)
    assert refused.value.code == "later" and "Ratna" in str(refused.value)
    with pytest.raises(DomainError):
        merging.merge(kept=endah, gone=busy.customers["slamet"])
    merging.undo(record=second)
    merging.undo(record=first)
    assert everything() == before


def test_a_shared_number_becomes_theirs(busy):
    ratna, siti = busy.customers["ratna"], busy.customers["siti"]
    actions.share_identity(identity=Identity.objects.get(customer=siti), shared=True)
    actions.add_identity(customer=ratna, kind="phone", value="081230004005", shared=True)
    record = merging.merge(kept=ratna, gone=siti)
    assert queries.by_identity("phone", "081230004005") == ratna
    merging.undo(record=record)
    assert queries.by_identity("phone", "081230004005") is None


def test_two_people_are_not_asked_about_again(busy):
    ratna, siti, endah = (busy.customers[key] for key in ("ratna", "siti", "endah"))
    merging.mark_different(one=siti, other=endah)
    record = merging.merge(kept=ratna, gone=siti)
    assert SamePair.objects.filter(different_at__isnull=False).count() == 2
    merging.undo(record=record)
    assert SamePair.objects.filter(different_at__isnull=False).count() == 1
    with pytest.raises(DomainError):
        merging.merge(kept=ratna, gone=ratna)


PEOPLE = ("ratna", "siti", "endah", "slamet", "yanti")


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("merge"), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)),
            st.tuples(st.just("undo"), st.integers(0, 9), st.none()),
        ),
        max_size=8,
    )
)
def test_any_sequence_loses_nothing(busy, steps):
    with transaction.atomic():
        before = everything()
        owned = {
            (model, column.attname): set(model.objects.exclude(**{column.attname: None}).values_list("pk", flat=True))
            for model, column in relations(Customer)
        }
        spent = sum(PurchaseSummary.objects.values_list("spent", flat=True))
        for step, one, other in steps:
            try:
                if step == "merge":
                    merging.merge(kept=busy.customers[one], gone=busy.customers[other])
                else:
                    records = list(MergeRecord.objects.order_by("pk"))
                    if records:
                        merging.undo(record=records[one % len(records)])
            except DomainError:
                continue
            assert sum(PurchaseSummary.objects.values_list("spent", flat=True)) == spent
        kept = {row[2]["id"] for record in MergeRecord.objects.all() for row in record.steps if row[0] == "delete"}
        for (model, column), ids in owned.items():
            now = set(model.objects.exclude(**{column: None}).values_list("pk", flat=True))
            if model is not Customer:
                assert ids - now <= kept, model
        for record in MergeRecord.objects.filter(undone_at=None).order_by("-pk"):
            merging.undo(record=record)
        assert everything() == before
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (("Bu Siti Pogalan", "Pogalan", ""), ("Siti Pogalan", "Pogalan", ""), True),
        (("Pak Slamet", "Durenan", ""), ("Bu Slamet", "Durenan", ""), False),
        (("Muhammad Arif Santoso", "Tugu", "081299990001"), ("Moh. Arif Santosa", "Tugu", "081299990002"), True),
        (("Sugeng", "Tugu", "081299990001"), ("Sugeng", "Tugu", "081299990002"), False),
        (("Sugeng", "Tugu", "081299990001"), ("Sugeng", "Tugu", ""), True),
        (("Sugeng", "", ""), ("Sugeng Riyadi", "", ""), False),
        (("Dwi Hartini", "", ""), ("Dwie Hartini", "Tugu", ""), True),
        (("Dwi Hartini", "Karangan", ""), ("Dwi Hartini", "Tugu", ""), False),
    ],
)
def test_who_may_be_one(world, one, other, found):
    Customer.objects.filter(pk__in=[person.pk for person in world.customers.values()]).update(
        archived_at=world.shop.now()
    )
    made = [actions.add_customer(display_name=name, district=place, phone=phone) for name, place, phone in (one, other)]
    assert merging.find_pairs() == int(found)
    if found:
        assert merging.find_pairs() == 1 and SamePair.objects.count() == 1
        merging.mark_different(one=made[1], other=made[0])
        assert merging.find_pairs() == 0


def test_a_family_shares_its_phone(world):
    ratna = world.customers["ratna"]
    child = actions.add_customer(display_name="Mas Bagas", district="Tugu")
    again = actions.add_customer(display_name="Ratna Wulandari", district="Tugu")
    actions.share_identity(identity=Identity.objects.get(customer=ratna), shared=True)
    for person in (child, again):
        actions.add_identity(customer=person, kind="phone", value="081230004001", shared=True)
    merging.find_pairs()
    assert list(SamePair.objects.values_list("first_id", "second_id", "why")) == [(ratna.pk, again.pk, "number")]


def test_large_books_are_looked_through_in_blocks(world, django_assert_max_num_queries):
    for number, place in itertools.product(range(30), ("Tugu", "Pule")):
        actions.add_customer(display_name=f"Siti Nomor{number}", district=place)
    with django_assert_max_num_queries(12):
        merging.find_pairs()
