"""The demo's inbox: two weeks of answered questions, chats of every kind, labels, quick replies, judgements. Invented.

Everything comes in by the door WhatsApp uses and is answered by the actions members use; statuses come back the same
way, so that nothing is left to be sent.
"""

import random
from datetime import datetime, timedelta
from typing import Any

from setia.catalog import queries as catalog
from setia.conversations import actions as conversations
from setia.conversations import queries
from setia.conversations.models import Conversation, Message
from setia.core import clock
from setia.core.scope import current_shop
from setia.customers import queries as customers
from setia.demo import cast, chats
from setia.orders import queries as orders
from setia.shops.models import Member

LABELS = (("Reseller", "blue"), ("Pesanan besar", "gold"), ("Tanya lagi", "violet"), ("Keluhan", "brick"))
QUICK_REPLIES = (
    ("Jam buka", "Kami buka Senin sampai Sabtu jam 7 pagi sampai 5 sore, Minggu sampai jam 12, {name}."),
    ("Rekening", "Pembayaran bisa lewat QRIS di toko, {name}, atau transfer. Nanti kami kirim nomornya."),
    ("Daya tahan", "Bakpia tahan 4 hari di suhu ruang, {name}. Jangan masuk kulkas supaya tetap lembut."),
    ("Matur nuwun", "Matur nuwun nggih {name}, ditunggu pesanan berikutnya di {shop}."),
)
# Questions of an ordinary day and answers to them.
QUESTIONS = (
    ("Bu, kacang ijo isi 10 masih ada?", "Masih Bu, baru matang. Mau diambil jam berapa?"),
    ("Besok buka jam berapa ya?", "Buka jam 7 pagi nggih."),
    ("Kalau pesan 10 kotak dapat potongan?", "Untuk 10 kotak ke atas bisa harga reseller Bu."),
    ("Keju isi 10 berapa?", "24 ribu sekotak Bu."),
    ("Bisa diantar ke Karangan?", "Bisa, ongkirnya 10 ribu nggih."),
    ("Saya sudah transfer ya Bu", "Sampun masuk Bu, matur nuwun."),
)
UNHAPPY = (
    (
        (9, 5, "Bu bakpia kemarin kok banyak yang hancur ya, kecewa saya"),
        (10, 40, "kok nggak dibalas"),
    ),
    "endah",
)


def fill(*, phone_number_id: str, waba_id: str) -> None:
    """Everything, in the order in which it happened. The shop is open."""
    post = _Post(phone_number_id, waba_id)
    _tools()
    _weeks(post)
    _news(post)
    _kinds(post)
    _sort()
    _judge()


class _Post:
    """WhatsApp's side: hands over messages and statuses, and lets the shop take them in."""

    def __init__(self, phone_number_id: str, waba_id: str) -> None:
        self._names = {"phone_number_id": phone_number_id, "waba_id": waba_id}
        self._people = {customer.key: (customer.phone, customer.name) for customer in cast.CUSTOMERS} | _others()
        self._count = 0

    def writes(self, key: str, kind: str, content: Any, at: datetime, **more: Any) -> str:
        """A customer sends something at a moment; returns its wamid."""
        self._count += 1
        (phone, name), wamid = self._people[key], f"wamid.DEMO-{self._count}"
        message = {
            "from": phone.lstrip("+"),
            "id": wamid,
            "timestamp": str(int(at.timestamp())),
            "type": kind,
            kind: content,
            **more,
        }
        contact = {"wa_id": phone.lstrip("+"), "profile": {"name": name}}
        self._deliver("messages", {"contacts": [contact], "messages": [message]}, at)
        return wamid

    def arrived(self, message: Message, at: datetime) -> None:
        """WhatsApp says that a message of the shop was read."""
        self._count += 1
        status = {
            "id": f"wamid.DEMO-OUT-{self._count}",
            "status": "read",
            "timestamp": str(int(at.timestamp())),
            "biz_opaque_callback_data": f"out:{message.pk}",
        }
        self._deliver("messages", {"statuses": [status]}, at)

    def _deliver(self, field: str, value: dict[str, Any], at: datetime) -> None:
        with clock.frozen(at):
            conversations.accept_delivery(body=chats.envelope(field, value, **self._names))
            while conversations.settle_deliveries():
                pass


