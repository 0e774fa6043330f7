"""The demo's ways in and out: links on leaflets, templates, an exported chat, messages to send by hand."""

from datetime import timedelta
from typing import Any, Final

from setia.conversations import actions as conversations
from setia.conversations import templating
from setia.core import clock
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.customers.words import called
from setia.demo import cast
from setia.shops.models import Member

LINKS: Final = (
    ("Selebaran pasar Minggu", "leaflet", 34, (15, 18, 22, 27, 31)),
    ("Stiker di kotak", "word_of_mouth", 61, (12, 17, 24)),
    ("Status WhatsApp", "status", 12, (14,)),
)
TEMPLATES: Final = (
    (
        "Pesanan siap",
        "utility",
        "Halo {name}, pesanan {order} sudah siap diambil di toko. Terima kasih!",
        "APPROVED",
        "",
    ),
    ("Sisa pembayaran", "utility", "Halo {name}, sisa pembayaran pesanan {order} sebesar {balance} ya.", "PENDING", ""),
    ("Rasa baru", "marketing", "Halo {name}, ada rasa baru di {shop} minggu ini.", "REJECTED", "INVALID_FORMAT"),
)
BUTTONS: Final = {
    "Pesanan siap": (
        {"type": "reply", "text": "Siap, saya ambil", "value": ""},
        {"type": "phone", "text": "Telepon toko", "value": cast.SHOP_NUMBER},
    )
}
PREPARED: Final = (
    "{name}, sudah lama tidak mampir. Besok pagi bakpia baru matang, mau disisihkan?",
    "{name}, terima kasih sudah belanja kemarin. Bagaimana rasanya?",
    "{name}, minggu ini ada ubi ungu lagi. Mau dicoba?",
)


def tell(people: list[Customer], *, waba_id: str) -> None:
    """Write it all down, through the actions."""
    _links(people)
    _templates(waba_id)
    _exported(people[min(16, len(people) - 1)])
    _by_hand(people)


def _links(people: list[Customer]) -> None:
    for label, source, opened, came in LINKS:
        with clock.frozen(clock.now() - timedelta(days=60)):
            link = conversations.make_entry_link(
                label=label, source=source, text=f"Halo {current_shop().name}, saya mau tanya-tanya."
            )
        for _time in range(opened):
            conversations.count_opening(link=link)
        for number in came:
            if number < len(people):
                with clock.frozen(clock.now() - timedelta(days=50 - number)):
                    conversations.enter(link=link, customer=people[number], newcomer=number % 2 == 0)


def _templates(waba_id: str) -> None:
    for number, (title, category, body, status, reason) in enumerate(TEMPLATES):
        row = conversations.save_template(
            template=None,
            title=title,
            language="id",
            category=category,
            body=body,
            buttons=BUTTONS.get(title, ()),
        )
        conversations.note_submitted(
            template=row, waba_id=waba_id, answer={"id": f"7000000000000{number}", "status": status}
        )
        if reason:
            news = {
                "message_template_name": row.name,
                "message_template_language": "id",
                "event": status,
                "reason": reason,
            }
            conversations.note_template_news(waba_id=waba_id, data=news)


def at_whatsapp() -> list[dict[str, Any]]:
    """The same templates as the emulator keeps them."""
    return [
        {
            "name": "_".join(title.lower().split()),
            "language": "id",
            "category": category.upper(),
            "status": status,
            "parameter_format": "named",
            "components": templating.components(
                header="", body=body, footer="", buttons=BUTTONS.get(title, ()), examples={}
            ),
        }
        for title, category, body, status, _reason in TEMPLATES
    ]


def _exported(customer: Customer) -> None:
    """A chat from before Setia, as an Android phone exports it."""
    day = (current_shop().now() - timedelta(days=200)).strftime("%d/%m/%Y")
    lines = (
        f"{day} 08.10 - Pesan dan panggilan terenkripsi secara end-to-end.",
        f"{day} 08.10 - {customer.display_name}: Assalamualaikum, bakpianya ready?",
        f"{day} 08.14 - Toko: Waalaikumsalam, ready kak. Mau rasa apa?",
        f"{day} 08.15 - {customer.display_name}: Keju 2 kotak ya\ndiambil sore",
        f"{day} 16.02 - {customer.display_name}: <Media tidak disertakan>",
    )
    run = conversations.start_chat_import(
        filename=f"Chat WhatsApp dengan {customer.display_name}.txt",
        data="\n".join(lines).encode(),
        customer=customer,
        by=Member.objects.get(role="owner"),
    )
    conversations.finish_chat_import(run=run, customer=customer, shop_author="Toko")


def _by_hand(people: list[Customer]) -> None:
    """Prepared for the WhatsApp app on the phone, as in a shop without a connected number."""
    channel = conversations.app_channel()
    for customer, text in zip(people[19:], PREPARED, strict=False):
        conversations.queue_message(
            customer=customer,
            text=text.replace("{name}", called(customer)),
            purpose="prompt",
            reference="demo",
            conversation=conversations.chat_with(channel=channel, customer=customer),
        )
