"""The seasons that move orders of snacks and cakes in the villages of southern East Java.

Each has a rule for its days and a hint on what to prepare. Habits differ from village to village: the hints propose,
the owner decides.
"""

from dataclasses import dataclass
from typing import Final

from setia.core.calendars.spans import (
    When,
    around,
    days_of_year,
    friday_of_selo,
    from_feast_to_eve_of,
    javanese_months,
    paydays,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """`anchor` is the feast a season hangs on: correcting the feast moves the season with it."""

    code: str
    name_id: str
    name_en: str
    when: When
    hint_id: str
    hint_en: str
    anchor: str = ""
    memorial: bool = False


def _feast(
    code: str, name_id: str, name_en: str, feast: str, days: tuple[int, int], hint_id: str, hint_en: str
) -> Rule:
    return Rule(code, name_id, name_en, around(feast, *days), hint_id, hint_en, anchor=feast)


RULES: Final = (
    Rule(
        "wedding_months",
        "Musim nikahan Jumadilakir–Ruwah",
        "Wedding season before Ramadan",
        javanese_months(6, 8),
        "Kotak untuk tamu. Kirim penawaran sejak 60 hari sebelumnya.",
        "Boxes for guests. Send quotes from 60 days before.",
    ),
    _feast(
        "isra_mikraj",
        "Isra Mikraj",
        "Isra and Mi'raj",
        "isra_mikraj",
        (0, 0),
        "Kotak kue masjid, isi 2 sampai 4.",
        "Snack boxes for the mosque, 2 to 4 pieces.",
    ),
    _feast(
        "imlek", "Imlek", "Chinese New Year", "imlek", (0, 0), "Pesanan sedikit di desa.", "Few orders in villages."
    ),
    Rule(
        "ruwahan",
        "Ruwahan dan nyadran",
        "Ruwahan, month of grave visits",
        javanese_months(8, 8),
        "Bingkisan selamatan. Tulis pesan yang tenang.",
        "Parcels for memorial meals. Keep the words quiet.",
        memorial=True,
    ),
    _feast(
        "megengan",
        "Megengan",
        "Megengan, the week before Ramadan",
        "ramadan",
        (-7, -1),
        "Apem yang utama; tawarkan kue sebagai tambahan.",
        "Apem comes first; offer cakes as an addition.",
    ),
    Rule(
        "ramadan",
        "Ramadan",
        "Ramadan",
        from_feast_to_eve_of("ramadan", "idul_fitri"),
        "Pesanan buka puasa tiap hari; perbanyak yang tahan lama.",
        "Daily orders for breaking the fast; bake more that keeps.",
        anchor="ramadan",
    ),
    _feast(
        "nuzulul_quran",
        "Nuzulul Quran",
        "Nuzulul Quran",
        "ramadan",
        (16, 16),
        "Kotak kue untuk masjid.",
        "Snack boxes for the mosque.",
    ),
    # The odd nights 21 to 29 begin the evening before the day.
    _feast(
        "maleman",
        "Maleman",
        "The last odd nights of Ramadan",
        "ramadan",
        (19, 27),
        "Kotak kue untuk masjid di malam ganjil.",
        "Snack boxes for the mosque on odd nights.",
    ),
    _feast(
        "lebaran_hampers",
        "Hampers Lebaran",
        "Eid gift boxes",
        "idul_fitri",
        (-21, -3),
        "Puncak terbesar. Tutup pesanan begitu penuh.",
        "The biggest peak. Close orders as soon as you are full.",
    ),
    _feast(
        "lebaran_arrivals",
        "Mudik dan oleh-oleh Lebaran",
        "Travellers home for Eid",
        "idul_fitri",
        (-3, 10),
        "Siapkan stok di toko untuk oleh-oleh.",
        "Stock the counter with gifts to take home.",
    ),
    _feast("idul_fitri", "Idulfitri", "Eid al-Fitr", "idul_fitri", (0, 1), "Ucapkan selamat.", "Send good wishes."),
    _feast(
        "kupatan",
        "Kupatan",
        "Kupatan, a week after Eid",
        "idul_fitri",
        (7, 7),
        "Ramai di Durenan. Siapkan stok dan stan.",
        "Crowds in Durenan. Prepare stock and a stall.",
    ),
    Rule(
        "syawal_weddings",
        "Nikahan Syawal dan halalbihalal",
        "Weddings and reunions after Eid",
        javanese_months(10, 10),
        "Kotak untuk tamu dan pertemuan keluarga.",
        "Boxes for guests and family reunions.",
    ),
    Rule(
        "nyadran_dam_bagong",
        "Nyadran Dam Bagong",
        "Nyadran at the Bagong dam",
        friday_of_selo(),
        "Pastikan harinya, lalu siapkan stan.",
        "Confirm the day, then prepare a stall.",
    ),
    Rule(
        "besar",
        "Bulan Besar: nikahan dan khitanan",
        "Besar, the peak of weddings and circumcisions",
        javanese_months(12, 12),
        "Pesanan besar setiap hari. Jaga batas kemampuan.",
        "Large orders every day. Hold to your capacity.",
    ),
    _feast(
        "idul_adha",
        "Iduladha",
        "Eid al-Adha",
        "idul_adha",
        (0, 0),
        "Berbarengan dengan musim nikah: pesanan lebih awal.",
        "Falls in wedding season: ask for early orders.",
    ),
    Rule(
        "school_holidays",
        "Khitanan libur sekolah",
        "Circumcisions in the school holidays",
        days_of_year((6, 20), (7, 15), custom=True),
        "Kotak khitanan.",
        "Boxes for circumcision parties.",
    ),
    Rule(
        "sura",
        "Bulan Sura",
        "Sura, the quiet month",
        javanese_months(1, 1),
        "Sepi hajatan. Waktunya perawatan alat dan potongan untuk langganan.",
        "Few parties. Time for maintenance and a treat for regulars.",
    ),
    Rule(
        "graduation",
        "Kelulusan sekolah",
        "School graduation",
        days_of_year((6, 1), (6, 30), custom=True),
        "Kotak hadiah.",
        "Gift boxes.",
    ),
    Rule(
        "independence",
        "Tirakatan dan 17 Agustus",
        "Independence Day",
        days_of_year((8, 16), (8, 17)),
        "Kotak kue untuk RT, malam tanggal 16.",
        "Snack boxes for the neighbourhood on the eve.",
    ),
    _feast(
        "maulid",
        "Maulid Nabi",
        "Birthday of the Prophet",
        "maulid",
        (0, 0),
        "Kotak kue untuk masjid.",
        "Snack boxes for the mosque.",
    ),
    Rule(
        "trenggalek_day",
        "Hari Jadi Trenggalek",
        "Founding day of Trenggalek",
        days_of_year((8, 31), (8, 31), custom=True),
        "Pastikan acaranya, lalu siapkan stan.",
        "Confirm the programme, then prepare a stall.",
    ),
    Rule(
        "year_end",
        "Natal dan Tahun Baru",
        "Christmas and New Year",
        days_of_year((12, 25), (12, 31)),
        "Kotak hadiah dan oleh-oleh.",
        "Gift boxes and gifts to take home.",
    ),
    Rule(
        "payday",
        "Tanggal gajian",
        "Payday",
        paydays(25, 5),
        "Waktu yang baik untuk kabar produk baru.",
        "A good time for news of something new.",
    ),
)
