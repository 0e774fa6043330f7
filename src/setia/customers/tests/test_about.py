"""Households, relations, wishes, what they told, points on the map, numbers handed on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.core import places
from setia.core.errors import DomainError
from setia.customers import actions, points, queries
from setia.customers.models import Customer, Household, Preference, Profile, Relation
from setia.customers.words import called, opening

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("-8.0533, 111.7132", (-8.0533, 111.7132)),
        ("(-8.05,111.71)", (-8.05, 111.71)),
        ("-8,0533 111,7132", (-8.0533, 111.7132)),
        ("https://www.google.com/maps/place/X/@-8.1,111.9,17z/data=!3m1!3d-8.0533!4d111.7132", (-8.0533, 111.7132)),
        ("https://www.google.com/maps/@-8.05,111.71,15z", (-8.05, 111.71)),
        ("https://maps.google.com/?q=-8.05,111.71", (-8.05, 111.71)),
        ("https://www.google.com/maps/search/?api=1&query=-8.05%2C111.71", (-8.05, 111.71)),
        ("geo:-8.05,111.71", (-8.05, 111.71)),
        ("https://maps.app.goo.gl/abc", None),
        ("depan SD", None),
        ("-98.05, 111.71", None),
        ("", None),
    ],
)
def test_points_as_people_paste_them(text, point):
    assert points.read(text) == point


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_comes_back(latitude, longitude):
    latitude, longitude = round(latitude, 6), round(longitude, 6)
    assert points.read(points.link(f"{latitude:.6f}", f"{longitude:.6f}")) == (latitude, longitude)


def test_districts_of_the_chosen_neighbourhood():
    assert "Pogalan" in places.choices() and len(places.choices(["Trenggalek"])) == 14
    both = places.choices(["Tulungagung", "Ponorogo"])
    assert "Kauman, Ponorogo" in both and "Kauman, Tulungagung" in both and "Kauman" not in both
    assert "Pare" in places.choices(["Kediri"])


def test_a_household(world):
    owner, ratna = world.client("owner"), world.customers["ratna"]
    child = actions.add_customer(display_name="Mas Bagas")
    page = world.url(f"customers/{child.pk}/about/")
    assert owner.post(page, {"part": "household", "who": "ratna", "role": "beli"}).status_code == 302
    home = Household.objects.get()
    owner.post(page, {"part": "home", "name": "Keluarga Ratna", "note": "ibunya yang ambil"})
    actions.join_household(
        customer=Customer.objects.get(pk=ratna.pk), other=Customer.objects.get(pk=child.pk), role="ambil"
    )
    text = owner.get(world.url(f"customers/{child.pk}/")).content.decode()
    assert "Keluarga Ratna" in text and "Bu Ratna Wulandari" in text
    from setia.customers.about import household_hint

    child.refresh_from_db()
    assert household_hint(child) == "ibunya yang ambil · Bu Ratna Wulandari: ambil"
    owner.post(world.url(f"customers/{child.pk}/household/end/"))
    actions.leave_household(customer=Customer.objects.get(pk=ratna.pk))
    assert not Household.objects.filter(pk=home.pk).exists()
    assert owner.post(page, {"part": "household", "who": "nobody at all"}).status_code == 422
    assert world.client("viewer").get(page).status_code == 403
    assert world.client("stranger").get(page).status_code == 404


def test_never_guess_who_is_meant(world):
    actions.add_customer(display_name="Bu Ratna Kedua")
    child = actions.add_customer(display_name="Mas Bagas")
    page = world.url(f"customers/{child.pk}/about/")
    refused = world.client("owner").post(page, {"part": "relation", "who": "ratna", "kind": "parent"})
    assert refused.status_code == 422 and "Bu Ratna Kedua" in refused.content.decode()
    chosen = world.customers["ratna"]
    world.client("owner").post(page, {"part": "relation", "who": "ratna", "other": chosen.pk, "kind": "parent"})
    row = Relation.objects.get()
    assert (row.customer, row.other) == (child, chosen)
    text = world.client("owner").get(world.url(f"customers/{chosen.pk}/about/")).content.decode()
    assert "Mas Bagas" in text
    world.client("owner").post(world.url(f"customers/relations/{row.pk}/removal/"))
    assert not Relation.objects.exists()


def test_what_is_asked_needs_consent(world):
    ratna = world.customers["ratna"]
    actions.add_preference(customer=ratna, kind="likes", text="keju")
    with pytest.raises(DomainError) as refused:
        actions.add_preference(customer=ratna, kind="allergy", text="kacang")
    assert refused.value.code == "consent_missing"
    with pytest.raises(DomainError):
        actions.change_profile(customer=ratna, age_band="40-59")
    actions.change_profile(customer=ratna, resells_what="keju")
    actions.answer_consent(customer=ratna, purpose="profile", state="given", how="counter")
    owner, page = world.client("owner"), world.url(f"customers/{ratna.pk}/about/")
    owner.post(page, {"part": "wish", "kind": "allergy", "text": "kacang"})
    owner.post(page, {"part": "profile", "age_band": "40-59", "household_size": "4", "buys_for": "guests"})
    profile = Profile.objects.get()
    assert (profile.age_band, profile.household_size, profile.resells_what) == ("40-59", 4, "keju")
    assert Preference.objects.count() == 2
    owner.post(world.url(f"customers/wishes/{Preference.objects.first().pk}/removal/"))
    assert Preference.objects.count() == 1


def test_a_number_that_belongs_to_somebody_new(world):
    ratna = world.customers["ratna"]
    identity = queries.identities_of(ratna.pk)[0]
    path = world.url(f"customers/identities/{identity.pk}/owner/")
    assert world.client("owner").post(path, {"name": ""}).status_code == 302
    assert queries.phone_of(ratna) == "+6281230004001"
    world.client("owner").post(path, {"name": "Mas Baru"})
    person = queries.by_identity("phone", "081230004001")
    assert person.display_name == "Mas Baru" and queries.phone_of(ratna) == ""


def test_how_they_are_called_and_greeted(world):
    ratna, owner = world.customers["ratna"], world.client("owner")
    answer = owner.post(
        world.url(f"customers/{ratna.pk}/edit/"),
        {"display_name": "Bu Ratna Wulandari", "nickname": "Nana", "speech": "krama", "point": "-8.05, 111.71",
         "reach_by": "call", "reach_hours": "evening", "district": "Kauman, Ponorogo"},
    )  # fmt: skip
    assert answer.status_code == 302
    ratna.refresh_from_db()
    assert (ratna.latitude, ratna.longitude, called(ratna)) == (-8.05, 111.71, "Bu Nana")
    assert opening(ratna).startswith("Nuwun sewu") and queries.openings()[ratna.pk].endswith(".")
    assert queries.find("nana") == [ratna]
    ratna = actions.change_customer(customer=ratna, greeting="Halo")
    assert opening(ratna) == "Halo."
    wrong = owner.post(world.url(f"customers/{ratna.pk}/edit/"), {"display_name": "Bu Ratna", "point": "depan SD"})
    assert wrong.status_code == 422
