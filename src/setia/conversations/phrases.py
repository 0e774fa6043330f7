"""What a whole message says by its words: stop, the price list, a person, thanks, another machine. Pure."""

import re
from typing import Final

STOP_WORDS: Final = frozenset({"stop", "berhenti", "stop promo", "unsubscribe", "jangan kirim"})


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_PRICE_WORDS: Final = _words(
    "harga hrg hargane harganya rega regane menu menunya katalog katalognya catalog catalogue pricelist"
)
_AROUND_PRICE: Final = _words(
    "daftar price list pl info minta mau boleh bisa lihat liat tanya nanya kirim kirimi dikirim dong donk ya yaa dan",
    "nggih njih kak kakak ka min mimin admin bu ibu pak bapak mbak mba mb mas mbah bude budhe pakde bulik gan sis dik",
    "dek sama halo hallo hai hello prices assalamualaikum assalamu'alaikum ass permisi maaf punten nuwun sewu selamat",
    "pagi siang sore malam enjang sugeng nya berapa brp piro pinten tolong please send me the your see can i have",
)


def plain(text: str) -> str:
    """Words in small letters, single spaces, without marks around and between them."""
    return " ".join(re.sub(r"[^\w' ]+", " ", text.lower()).split())


def is_stop(text: str) -> bool:
    """Whether the whole message says: no more offers."""
    return plain(text) in STOP_WORDS


def asks_for_price_list(text: str) -> bool:
    """Whether the whole message asks for the price list and nothing else: one word too many and a person answers."""
    words = plain(text).split()
    if not words or len(words) > 10:
        return False
    asked = any(word in _PRICE_WORDS for word in words) or "price list" in " ".join(words)
    return asked and all(word in _PRICE_WORDS or word in _AROUND_PRICE for word in words)


_PICTURES: Final = _words("foto fotonya poto potonya gambar gambarnya picture pictures photo photos pic pics")
_GOODS: Final = _words("produk produknya kue kuenya products cakes")
_PERSON: Final = _words(
    "admin adminnya cs orang orangnya manusia operator pemilik owner human person agent somebody staff"
)
_ASK_PERSON: Final = _words(
    "bicara ngobrol ngomong chat talk speak hubungi panggil panggilkan sambungkan dengan sama ke to with mau minta",
    "ingin pengen pingin want bisa boleh real asli langsung customer service a an the saya aku i would like",
)
_COURTESY: Final = _words(
    "ok oke okey okay sip siap iya ya yaa nggih njih inggih matur nuwun suwun makasih terima kasih trims thanks thank",
    "baik alhamdulillah amin aamiin mantap enak sama sami pun monggo waalaikumsalam wa'alaikumsalam sudah sdh",
    "you noted good bagus hehe haha wkwk kembali sampai jumpa bye mbak bu kak pak mas banyak banget ditunggu tunggu",
)


def asks_for_pictures(text: str) -> bool:
    """Whether the whole message asks for pictures of what is sold, and nothing else."""
    words = plain(text).split()
    if not words or len(words) > 10 or not any(word in _PICTURES for word in words):
        return False
    return all(
        word in _PICTURES | _PRICE_WORDS | _AROUND_PRICE | {"produk", "produknya", "kue", "kuenya"} for word in words
    )


_CATALOGUE: Final = _words("katalog katalognya catalog catalogue")


def asks_for_catalogue(text: str) -> bool:
    """Whether the whole message asks for the catalogue, or for pictures of what is sold."""
    words = plain(text).split()
    return asks_for_pictures(text) or (asks_for_price_list(text) and any(word in _CATALOGUE for word in words))


def asks_for_person(text: str) -> bool:
    """Whether the whole message asks for a person: "admin", "mau bicara dengan orang", "talk to a human".

    "Halo admin" only greets; "admin, keju ada?" asks something else.
    """
    words = plain(text).split()
    if not words or len(words) > 10:
        return False
    named = [word for word in words if word in _PERSON] or "customer service" in " ".join(words)
    if not named or not all(word in _PERSON | _ASK_PERSON | _AROUND_PRICE for word in words):
        return False
    asked = any(word in _ASK_PERSON for word in words)
    return asked or all(word in _PERSON for word in words)


def is_courtesy(text: str) -> bool:
    """Thanks, yes, a smile, a bare greeting: nothing to answer."""
    words = plain(text).split()
    return all(word in _COURTESY | _AROUND_PRICE for word in words)


_MACHINE: Final = re.compile(
    r"pesan otomatis|balasan otomatis|auto[- ]?reply|automatic (?:reply|message|response)|out of office|"
    r"terima ?kasih (?:telah|sudah) (?:menghubungi|chat)|thank(?:s| you) for (?:contacting|your message|reaching)|"
    r"kami akan (?:segera )?(?:membalas|merespon|menghubungi)|we will (?:get back|reply|respond)|"
    r"(?:di luar|diluar) jam (?:kerja|operasional)|saat ini (?:kami )?(?:sedang )?(?:tutup|offline)|"
    r"balas (?:dengan )?(?:angka|ketik)|ketik (?:angka )?\d|press \d|reply with \d",
    re.IGNORECASE,
)
# "Halo" twice is a person who waits.
SHORT_WORDS: Final = 30
MOST_ANSWERS_AN_HOUR: Final = 3
NOON: Final = 12


def sounds_automatic(text: str) -> bool:
    """Whether a machine wrote this: the greeting or away message of another business."""
    return _MACHINE.search(text) is not None
