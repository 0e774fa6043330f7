"""Texts for the customer: one question for everything that is open, and the order said back."""

from typing import Final

from .record import Item, Language, Reading

_DAYS: Final = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: Final = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_ASKS: Final = {
    "id": {
        "variant": "rasanya apa",
        "qty": "jumlahnya berapa",
        "unit": "maksudnya berapa kotak atau berapa biji",
        "product": "{asked} tidak ada di daftar kami, mau diganti apa",
        "items": "mau pesan rasa apa dan berapa",
        "date": "untuk hari dan tanggal berapa",
        "pickup_date": "diambilnya hari dan tanggal berapa",
        "confirm_date": "benar untuk {date}",
        "time": "jamnya pagi atau malam",
        "fulfilment": "diambil sendiri atau diantar",
        "address": "alamat lengkapnya di mana",
        "address_if_none_saved": "alamatnya masih sama, atau boleh ditulis lengkap",
        "payment": "bayarnya transfer, QRIS, atau tunai",
        "which_order": "pesanan yang mana (nama dan tanggalnya)",
        "dp_handling": "uang mukanya kami kembalikan atau dipakai lain waktu",
        "purchase_date_or_batch": "belinya kapan, atau kode di kemasannya apa",
        "photo": "boleh kirim fotonya",
        "confirm_items": "pesanannya sama seperti terakhir, benar begitu",
        "shorter_text": "pesannya terlalu panjang untuk dibaca sekaligus, boleh ditulis ulang hanya pesanannya",
    },
    "en": {
        "variant": "which flavour",
        "qty": "how many",
        "unit": "how many boxes or how many pieces",
        "product": "we do not have {asked}, what may we give instead",
        "items": "which flavours and how many",
        "date": "for which day and date",
        "pickup_date": "on which day and date will it be picked up",
        "confirm_date": "is {date} right",
        "time": "is that in the morning or in the evening",
        "fulfilment": "will you pick it up or shall we deliver it",
        "address": "what is the full address",
        "address_if_none_saved": "is the address still the same, or may we have it in full",
        "payment": "will you pay by transfer, QRIS or cash",
        "which_order": "which order (name and date)",
        "dp_handling": "shall we return the deposit or keep it for another time",
        "purchase_date_or_batch": "when was it bought, or what is the code on the package",
        "photo": "may we have a photo",
        "confirm_items": "the same as last time, is that right",
        "shorter_text": "the message is too long to read at once, may we have just the order",
    },
}
_OPENINGS: Final = {"id": "Maaf {who}, ", "en": "Sorry, "}
_REGRETS: Final = {
    "id": "Mohon maaf sekali {who} atas kejadian ini. Supaya segera kami bereskan: ",
    "en": "We are very sorry about this. So that we can put it right: ",
}
_ECHO: Final = {
    "id": {
        "pickup": "diambil",
        "delivery": "diantar",
        "courier": "dikirim kurir",
        "expedition": "dikirim paket",
        "isi": "isi {n}",
        "end": "Sudah benar?",
        "for": "untuk {who}",
        "about": "sekitar {n}",
        "between": "{low} sampai {high}",
        "open": "(jumlah belum jelas)",
        "any": "(rasa belum jelas)",
        "time": "jam {t}",
    },
    "en": {
        "pickup": "pick-up",
        "delivery": "delivery",
        "courier": "by courier",
        "expedition": "by parcel",
        "isi": "of {n}",
        "end": "Is that right?",
        "for": "for {who}",
        "about": "about {n}",
        "between": "{low} to {high}",
        "open": "(how many is open)",
        "any": "(flavour is open)",
        "time": "at {t}",
    },
}
_NOTED: Final = {
    "id": {
        "question": "Rencana pesanannya {who}:",
        "complaint": "Keluhan yang kami catat {who}:",
        "cancel": "Yang dibatalkan ya {who}:",
        "change_add": "Kami tambahkan ya {who}:",
        "change_remove": "Kami kurangi ya {who}:",
        "change_replace": "Kami ubah menjadi ya {who}:",
        "order": "Kami catat ya {who}:",
    },
    "en": {
        "question": "Your plan:",
        "complaint": "Your complaint:",
        "cancel": "To be cancelled:",
        "change_add": "We add:",
        "change_remove": "We take off:",
        "change_replace": "We change it to:",
        "order": "We noted:",
    },
}
_PARTS: Final = {
    "id": {"pagi": "pagi", "siang": "siang", "sore": "sore", "malam": "malam"},
    "en": {"pagi": "in the morning", "siang": "around noon", "sore": "in the afternoon", "malam": "in the evening"},
}


