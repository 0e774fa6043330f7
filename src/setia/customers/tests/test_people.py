"""People written down, changed, put away; what they agreed to; how they are found."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from setia.core.errors import DomainError
from setia.core.models import Event, SearchText
from setia.customers import actions, queries, rules
from setia.customers.models import Consent, Customer, Identity, Occasion

pytestmark = pytest.mark.django_db


def verbs():
    return list(Event.objects.order_by("-pk").values_list("verb", flat=True))


def test_a_name_is_enough(world):
    person = actions.add_customer(display_name="  Bu   Mira ")
    assert (person.display_name, person.name_key, person.language) == ("Bu Mira", "bu mira", "id")
    assert verbs()[0] == "customer.added"
    assert set(queries.consents(person.pk).values()) == {"not_asked"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"display_name": " "}, "name_missing"),
        ({"display_name": "Bu Mira", "phone": "0812 3456 789O"}, "letters"),
        ({"display_name": "Bu Mira", "phone": "8.12346E+10"}, "excel"),
        ({"display_name": "x" * 121}, "too_long"),
        ({"display_name": "Bu Mira", "phone": "0812 3000 4001"}, "phone_taken"),
    ],
)
def test_what_cannot_be_written_down_says_why(world, fields, code):
    people = Customer.objects.count()
    with pytest.raises(DomainError) as refused:
        actions.add_customer(**fields)
    assert refused.value.code == code and refused.value.message
    assert Customer.objects.count() == people


def test_a_number_that_is_known_names_its_owner(world):
    with pytest.raises(actions.NumberTaken) as refused:
        actions.add_customer(display_name="Bu Mira", phone="+62 812-3000-4001")
    assert refused.value.customer == world.customers["ratna"]
    assert "Bu Ratna Wulandari" in str(refused.value)


def test_changes_are_recorded_by_field_and_found(world):
    ratna = world.customers["ratna"]
    actions.change_customer(customer=ratna, district="Durenan", display_name="Bu Ratna W")
    assert Event.objects.latest("pk").data == {"fields": ["display_name", "district"]}
    assert [person.pk for person in queries.find("ratna durenan")] == [ratna.pk]
    assert queries.find("wulandari") == []
    before = Event.objects.count()
    actions.change_customer(customer=ratna, district="Durenan")
    assert Event.objects.count() == before


def test_nobody_brought_the_one_who_brought_them(world):
    yanti, endah = world.customers["yanti"], world.customers["endah"]
    assert endah.referred_by == yanti
    for person, referrer in ((yanti, endah), (yanti, yanti)):
        with pytest.raises(DomainError) as refused:
            actions.change_customer(customer=person, referred_by=referrer)
        assert refused.value.code == "circle"
    assert queries.brought_by(yanti.pk) == [endah]


def test_put_away_and_taken_back(world):
    siti = world.customers["siti"]
    assert actions.archive(customer=siti) and not actions.archive(customer=siti)
    assert siti not in queries.find("siti") and siti not in queries.everybody()
    assert actions.restore(customer=siti) and not actions.restore(customer=siti)
    assert queries.find("siti") == [siti]
    assert verbs()[:2] == ["customer.restored", "customer.archived"]


@pytest.mark.parametrize(
    ("query", "who"),
    [
        ("ratna", "ratna"), ("RATNA wulan", "ratna"), ("4001", "ratna"), ("0812 3000 4001", "ratna"),
        ("+62 812-3000-4001", "ratna"), ("62812.3000.4001", "ratna"), ("81230004001", "ratna"), ("karangan", "kasan"),
        ("cat hijau", "kasan"), ("reseller", "yanti"), ("gu", "guru"),
    ],
)  # fmt: skip
def test_found_by_what_one_remembers(world, query, who):
    assert queries.find(query)[0] == world.customers[who]


def test_found_by_a_note_a_card_and_not_by_nothing(world):
    kasan = world.customers["kasan"]
    actions.add_note(customer=kasan, text="Alergi kacang tanah", by=None)
    actions.add_identity(customer=kasan, kind="card", value="KARTU-77")
    assert queries.find("kacang tanah") == queries.find("kartu-77") == [kasan]
    assert queries.find("") == queries.find("   ") == queries.find("tidak ada") == []


def test_the_number_that_ends_so_comes_first(world):
    other = actions.add_customer(display_name="Aan", phone="081240014002")
    assert queries.find("4001")[:2] == [world.customers["ratna"], other]


def test_finding_costs_the_same_however_many_there_are(world, django_assert_num_queries):
    for number in range(30):
        actions.add_customer(display_name=f"Bu Sri {number}", phone=f"0812555{number:05}")
        if number in (9, 29):
            with django_assert_num_queries(3):
                queries.find("sri")
            with django_assert_num_queries(4):
                queries.find("0812555")
    ids = [person.pk for person in queries.find("sri")]
    with django_assert_num_queries(1):
        assert len(queries.phones_of(ids)) == 20


def test_consent_is_the_latest_answer_with_its_evidence(world):
    ratna, owner = world.customers["ratna"], world.members["owner"]
    assert not queries.may_write(ratna.pk, "promotion")
    actions.answer_consent(
        customer=ratna, purpose="promotion", state="given", how="counter", evidence="“boleh”", by=owner
    )
    assert queries.may_write(ratna.pk, "promotion") and not queries.may_write(ratna.pk, "occasion")
    actions.answer_consent(customer=ratna, purpose="promotion", state="withdrawn", how="message", evidence="BERHENTI")
    assert queries.consents(ratna.pk) == {"promotion": "withdrawn", "occasion": "not_asked", "profile": "not_asked"}
    assert not queries.may_write(ratna.pk, "promotion")
    assert [(row.state, row.how, row.by) for row in queries.consent_history(ratna.pk)] == [
        ("withdrawn", "message", None),
        ("given", "counter", owner),
    ]
    assert Event.objects.latest("pk").data == {"purpose": "promotion", "state": "withdrawn"}


def test_a_yes_needs_to_be_known_from_somewhere(world):
    with pytest.raises(DomainError) as refused:
        actions.answer_consent(customer=world.customers["ratna"], purpose="promotion", state="given", how=" ")
    assert refused.value.code == "how_missing" and not Consent.objects.exists()


@pytest.mark.parametrize(
    ("calendar", "month", "day", "words"),
    [("gregorian", 2, 29, "29 February"), ("hijri", 3, 12, "12 Rabiulawal"), ("javanese", 1, 30, "30 Sura")],
)
def test_yearly_days_on_their_own_calendar(world, calendar, month, day, words):
    ratna = world.customers["ratna"]
    made = actions.add_occasion(customer=ratna, kind="birthday", calendar=calendar, month=month, day=day)
    with translation.override("en"):
        assert made.date_words == words
    assert actions.add_occasion(customer=ratna, kind="birthday", calendar=calendar, month=month, day=day) == made
    actions.remove_occasion(occasion=made)
    assert not Occasion.objects.exists() and verbs()[0] == "customer.occasion_removed"


@pytest.mark.parametrize(("calendar", "month", "day"), [("gregorian", 2, 30), ("hijri", 1, 31), ("javanese", 13, 1)])
def test_days_that_do_not_exist(world, calendar, month, day):
    with pytest.raises(DomainError) as refused:
        actions.add_occasion(
            customer=world.customers["ratna"], kind="birthday", calendar=calendar, month=month, day=day
        )
    assert refused.value.code == "no_such_day"


def test_an_identity_belongs_to_one_unless_shared(world):
    ratna, siti = world.customers["ratna"], world.customers["siti"]
    with pytest.raises(actions.NumberTaken):
        actions.add_identity(customer=siti, kind="whatsapp", value="081230004001")
    card = actions.add_identity(customer=siti, kind="card", value="  K-1 ")
    assert actions.add_identity(customer=siti, kind="card", value="K-1") == card
    with pytest.raises(DomainError) as refused:
        actions.add_identity(customer=ratna, kind="card", value="K-1")
    assert refused.value.code == "taken"
    actions.share_identity(identity=Identity.objects.get(customer=ratna), shared=True)
    mine = actions.add_identity(customer=siti, kind="phone", value="081230004001", shared=True)
    assert queries.by_identity("phone", "0812 3000 4001") is None
    assert actions.end_identity(identity=mine) and not actions.end_identity(identity=mine)
    assert mine not in queries.identities_of(siti.pk)


def test_the_number_one_writes_to(world):
    ratna, kasan = world.customers["ratna"], world.customers["kasan"]
    assert queries.phone_of(ratna) == "+6281230004001" and queries.phone_of(kasan) == ""
    actions.add_identity(customer=ratna, kind="whatsapp", value="081230008888")
    assert queries.phone_of(ratna) == "+6281230008888", "WhatsApp comes before phone"
    assert queries.phones_of([ratna.pk, kasan.pk]) == {ratna.pk: "+6281230008888"}


def test_notes_have_a_length(world):
    with pytest.raises(DomainError) as refused:
        actions.add_note(customer=world.customers["ratna"], text="x" * 5_000_000, by=None)
    assert "5000000" in str(refused.value)


@given(digits=st.from_regex(r"8[1-9][0-9]{7,9}", fullmatch=True))
@pytest.mark.django_db(False)
def test_every_writing_of_a_number_is_one_query(digits):
    asked = {rules.search_query(text) for text in (f"+62{digits}", f"0{digits}", f"62 {digits}", f"+62 (0){digits}")}
    assert asked == {f"0{digits}"}


@given(text=st.text(max_size=60))
@pytest.mark.django_db(False)
def test_search_texts_are_one_line(text):
    assert rules.search_query(text) == " ".join(rules.search_query(text).split())
    assert len(rules.name_key(text)) <= 120


def test_everything_found_is_of_this_shop(world):
    from setia.core.scope import open_shop

    with open_shop(world.stranger_shop):
        theirs = actions.add_customer(display_name="Bu Ratna Wulandari", phone="+6281230004001")
        assert queries.find("ratna") == [theirs]
        assert queries.by_identity("phone", "+6281230004001") == theirs
    assert queries.find("ratna") == [world.customers["ratna"]]
    assert SearchText.objects.filter(object_id=theirs.pk).count() == 0
