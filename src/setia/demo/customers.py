"""Stories of people: a household, wishes, somebody written down twice, somebody who asks about their data."""

from datetime import timedelta

from setia.core import clock
from setia.customers import actions, merging, privacy
from setia.customers.models import Customer
from setia.shops.models import Member


def tell(people: list[Customer], owner: Member) -> None:
    """The cast's best-known customers, as a year of knowing them looks."""
    ratna, slamet, yanti, endah, siti, guru, kasan = people[:7]
    for person in (ratna, yanti, siti):
        actions.answer_consent(
            customer=person, purpose="profile", state="given", how="counter", evidence="boleh bu", by=owner
        )
    actions.change_customer(
        customer=ratna, nickname="Ratna", reach_by="whatsapp", reach_hours="afternoon", speech="krama",
        latitude=-8.0861, longitude=111.7632,
    )  # fmt: skip
    actions.add_preference(customer=ratna, kind="likes", text="hangat dari oven", by=owner)
    actions.add_preference(customer=ratna, kind="dislikes", text="terlalu manis", by=owner)
    actions.add_preference(customer=siti, kind="allergy", text="kacang tanah", by=owner)
    actions.change_profile(customer=ratna, age_band="40-59", household_size=5, buys_for="guests", expects="taste")
    child = actions.add_customer(display_name="Mas Bagas Pogalan", district="Pogalan", by=owner)
    actions.join_household(customer=child, other=ratna, role="beli")
    actions.join_household(customer=ratna, other=child, role="ambil")
    home = Customer.objects.select_related("household").get(pk=ratna.pk).household
    if home:
        actions.change_household(household=home, name="Keluarga Bu Ratna", note="anaknya beli, ibunya yang ambil")
    actions.relate(customer=ratna, other=child, kind="parent")
    actions.relate(customer=guru, other=endah, kind="colleague", label="satu sekolah dengan")
    actions.change_profile(
        customer=yanti, resells_what="kacang hijau dan keju, isi 10", resells_where="pasar Ngemplak",
        agreed_thanks="satu kotak tiap sepuluh pembeli baru",
    )  # fmt: skip
    again = actions.add_customer(display_name="Siti Pogalan", district="Pogalan", landmark="timur pasar", by=owner)
    actions.add_note(customer=again, text="Titip pesan lewat tetangga.", by=owner)
    twin = actions.add_customer(display_name="Pak Kasan Karangan", district="Karangan", by=owner)
    merging.merge(kept=kasan, gone=twin, by=owner)
    privacy.change_rules(
        regencies=["Trenggalek", "Tulungagung"], contact="Bu Harti, di toko", stored_at="laptop di toko"
    )
    with clock.frozen(clock.now() - timedelta(hours=20)):
        privacy.ask(customer=slamet, kind="show", how="chat", words="Data saya apa saja yang dicatat bu?", by=owner)
    merging.find_pairs()