def _tools() -> None:
    for name, colour in LABELS:
        conversations.save_label(name=name, colour=colour)
    for title, text in QUICK_REPLIES:
        conversations.save_quick_reply(title=title, text=text)
    conversations.change_chat_tools(
        place_name=cast.SHOP_NAME,
        place_address="Jl. Raya Pogalan, Trenggalek",
        latitude=-8.0561,
        longitude=111.7263,
        catalog_id="700100",
        slow_after=30,
    )
    conversations.change_auto_reply(trigger="price_list", enabled=True, text="", text_english="", carries="picture")


def _member(role: str) -> Member:
    return Member.objects.get(role=role)


def _others() -> dict[str, tuple[str, str]]:
    """Two more customers with a number: `one` and `two`."""
    known = {customer.phone for customer in cast.CUSTOMERS}
    phones = customers.phones_of([one.pk for one in customers.everybody().order_by("pk")[:13]])
    found = [(phone, pk) for pk, phone in sorted(phones.items()) if phone and phone not in known][:2]
    names = customers.everybody().in_bulk([pk for _phone, pk in found])
    return {key: (phone, names[pk].display_name) for key, (phone, pk) in zip(("one", "two"), found, strict=False)}


def _chat(key: str) -> Conversation:
    phone = (_others() | {customer.key: (customer.phone, "") for customer in cast.CUSTOMERS})[key][0]
    return Conversation.objects.exclude(last_message_at=None).get(
        customer__identities__value=phone, customer__identities__kind="whatsapp"
    )


def _weeks(post: _Post) -> None:
    """Ten days of questions, answered by Rini quickly, by Mas Yoga more slowly, at the hours people write."""
    chance, now = random.Random(7), clock.now()  # noqa: S311 - a story, no secret
    writers = [(_member("chat"), 6), (_member("manager"), 24)]
    keys = ("ratna", "slamet", "siti", "guru")
    for days in range(10, 0, -1):
        for number in range(3):
            hour = chance.choice((7, 8, 9, 10, 11, 13, 14, 15, 16))
            local = (now - timedelta(days=days)).astimezone(current_shop().zone)
            asked = local.replace(hour=hour, minute=chance.randrange(50), second=0, microsecond=0)
            question, answer = QUESTIONS[(days + number) % len(QUESTIONS)]
            writer, usual = writers[(days + number) % 2]
            after = asked + timedelta(minutes=max(1, round(chance.gauss(usual, usual / 3))))
            key = keys[(days + 2 * number) % len(keys)]
            post.writes(key, "text", {"body": question}, asked)
            _answer(post, key, answer, writer, after)


def _answer(post: _Post, key: str, words: str, writer: Member, at: datetime) -> Message:
    with clock.frozen(at):
        chat = _chat(key)
        message = conversations.reply(conversation=chat, text=words, sent_by=writer, key=f"demo-{key}-{at:%d%H%M}")
        conversations.mark_read(conversation=chat, by=writer)
    post.arrived(message, at + timedelta(minutes=1))
    return message


def _news(post: _Post) -> None:
    """Mbak Yanti had not written for days when her order was ready: the approved template brought the news."""
    at = (current_shop().now() - timedelta(days=3)).replace(hour=14, minute=20, second=0, microsecond=0)
    customer = _chat("yanti").customer
    order = orders.orders().filter(customer=customer, placed_at__lt=at).order_by("-placed_at", "-pk").first()
    template = next((row for row in queries.templates() if row.name == "pesanan_siap"), None)
    if order is None or template is None:
        return
    with clock.frozen(at):
        message = conversations.send_template(
            customer=customer,
            template=template,
            values={"order": f"#{order.number}"},
            purpose="ready",
            reference=f"order:{order.pk}",
        )
    post.arrived(message, at + timedelta(minutes=4))


def _today(hour: int, minute: int) -> datetime:
    """A moment of the latest day on which that hour is over."""
    now = current_shop().now()
    at = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return at if at < now else at - timedelta(days=1)


