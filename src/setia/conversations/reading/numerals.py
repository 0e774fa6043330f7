"""Number words: Indonesian, Javanese ngoko and krama. The grammar that joins them is in `numbers`."""

from typing import Final

_DIGITS: Final = """
1 satu siji setunggal satunggal stu sji
2 dua loro kalih rong duwa dwa roro rwa
3 tiga telu telung tigang tigo tga tig
4 empat papat patang sekawan mpat empt pat
5 lima limo limang gangsal
6 enam enem nem nemang
7 tujuh pitu pitung tuju
8 delapan lapan wolu wolung dlapan
9 sembilan sanga songo sango sangang smbilan sembilang
"""

_FIXED: Final = """
10 sepuluh sedasa sedoso spuluh sepulu
11 sebelas sewelas
12 rolas
13 telulas
14 patbelas
15 limalas
16 nembelas
17 pitulas
18 wolulas
19 sangalas songolas
21 selikur
22 rolikur
23 telulikur
24 patlikur
25 selawe selangkung
26 nemlikur
27 pitulikur
28 wolulikur
29 sangalikur songolikur
50 seket
60 sewidak suwidak swidak
"""

_SCALES: Final = """
belas belas welas las
likur likur
puluh puluh dasa doso pluh
ratus ratus atus rts
ribu ribu rb rbu rebu ewu
juta juta jt yuta yuto
"""

_DOZENS: Final = """
2 pasang
12 lusin losin lsn dosin
20 kodi
144 gros
"""


def _values(block: str) -> dict[str, int]:
    return {word: int(value) for value, *words in map(str.split, block.strip().splitlines()) for word in words}


DIGITS: Final = _values(_DIGITS)
FIXED: Final = _values(_FIXED)
SCALES: Final = {word: scale for scale, *words in map(str.split, _SCALES.strip().splitlines()) for word in words}
DOZENS: Final = _values(_DOZENS)
HUNDRED: Final = {"seratus", "satus", "sratus"}
THOUSAND: Final = {"seribu", "sewu", "srb"}
MILLION: Final = {"sejuta", "sakyuta"}
ONE_DOZEN: Final = {prefix + word: value for word, value in DOZENS.items() for prefix in ("se", "sak", "sa")}
VAGUE: Final = {"beberapa", "belasan", "puluhan", "ratusan", "ribuan"}

# Written in one word: "limapuluh", "duabelas", "rongatus", "kalihwelas".
GLUED: Final = {
    digit + scale: (digit, scale)
    for digit in DIGITS
    for scale in ("belas", "welas", "puluh", "dasa", "doso", "ratus", "atus", "ribu", "ewu", "likur")
    if digit + scale not in FIXED
}

NUMBER_WORDS: Final = frozenset(
    {*DIGITS, *FIXED, *SCALES, *DOZENS, *HUNDRED, *THOUSAND, *MILLION, *ONE_DOZEN, *GLUED, *VAGUE, "setengah"}
)
