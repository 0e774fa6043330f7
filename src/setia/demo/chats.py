"""The demo's chats: what was said before, and customers who write while one looks."""

import json
import time
import urllib.error
import urllib.request
from datetime import timedelta
from pathlib import Path
from typing import Any

from setia.conversations import actions as conversations
from setia.core import clock
from setia.demo import attachments, cast, reach

# Days ago, hour, who speaks (True: the customer), words. Invented.
PAST: dict[str, tuple[tuple[int, int, bool, str], ...]] = {
    "ratna": (
        (21, 9, True, "Assalamualaikum bu, bakpia kacang ijo ready?"),
        (21, 9, False, "Waalaikumsalam Bu Ratna. Ready bu, baru matang."),
        (21, 9, True, "Pesan 2 kotak ya bu, nanti sore diambil"),
        (21, 16, False, "Sudah siap nggih bu, monggo diambil."),
    ),
    "slamet": (
        (35, 7, True, "Bu, kumbu item 3 kotak nggih, dipundhut sonten"),
        (35, 7, False, "Nggih Pak Slamet, matur nuwun."),
    ),
    "yanti": (
        (8, 10, True, "Mbak minggu ini tambah keju 5 ya"),
        (8, 10, False, "Siap Mbak Yanti, Kamis pagi dikirim lewat travel."),
        (7, 18, True, "Sudah sampai, makasih"),
    ),
    "siti": (
        (2, 13, True, "pesan bakpia kacang ijo 2 kotak, keju 3, diambil hari Senin sore"),
        (2, 13, False, "Siap Bu Siti, totalnya Rp112.000. DP 40rb dulu nggih."),
        (2, 14, True, "sudah saya transfer bu"),
    ),
}

# Minutes ago, who, words: chats that wait when the demo is opened for the first time.
WAITING = (
    (130, "guru", "Bu, kejunya bisa ditambah 2 kotak lagi? Kalau bisa saya ambil sekalian nanti sore."),
    (
        70,
        "ratna",
        "Assalamualaikum bu, pesan keju isi 10 2 kotak sama kumbu hitam isi 10 3 kotak, besok jam 3 sore, diambil ya",
    ),
    (45, "endah", "Bu, isi 20 yang kacang ijo harganya berapa ya?"),
)

# Minutes ago, who, words: what came in otherwise today (`inbox`), for the customers' side of the phone page.
TODAY = (
    (190, "slamet", "Balai desa Durenan"),
    (95, "yanti", "10 Kacang hijau isi 10, 10 Kacang hijau isi 20, diambil Sabtu pagi ya"),
    (84, "siti", "Bu, yang cokelat masih ada? Mau 2"),
)

# Seconds after the start, who, words: the emulator's phone page shows these as well.
LIVE = (
    (4, "slamet", "Bu, taksih wonten kumbu item mboten?"),
    (9, "siti", "Bu saya otw ambil pesanan ya"),
    # answered by machine: the price list as a picture, and products of the catalogue to tap
    (12, "slamet", "minta daftar harga nggih bu"),
    (14, "ratna", "katalognya dong bu"),
)


def _cast() -> dict[str, cast.CastCustomer]:
    return {customer.key: customer for customer in cast.CUSTOMERS}


def _digits(key: str) -> str:
    return _cast()[key].phone.lstrip("+")


def envelope(field: str, value: dict[str, Any], *, phone_number_id: str, waba_id: str) -> bytes:
    metadata = {"display_phone_number": cast.SHOP_NUMBER.lstrip("+"), "phone_number_id": phone_number_id}
    value = {"messaging_product": "whatsapp", "metadata": metadata} | value
    body = {
        "object": "whatsapp_business_account",
        "entry": [{"id": waba_id, "changes": [{"field": field, "value": value}]}],
    }
    return json.dumps(body).encode()