def _kinds(post: _Post) -> None:
    """Chats with everything that can come in, and a complaint that waited."""
    now = clock.now()
    place = {"latitude": -8.0719, "longitude": 111.7085, "name": "Balai desa Durenan", "address": "Durenan, Trenggalek"}
    post.writes("slamet", "location", place, now - timedelta(minutes=190))
    card = {"name": {"formatted_name": "Bu Tatik Arisan"}, "phones": [{"phone": "+62 812-3000-4099"}]}
    post.writes("slamet", "contacts", [card], now - timedelta(minutes=189))
    items = [
        {"product_retailer_id": sku, "quantity": quantity, "item_price": price, "currency": "IDR"}
        for sku, quantity, price in _articles()
    ]
    order = {"catalog_id": "700100", "text": "diambil Sabtu pagi ya", "product_items": items}
    post.writes("yanti", "order", order, now - timedelta(minutes=95))
    post.writes("siti", "text", {"body": "Bu, yang cokelat masih ada? Mau 2"}, now - timedelta(minutes=84))
    answer = _answer(
        post, "siti", "Masih Bu, disimpankan dua kotak nggih.", _member("chat"), now - timedelta(minutes=80)
    )
    answer.refresh_from_db()
    context = {"from": cast.SHOP_NUMBER.lstrip("+"), "id": answer.wamid}
    edited = post.writes("siti", "text", {"body": "Nggih, jadi 3 kotak"}, now - timedelta(minutes=70), context=context)
    reaction = {"message_id": answer.wamid, "emoji": "🙏"}
    post.writes("siti", "reaction", reaction, now - timedelta(minutes=69))
    change = {"original_message_id": edited, "message": {"type": "text", "text": {"body": "Nggih, jadi 4 kotak"}}}
    post.writes("siti", "edit", change, now - timedelta(minutes=68))
    gone = post.writes("siti", "text", {"body": "eh salah kirim"}, now - timedelta(minutes=66))
    post.writes("siti", "revoke", {"original_message_id": gone}, now - timedelta(minutes=65))
    poll = {"type": "poll_creation"}
    errors = [{"code": 131051, "title": "Message type unknown", "message": "Message type unknown"}]
    post.writes("siti", "unsupported", poll, now - timedelta(minutes=60), errors=errors)
    for key, words in zip(
        _others(), ("Bu, arisan bulan depan saya kabari lagi ya", "Matur nuwun, sampun"), strict=False
    ):
        post.writes(key, "text", {"body": words}, now - timedelta(minutes=240))
    lines, key = UNHAPPY
    for hour, minute, words in lines:
        post.writes(key, "text", {"body": words}, _today(hour, minute))


def _articles() -> list[tuple[str, int, int]]:
    offers = {offer.variant_id: offer for offer in catalog.sellable(kind="reseller", day=current_shop().today())}
    wanted = [variant for variant in catalog.variants() if variant.pk in offers][:2]
    return [(variant.sku, 10, offers[variant.pk].price) for variant in wanted]


def _sort() -> None:
    owner, rini = _member("owner"), _member("chat")
    labels = {label.name: label for label in queries.labels()}
    conversations.put_label(conversation=_chat("yanti"), label=labels["Reseller"], on=True, by=owner)
    conversations.put_label(conversation=_chat("endah"), label=labels["Keluhan"], on=True, by=owner)
    conversations.put_label(conversation=_chat("guru"), label=labels["Pesanan besar"], on=True, by=owner)
    conversations.assign(conversation=_chat("endah"), to=owner, by=owner)
    conversations.assign(conversation=_chat("siti"), to=rini, by=owner)
    tomorrow = (current_shop().now() + timedelta(days=1)).replace(hour=7, minute=0, second=0, microsecond=0)
    for key in _others():
        if key == "one":
            conversations.snooze(conversation=_chat(key), until=tomorrow, by=owner)
        else:
            conversations.finish_chat(conversation=_chat(key), by=rini)


def _judge() -> None:
    """Two judgements of the days before."""
    owner, day = _member("owner"), current_shop().today()
    conversations.review_service(
        conversation=_chat("siti"),
        day=day - timedelta(days=2),
        stars=5,
        verdict="praise",
        note="Cepat dan ramah, harga langsung disebut.",
        member=_member("chat"),
        by=owner,
    )
    conversations.review_service(
        conversation=_chat("guru"),
        day=day - timedelta(days=3),
        stars=3,
        verdict="coach",
        note="Jawabannya benar, tapi sebut juga jam ambilnya.",
        member=_member("manager"),
        by=owner,
    )
