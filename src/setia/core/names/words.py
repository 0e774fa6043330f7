"""Words that stand around a name in an Indonesian phone book, all in lower case without dots."""

from typing import Final, Literal

_Known = tuple[str, Literal["female", "male"] | None]


def _table(*rows: tuple[str, Literal["female", "male"] | None, str]) -> dict[str, _Known]:
    return {word: (canonical, sex) for canonical, sex, words in rows for word in words.split()}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _variants(*rows: str) -> dict[str, str]:
    """Each row names the common spelling first."""
    return {variant: row.split()[0] for row in rows for variant in row.split()}


HONORIFICS: Final = _table(
    ("Bu", "female", "bu ibu ibuk buk bune bunda"),
    ("Pak", "male", "pak bapak bapake bp bpk pakne"),
    ("Mbak", "female", "mbak mba mb mbk"),
    ("Mas", "male", "mas"),
    ("Kak", None, "kak kakak kk"),
    ("Dik", None, "dik dek adik adek"),
    ("Bude", "female", "bude budhe budeh"),
    ("Pakde", "male", "pakde pakdhe"),
    ("Bulik", "female", "bulik bulek"),
    ("Paklik", "male", "paklik paklek"),
    ("Lik", None, "lik lek"),
    ("Mbah", None, "mbah"),
    ("Yu", "female", "yu yuk"),
    ("Cak", "male", "cak"),
    ("Ning", "female", "ning neng"),
    ("Gus", "male", "gus"),
    ("Bang", "male", "bang abang"),
    ("Om", "male", "om"),
    ("Tante", "female", "tante"),
    ("Koh", "male", "koh ko kokoh"),
    ("Ci", "female", "ci cik cece"),
    ("Kyai", "male", "kh kyai kiai"),
    ("Nyai", "female", "nyai"),
    ("Ustadz", "male", "ustadz ustad ustaz ust"),
    ("Ustadzah", "female", "ustadzah ustadah ustazah"),
    ("H.", "male", "h haji"),
    ("Hj.", "female", "hj hajah hajjah"),
    ("dr.", None, "dr drg"),
    ("Drs.", "male", "drs"),
    ("Dra.", "female", "dra"),
    ("Ir.", None, "ir"),
    ("Tn.", "male", "tn tuan"),
    ("Ny.", "female", "ny nyonya"),
    ("Sdr.", "male", "sdr saudara"),
    ("Sdri.", "female", "sdri saudari"),
)

# Written, not said: a greeting uses "Pak" or "Bu" instead.
FORMAL: Final = frozenset({"H.", "Hj.", "Drs.", "Dra.", "Ir.", "Tn.", "Ny.", "Sdr.", "Sdri."})

# Titles that may follow another honorific ("Bu Hj. Siti"). Other words after one are names ("Bu Ning").
TITLES: Final = FORMAL | {"dr.", "Kyai", "Nyai", "Ustadz", "Ustadzah"}

# Offices and callings, which may stand before the name: "Bu Bidan Rini", "Pak RT Slamet", or alone: "Bu Guru SD 2".
CALLINGS: Final = _set(
    "rt rw kades lurah camat carik kasun kaur modin guru bidan dokter perawat mantri kepsek satpam polisi"
)

# What somebody does or belongs to, written after the name: "Yanti reseller", "Mas JNE".
ROLES: Final = _set(
    "reseller agen supplier pemasok sales kurir ojek gojek grab travel sopir supir jne jnt j&t sicepat anteraja "
    "langganan pelanggan tetangga arisan pkk posyandu dawis paud tk tpq tpa sd sdn mts smp smpn sma smk kampus "
    "kantor dinas puskesmas masjid musholla pondok toko warung catering katering laundry bengkel salon bank bri bca "
    "bni penjahit tukang kenalan teman temannya anak istri suami adiknya kakaknya"
)

# A name that begins with one of these is the name of a business and stays whole.
BUSINESSES: Final = _set("toko warung catering katering ud cv pt kantor masjid pondok salon bengkel laundry rm")

PLACE_MARKS: Final = _set("dari dr ds desa dsn dusun kec kecamatan kel asal")

# Spelling variants of whole words, after old spelling and doubled letters are gone.
VARIANTS: Final = _variants(
    "muhamad m mh moh mohd muh moch much mohamad mochamad muchamad mohamed muhamed",
    "siti st sti",
    "ahmad achmad akhmad ach ahmat",
    "abdul abd",
)

# Names so common in front of another that they tell nobody apart.
WEAK_NAMES: Final = _set("muhamad")