def write_history(*, phone_number_id: str, waba_id: str) -> None:
    """Bring in past chats the way WhatsApp hands over a phone's history, then the messages that still wait."""
    now = clock.now()
    threads = []
    for key, lines in PAST.items():
        messages = []
        for number, (days, hour, theirs, text) in enumerate(lines):
            moment = (now - timedelta(days=days)).replace(hour=(hour - 7) % 24, minute=3 * number, second=0)
            message = {
                "from": _digits(key) if theirs else cast.SHOP_NUMBER.lstrip("+"),
                "id": f"wamid.PAST-{key}-{number}",
                "timestamp": str(int(moment.timestamp())),
                "type": "text",
                "text": {"body": text},
                "history_context": {"status": "READ"},
            }
            messages.append(message if theirs else message | {"to": _digits(key)})
        threads.append({"id": _digits(key), "context": {"wa_id": _digits(key)}, "messages": messages})
    value = {"history": [{"metadata": {"phase": 0, "chunk_order": 1, "progress": 100}, "threads": threads}]}
    conversations.accept_delivery(body=envelope("history", value, phone_number_id=phone_number_id, waba_id=waba_id))
    for number, (minutes, key, text) in enumerate(WAITING):
        message = {
            "from": _digits(key),
            "id": f"wamid.WAITING-{number}",
            "timestamp": str(int((now - timedelta(minutes=minutes)).timestamp())),
            "type": "text",
            "text": {"body": text},
        }
        contact = {"wa_id": _digits(key), "profile": {"name": _cast()[key].name}}
        conversations.accept_delivery(
            body=envelope(
                "messages",
                {"contacts": [contact], "messages": [message]},
                phone_number_id=phone_number_id,
                waba_id=waba_id,
            )
        )
    while conversations.settle_deliveries():
        pass


def introduce(emulator: str, home: Path) -> None:
    """Once, when the emulator is up: tell it who the customers are, then let some of them write."""
    told = home / "introduced"
    if told.exists() or not _up(emulator):
        return
    _post(f"{emulator}/_emu/users", _users())
    _post(f"{emulator}/_emu/past", _said_before())
    _post(f"{emulator}/_emu/templates", reach.at_whatsapp())
    told.touch()
    started = time.monotonic()
    live = [*((seconds, key, "text", {"body": text}) for seconds, key, text in LIVE), *attachments.pictures()]
    for seconds, key, kind, content in sorted(live, key=lambda one: one[0]):
        time.sleep(max(0.0, seconds - (time.monotonic() - started)))
        _post(f"{emulator}/_emu/inbound", {"user": _digits(key), "type": kind, kind: content})


def _said_before() -> list[dict[str, Any]]:
    """The same chats as `write_history` put into the shop, for the customers' side of the phone page."""
    past = [
        {
            "user": _digits(key),
            "age_s": days * 86400 + (len(lines) - number) * 180,
            "text": text,
            "mine": not theirs,
            "id": f"wamid.PAST-{key}-{number}",
        }
        for key, lines in PAST.items()
        for number, (days, _hour, theirs, text) in enumerate(lines)
    ]
    waiting = [
        {"user": _digits(key), "age_s": minutes * 60, "text": text, "mine": False, "id": f"wamid.WAITING-{number}"}
        for number, (minutes, key, text) in enumerate(WAITING)
    ]
    today = [
        {"user": _digits(key), "age_s": minutes * 60, "text": text, "mine": False, "id": f"wamid.TODAY-{number}"}
        for number, (minutes, key, text) in enumerate(TODAY)
    ]
    return past + sorted(today + waiting, key=lambda said: -said["age_s"])


def _users() -> list[dict[str, Any]]:
    return [
        {"phone": customer.phone.lstrip("+"), "name": customer.name, "reads": True}
        for customer in cast.CUSTOMERS
        if customer.phone
    ]


def _up(emulator: str) -> bool:
    for _ in range(60):
        try:
            urllib.request.urlopen(f"{emulator}/_emu/users", timeout=2).close()  # noqa: S310 - our own emulator
            return True
        except OSError:
            time.sleep(0.5)
    return False


def _post(address: str, body: Any) -> None:
    request = urllib.request.Request(  # noqa: S310 - our own emulator
        address, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(request, timeout=10).close()  # noqa: S310
