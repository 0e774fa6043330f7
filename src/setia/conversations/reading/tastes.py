"""Flavours as customers call them, whatever the shop's own names are; and other snacks, so none becomes a bakpia."""

from typing import Final

# Word by word: the canonical word, then its spellings.
_WORDS: Final = """
kacang kc kcg kcang kcng kacng kacangan
hijau ijo hijo ijau hjau ijone
hitam item itam htm ireng
merah
kumbu kumbuh kmbu kmb kumb
keju kju kejo cheese
cokelat coklat cok ckl ckt ckltnya coklatt cokkat cklt cokl cklat coklt choco chocolate cokolat cklet cokl8
susu ssu milk
ubi telo tela ketela
ungu
nanas pineapple
durian duren drian
original ori orisinil orisinal
stroberi strawberry strobery
campur campuran cmpr mix mixed komplit aneka campur2 dicampur nyampur campurke macam2 macem2
bebas terserah sembarang
"""

# The flavour, then the phrases (in canonical words) that mean it.
_PHRASES: Final = """
kacang_hijau = kacang hijau, hijau, kacang
kumbu_hitam = kumbu hitam, kumbu, hitam, kacang hitam
keju = keju
cokelat = cokelat
susu = susu
ubi_ungu = ubi ungu, ubi, ungu
nanas = nanas
durian = durian
green_tea = green tea, greentea, matcha, green
original = original
kacang_merah = kacang merah
stroberi = stroberi
kopi = kopi
vanila = vanila
pandan = pandan
kelapa = kelapa
red_velvet = red velvet
tiramisu = tiramisu
pisang = pisang
jagung = jagung
blueberry = blueberry
mangga = mangga
campur = campur
bebas = bebas
"""

_SNACKS: Final = (
    "nastar kastengel brownies bolu lapis risol risoles lemper onde onde2 donat apem roti kukis bolen"
    " keripik kripik tempe lumpia pastel pukis wingko getuk jenang dodol wajik klepon pudding puding kacang_telur"
    " putri_salju lidah_kucing tumpeng cucur semprong soes martabak"
)


def _words() -> dict[str, str]:
    return {spelling: line.split()[0] for line in _WORDS.strip().splitlines() for spelling in line.split()}


def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    found = {}
    for line in _PHRASES.strip().splitlines():
        taste, phrases = line.split(" = ")
        found[taste] = tuple(tuple(phrase.split()) for phrase in phrases.split(", "))
    return found


WORDS: Final = _words()
PHRASES: Final = _phrases()
SNACKS: Final = frozenset(word for word in _SNACKS.split() if "_" not in word)
ANY_SHOP: Final = ("campur", "bebas")
"""Answers that are not a flavour of their own: mixed, and "whatever you like"."""
