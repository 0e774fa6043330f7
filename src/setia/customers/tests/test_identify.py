"""Who writes to us: WhatsApp's ids and numbers against the books."""

import pytest

from setia.core.errors import DomainError
from setia.core.models import Event
from setia.customers import actions, queries
from setia.customers.models import Customer, Identity, Note

pytestmark = pytest.mark.django_db

RATNA, SITI = "+6281230004001", "+6281230004005"
NEW = "+6281230009999"


def current(customer):
    rows = Identity.objects.filter(customer=customer, superseded_at=None)
    return set(rows.values_list("kind", "value"))


def identify(*identities, name="Ratna W."):
    return actions.identify(identities=identities, display_name=name)


def test_a_new_writer_becomes_a_customer(world):
    person, made = identify(("bsuid", "ID.77"), ("whatsapp", "6281230009999"), ("username", "ratna.kue"))
    assert made and person.source == "chat" and person.display_name == "Ratna W."
    assert current(person) == {("bsuid", "ID.77"), ("whatsapp", NEW), ("username", "ratna.kue")}
    assert identify(("bsuid", "ID.77"))[0] == person
    assert identify(("whatsapp", NEW)) == (person, False)
    assert queries.consents(person.pk)["promotion"] == "not_asked"


def test_a_writer_without_number_and_name_is_kept_too(world):
    person, made = identify(("bsuid", "ID.ENT.9"), name="  ")
    assert made and person.display_name and queries.phone_of(person) == ""


def test_the_number_finds_the_person_and_their_id_is_attached(world):
    ratna = world.customers["ratna"]
    assert identify(("bsuid", "ID.1"), ("phone", "6281230004001")) == (ratna, False)
    assert current(ratna) == {("phone", RATNA), ("whatsapp", RATNA), ("bsuid", "ID.1")}
    before = Event.objects.count()
    assert identify(("bsuid", "ID.1"), ("whatsapp", RATNA)) == (ratna, False)
    assert Event.objects.count() == before, "nothing new, nothing recorded"


def test_the_id_decides_before_the_number(world):
    """The number is Siti's, the id is Ratna's: nobody is merged, nothing moves."""
    ratna, siti = world.customers["ratna"], world.customers["siti"]
    identify(("bsuid", "ID.1"), ("whatsapp", RATNA))
    assert identify(("bsuid", "ID.1"), ("whatsapp", SITI)) == (ratna, False)
    assert queries.by_identity("phone", SITI) == siti
    assert ("whatsapp", SITI) not in current(ratna)


def test_a_recycled_number_is_a_new_person(world):
    ratna = world.customers["ratna"]
    identify(("bsuid", "ID.1"), ("whatsapp", RATNA))
    stranger, made = identify(("bsuid", "ID.2"), ("whatsapp", RATNA), name="Mas Baru")
    assert made and stranger != ratna
    assert current(stranger) == {("bsuid", "ID.2"), ("whatsapp", RATNA)}
    assert current(ratna) == {("bsuid", "ID.1")}, "what is sent to Ratna must not reach a stranger"
    assert ratna.display_name in Note.objects.get(customer=stranger).text
    assert queries.phone_of(ratna) == ""
    assert identify(("whatsapp", RATNA))[0] == stranger


def test_without_an_id_the_number_is_enough(world):
    """Old webhooks carry no id: that is no sign of a recycled number."""
    ratna = world.customers["ratna"]
    identify(("bsuid", "ID.1"), ("whatsapp", RATNA))
    assert identify(("whatsapp", RATNA)) == (ratna, False)


def test_a_shared_number_decides_for_none_of_its_people(world):
    ratna, kasan = world.customers["ratna"], world.customers["kasan"]
    actions.share_identity(identity=Identity.objects.get(customer=ratna), shared=True)
    actions.add_identity(customer=kasan, kind="phone", value=RATNA, shared=True)
    assert queries.by_identity("phone", RATNA) is None
    person, made = identify(("whatsapp", RATNA), name="Anak Bu Ratna")
    assert made and {"Bu Ratna Wulandari", "Pak Kasan"} <= set(
        Note.objects.get(customer=person).text.replace(":", ",").replace(".", ",").replace(", ", ",").split(",")
    )
    assert identify(("whatsapp", RATNA)) == (person, False), "from now on the number is known to be theirs"


def test_a_username_changes_hands(world):
    first, _ = identify(("bsuid", "ID.1"), ("username", "kue.enak"), name="Satu")
    second, made = identify(("bsuid", "ID.2"), ("username", "kue.enak"), name="Dua")
    assert made and second != first
    assert ("username", "kue.enak") in current(second) and ("username", "kue.enak") not in current(first)


def test_one_who_was_put_away_comes_back_by_writing(world):
    ratna = world.customers["ratna"]
    actions.archive(customer=ratna)
    person, made = identify(("whatsapp", RATNA))
    assert person == ratna and not made and person.archived_at is None
    assert Customer.objects.get(pk=ratna.pk).archived_at is None


def test_whatsapp_tells_of_a_new_number(world):
    ratna = world.customers["ratna"]
    identify(("bsuid", "ID.1"), ("whatsapp", RATNA))
    actions.change_whatsapp(customer=ratna, identities=[("whatsapp", NEW), ("bsuid", "ID.2")])
    assert current(ratna) == {("whatsapp", NEW), ("bsuid", "ID.2")}
    assert Identity.objects.filter(customer=ratna).exclude(superseded_at=None).count() == 3, "history stays"
    assert identify(("bsuid", "ID.2"), ("whatsapp", NEW)) == (ratna, False)
    newcomer, made = identify(("bsuid", "ID.3"), ("whatsapp", RATNA))
    assert made and newcomer != ratna, "whoever gets the old number is somebody else"
    assert [found.pk for found in queries.find("4001")] == [newcomer.pk, ratna.pk], "the old number still finds her"


def test_a_new_number_that_was_somebody_elses_is_theirs_no_more(world):
    ratna, siti = world.customers["ratna"], world.customers["siti"]
    actions.change_whatsapp(customer=ratna, identities=[("whatsapp", SITI)])
    assert current(siti) == set() and ("whatsapp", SITI) in current(ratna)


def test_a_number_that_is_none_is_refused(world):
    with pytest.raises(DomainError):
        identify(("whatsapp", "12"))