def question(reading: Reading, language: Language) -> str:
    """Everything open in one friendly message; "" when nothing is."""
    if not reading.must_ask:
        return ""
    parts = [_ask(reading, code, language) for code in reading.must_ask]
    opening = (_REGRETS if reading.intent == "complaint" else _OPENINGS)[language].format(
        who=reading.honorific or "Kak"
    )
    if len(parts) == 1:
        return f"{opening}{parts[0]}?"
    last = "dan" if language == "id" else "and"
    return f"{opening}{', '.join(parts[:-1])}, {last} {parts[-1]}?"


def summary(reading: Reading, language: Language) -> str:
    """The order as a short list with day, way and place; "" when there is nothing to say back."""
    words = _ECHO[language]
    lines = [f"- {_item(reading, item, language)}" for item in reading.items]
    when = _when(reading, language)
    how = words.get(reading.fulfilment or "", "")
    place = (reading.address or {}).get("text", "")
    detail = ", ".join(part for part in (when, f"{how} {place}".strip()) if part)
    if reading.intent is None or not (lines or detail):
        return ""
    noted = _NOTED[language]
    body = [
        noted.get(reading.intent, noted["order"]).format(who=reading.honorific or "Kak"),
        *lines,
        *([detail[:1].upper() + detail[1:]] if detail else []),
    ]
    return "\n".join([*body, words["end"]])


def _ask(reading: Reading, code: str, language: Language) -> str:
    kind, _, about = code.partition(":")
    if kind == "pack_size":
        return _ask_pack(reading, about, language)
    if kind == "variant" and (unclear := _unclear(reading)):
        return _ask_variant(reading, unclear, language)
    if kind == "confirm_items" and reading.last:
        last = "; ".join(_item(reading, item, language) for item in reading.last)
        return (
            f"seperti terakhir ({last}), benar begitu" if language == "id" else f"as last time ({last}), is that right"
        )
    asked = next((item.asked_for for item in reading.items if item.asked_for), "")
    day = _long_date(reading, language)
    return _ASKS[language].get(kind, kind).format(asked=(asked or "").replace("_", " "), date=day)


def _ask_pack(reading: Reading, about: str, language: Language) -> str:
    """ "kacang hijaunya yang isi 10 atau 20?" """
    name = reading.names.get(about, about.replace("_", " ")).lower()
    sizes = [str(size) for size in reading.pack_choices.get(about, ())]
    joined = (
        f"{', '.join(sizes[:-1])} {'atau' if language == 'id' else 'or'} {sizes[-1]}"
        if len(sizes) > 1
        else "".join(sizes)
    )
    if language == "id":
        return f"{name}nya yang isi {joined or 'berapa'}"
    return f"how many pieces in a box of {name}" + (f": {joined}" if joined else "")


def _unclear(reading: Reading) -> Item | None:
    return next((item for item in reading.items if item.variant is None and (item.asked_for or item.candidates)), None)


def _ask_variant(reading: Reading, item: Item, language: Language) -> str:
    if item.candidates:
        choices = [reading.names.get(code, code.replace("_", " ")).lower() for code in item.candidates]
        return f"yang {' atau '.join(choices)}" if language == "id" else f"{' or '.join(choices)}"
    asked = (item.asked_for or "").replace("_", " ")
    return (
        f"rasa {asked} tidak ada, mau diganti rasa apa"
        if language == "id"
        else f"we have no {asked}, which flavour instead"
    )


def _item(reading: Reading, item: Item, language: Language) -> str:
    words = _ECHO[language]
    name = reading.names.get(item.product or "", item.asked_for or "?")
    taste = reading.names.get(item.variant or "", item.variant or "") or (words["any"] if item.product else "")
    parts = " + ".join(reading.names.get(code, code) for code in item.components)
    if item.qty_min is not None and item.qty_max is not None:
        count = words["between"].format(low=item.qty_min, high=item.qty_max)
    elif item.qty is None:
        count = words["open"]
    else:
        count = words["about"].format(n=item.qty) if item.qty_approx else f"{item.qty}"
    pack = words["isi"].format(n=item.pack_size) if item.pack_size else ""
    person = words["for"].format(who=item.person) if item.person else ""
    pieces = (name, taste, f"({parts})" if parts else "", count, item.unit or "", pack, person)
    return " ".join(piece for piece in pieces if piece)


def _when(reading: Reading, language: Language) -> str:
    words = [_long_date(reading, language)]
    if reading.daypart:
        words.append(_PARTS[language].get(reading.daypart, reading.daypart))
    if reading.clock:
        words.append(_ECHO[language]["time"].format(t=reading.clock.strftime("%H.%M" if language == "id" else "%H:%M")))
    return " ".join(word for word in words if word)


def _long_date(reading: Reading, language: Language) -> str:
    """ "Sabtu 28 November 2026"; "" when there is no date."""
    day = reading.day
    return f"{_DAYS[language][day.weekday()]} {day.day} {_MONTHS[language][day.month - 1]} {day.year}" if day else ""
