"""What the order is for: a wedding, a reading circle, the seventh day of a death. Its date comes from `schedule`."""

from dataclasses import dataclass
from typing import Final

from .line import Line, either
from .text import words

_WORDS: Final = {
    "pernikahan": (
        "(?:akad )?(?:nikahan|nikah|pernikahan|mantenan|manten|ngantenan|mantu|resepsi|walimah|walimahan|rabi)|akad"
    ),
    "khitanan": "khitanan|khitan|sunatan|sunat|supitan|tetakan",
    "hajatan": "(?:rewang )?(?:hajatan|hajat|duwe damel|duwe untuk|ewuh)|duwe gawe",
    "tingkeban": "tingkeban|mitoni|#7 bulanan|tujuh bulanan",
    "sepasaran": "sepasaran",
    "selapanan": "selapanan",
    "aqiqah": "aqiqah|aqiqahan|akikah|akikahan|akekah|kekahan",
    "lamaran": "lamaran|tunangan|tingjepan",
    "halal_bihalal": "halal bihalal|halbil|halal bil halal",
    "buka_bersama": "bukber|buka (?:puasa|bersama)(?: bersama)?|bukaan",
    "takjil": "takjil|takjilan",
    "arisan": "arisan",
    "pengajian": "pengajian|pengjian|pngajian|pengajiyan|ngaji|ngajian|khataman|semaan|simaan",
    "yasinan": "yasinan|yasin|yasin tahlil|yasinta",
    "sholawatan": "sholawatan|solawatan|dibaan|manaqiban|manakiban",
    "takziah": "takziah|takziyah|ta ziah|layat|melayat|lelayu|orang meninggal",
    "haul": "haul|haulan|khaul",
    "syukuran": "syukuran|tasyakuran|sukuran|tasyakur",
    "ulang_tahun": "ulang tahun|ulangtahun|ultah",
    "wisuda": "wisuda|wisudaan|perpisahan|kelulusan",
    "rapat": "rapat|meeting|rakor|musyawarah|musdes|pertemuan|kumpulan",
    "reuni": "reuni|reunian|temu kangen",
    "bersih_desa": "bersih desa|nyadran|nyadranan|ruwatan",
    "ruwahan": "ruwahan|megengan|punggahan",
    "posyandu": "posyandu",
    "kerja_bakti": "kerja bakti|gotong royong|tirakatan",
    "kajian": "kajian",
    "lomba": "lomba|perlombaan",
    "seminar": "seminar|pelatihan|workshop|sosialisasi",
}
_FALLBACK: Final = {
    "tahlilan": "tahlilan|tahlil|tahlilane",
    "selamatan": "selamatan|slametan|slamatan|kenduri|kenduren|genduren|bancakan",
}
_MOURNED: Final = either(
    "bapak|ibu|pak|bu|mbah|simbah|alm|almarhum|almarhumah|suami|istri|orang",
    "kakek|nenek|adik|kakak|mertua|bude|pakde|mak|anak",
)
_GATHERING: Final = "(?:tahlilan|tahlil|selamatan|slametan|peringatan)"
_DAY_COUNT: Final = "#(?P<n>3|7|40|100|1000)(?: -)?"
_MEMORIALS: Final = (
    (rf"(?:{_GATHERING} )?{_DAY_COUNT} (?:hari|harian)(?= (?:nya )?(?:{_MOURNED}))", ""),
    (rf"{_GATHERING} {_DAY_COUNT}(?: hari| harian)?", ""),
    (rf"{_DAY_COUNT} harian", ""),
    ("nelung dina|nelung hari|nelung dino|telung dinanan", "selamatan_3_hari"),
    ("mitung dina|mitung hari|mitung dino", "selamatan_7_hari"),
    ("matang puluh(?: hari)?|patang puluhan", "selamatan_40_hari"),
    ("nyatus(?: hari)?|nyatusan", "selamatan_100_hari"),
    ("nyewu(?: hari)?|nyewunan", "selamatan_1000_hari"),
    ("(?:pendak|mendhak|mendak|pendhak)(?: pisan| #1| sepisan| pertama)?", "selamatan_1_tahun"),
    ("(?:pendak|mendhak|mendak|pendhak) (?:pindo|pindho|#2|kedua)", "selamatan_2_tahun"),
)

SAME_DAY: Final = words(
    """
    arisan pengajian yasinan sholawatan takziah tahlilan selamatan syukuran ulang_tahun rapat posyandu
    kerja_bakti kajian buka_bersama takjil seminar sepasaran selapanan
    """
)
"""Small gatherings: their food is fetched or brought the same day. For large feasts that is a question."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """An occasion named in the message, tokens `start` up to `end`."""

    type: str
    start: int
    end: int

    @property
    def same_day(self) -> bool:
        """Whether the goods are needed on the day itself."""
        return self.type in SAME_DAY or (self.type.startswith("selamatan_"))


def find_occasion(line: Line) -> Occasion | None:
    """The first occasion named; a memorial day ("7 harinya bapak") wins over the tahlilan it is held with.

    All are claimed, so "7 hari" can be neither a quantity nor a date.
    """
    found: list[Occasion] = []
    for expression, kind in reversed(_MEMORIALS):
        for place in list(line.find(expression)):
            line.claim(place.start, place.end, "event")
            found.append(Occasion(kind or f"selamatan_{place['n']}_hari", place.start, place.end))
    for table in (_WORDS, _FALLBACK, {"acara": "(?:ada )?acara"}):
        later = []
        for kind, expression in table.items():
            for place in list(line.find(expression)):
                if place.start and line.tokens[place.start - 1].sym in ("bakda", "habis", "sebelum", "setelah"):
                    continue
                line.claim(place.start, place.end, "event")
                later.append(Occasion(kind, place.start, place.end))
        found += sorted(later, key=lambda occasion: occasion.start)
    return found[0] if found else None
