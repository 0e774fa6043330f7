"""A house of its own for the tests that kill: one process that forks a child for everything it is told to do.

Commands come as JSON lines on stdin (`do`, `at`, `fault`, …), one answer line each: `killed`, `result`. A child that
reaches its fault dies by SIGKILL, as in a power cut: nothing is flushed, closed or rolled back by us.
"""

import base64
import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from setia.core import clock, faults, scope, tasks  # noqa: E402
from setia.demo.cast import SHOP_SLUG  # noqa: E402
from setia.shops.models import Shop  # noqa: E402

QUEUES = ("deliveries", "reactions", "campaigns", "outbox", "receipts", "media", "templates")


def build(**number: str) -> None:
    """An empty database with the cast and a connected number."""
    from setia.conversations import actions
    from setia.shops.actions import change_shop
    from tests.world import build as build_cast

    call_command("migrate", verbosity=0)
    with scope.open_shop(build_cast().shop):
        # open at any hour: these processes live by the real clock, and at night the shop would say that it is closed
        change_shop(opening_hours={})
        actions.connect_number(**number)


def accept(body: str, signature: str) -> int:
    """The web side: a webhook comes in."""
    answer = Client().post(
        "/webhooks/whatsapp/",
        base64.b64decode(body),
        content_type="application/json",
        headers={"X-Hub-Signature-256": signature},
    )
    return answer.status_code


def work() -> None:
    """The worker: every queue until nothing is due."""
    for _ in range(3):
        if not sum(tasks.drain(queue) for queue in QUEUES):
            break


def reply(phone: str, text: str) -> int:
    """A member answers a customer."""
    from setia.conversations import actions
    from setia.conversations.models import Conversation
    from setia.shops.models import Member

    with scope.open_shop(Shop.objects.get(slug=SHOP_SLUG)):
        chat = Conversation.objects.get(customer__identities__value=phone)
        member = Member.objects.get(role="owner")
        return int(actions.reply(conversation=chat, text=text, sent_by=member, key=text).pk)


def again(message: int) -> int:
    """A member sends an uncertain message once more."""
    from setia.conversations import actions
    from setia.conversations.models import Message
    from setia.shops.models import Member

    with scope.open_shop(Shop.objects.get(slug=SHOP_SLUG)):
        row = Message.objects.get(pk=message)
        return int(actions.send_again(message=row, by=Member.objects.get(role="owner")).pk)


def read(phone: str) -> bool:
    """A member opens the chat with a customer."""
    from setia.conversations import actions
    from setia.conversations.models import Conversation
    from setia.shops.models import Member

    with scope.open_shop(Shop.objects.get(slug=SHOP_SLUG)):
        chat = Conversation.objects.get(customer__identities__value=phone)
        return bool(actions.mark_read(conversation=chat, by=Member.objects.get(role="owner")))


def files(phone: str) -> list[dict[str, Any]]:
    """The files a customer sent, as the database and the disk say."""
    from django.conf import settings

    from setia.conversations.models import MediaFile, ReadReceipt

    with scope.open_shop(Shop.objects.get(slug=SHOP_SLUG)):
        rows = MediaFile.objects.filter(message__conversation__customer__identities__value=phone)
        receipts = ReadReceipt.objects.filter(work_state="waiting").count()
        return [
            {
                "state": row.work_state,
                "size": row.size,
                "on_disk": (settings.MEDIA_ROOT / row.path).stat().st_size if row.path else 0,
                "small": (settings.MEDIA_ROOT / row.thumbnail).exists() if row.thumbnail else False,
                "receipts": receipts,
            }
            for row in rows
        ]


def outdated(ask: bool = True) -> str:
    """WhatsApp says that our templates are out of date; or only how far the reading is."""
    from setia.conversations import actions
    from setia.conversations.models import Channel, TemplateLook

    with scope.open_shop(Shop.objects.get(slug=SHOP_SLUG)):
        if ask:
            actions.ask_for_templates(channel=Channel.objects.get(kind="whatsapp_cloud"))
        return str(TemplateLook.objects.get().work_state)


def templates() -> list[str]:
    """The names of the templates we know."""
    from setia.conversations.models import MessageTemplate

    with scope.open_shop(Shop.objects.get(slug=SHOP_SLUG)):
        return list(MessageTemplate.objects.values_list("name", flat=True))


def clear() -> int:
    """The housekeeping that takes away what a killed fetch left."""
    from setia.conversations import actions

    return int(actions.forget_half_fetched())


def state(phone: str) -> dict[str, Any]:
    """What the database says about the chat with a customer."""
    from setia.conversations.models import Conversation, InboxItem, Message, WebhookDelivery
    from setia.core.models import Event, Reaction

    with scope.open_shop(Shop.objects.get(slug=SHOP_SLUG)):
        chat = Conversation.objects.filter(customer__identities__value=phone).first()
        rows = Message.objects.filter(conversation=chat).order_by("pk")
        return {
            "messages": [
                {
                    "id": row.pk,
                    "direction": row.direction,
                    "purpose": row.purpose,
                    "status": row.status,
                    "text": row.text,
                }
                for row in rows
            ],
            "unread": chat.unread if chat else None,
            "received": Event.objects.filter(verb="message.received", subject_id__in=rows.values("pk")).count(),
            "problems": list(InboxItem.objects.exclude(problem="").values_list("problem", flat=True)),
            "parked": InboxItem.objects.exclude(waits_for="").count(),
            "waiting": WebhookDelivery.objects.filter(work_state="waiting").count()
            + Reaction.objects.filter(work_state="waiting").count()
            + rows.filter(work_state="waiting").count(),
        }


def sell(key: str) -> int:
    """A cashier sells two boxes by a form with this key."""
    from setia.catalog.models import Variant
    from setia.orders import actions

    with scope.open_shop(Shop.objects.get(slug=SHOP_SLUG)):
        variant = Variant.objects.order_by("pk").first()
        sale = actions.sell(lines=[actions.LineInput(variant.pk, 2)], device_key=key)
    faults.point("sale.committed")  # the note is not printed yet
    return int(sale.number)


def till(key: str) -> dict[str, int]:
    """What the book says about the sale with this key: how many there are, what they cost, what was paid, in events."""
    from setia.core.models import Event
    from setia.orders.models import Order, Payment

    with scope.open_shop(Shop.objects.get(slug=SHOP_SLUG)):
        rows = Order.objects.filter(device_key=key)
        return {
            "sales": rows.count(),
            "total": sum(row.total for row in rows),
            "paid": sum(row.paid for row in rows),
            "payments": sum(Payment.objects.filter(order__in=rows).values_list("amount", flat=True)),
            "events": Event.objects.filter(verb="order.completed", subject_id__in=rows.values("pk")).count(),
        }


def campaign(name: str, phones: list[str]) -> int:
    """The owner writes to these people, and it begins."""
    from datetime import time

    from setia.customers import actions as customers
    from setia.customers.models import Customer
    from setia.promotions.actions import campaigns

    with scope.open_shop(Shop.objects.get(slug=SHOP_SLUG)):
        people = list(Customer.objects.filter(identities__value__in=[f"+{phone}" for phone in phones]).distinct())
        for person in people:
            customers.answer_consent(customer=person, purpose="promotion", state="given", how="counter", evidence="-")
        row = campaigns.save_campaign(
            campaign=None,
            name=name,
            kind="news",
            text=f"Halo {{name}}, {name}",
            audience="people=" + ",".join(str(person.pk) for person in people),
            holds_out=False,
            send_from=time(0),
            send_until=time(0),
        )
        return int(campaigns.start_campaign(campaign=row).pk)


def step(campaign: int, to: str) -> None:
    """The owner pauses a campaign, or lets it go on."""
    from setia.promotions.actions import campaigns
    from setia.promotions.models import Campaign

    with scope.open_shop(Shop.objects.get(slug=SHOP_SLUG)):
        row = Campaign.objects.get(pk=campaign)
        {"pause": campaigns.pause_campaign, "resume": campaigns.resume_campaign}[to](campaign=row)


def sent(campaign: int) -> dict[str, Any]:
    """How far a campaign is: its state, its people by state, its messages by status."""
    from setia.promotions.models import Campaign, Recipient

    with scope.open_shop(Shop.objects.get(slug=SHOP_SLUG)):
        rows = Recipient.objects.filter(campaign=campaign).select_related("message").order_by("pk")
        return {
            "state": Campaign.objects.get(pk=campaign).state,
            "people": [row.state for row in rows],
            "messages": [row.message.status if row.message else "" for row in rows],
        }


COMMANDS: dict[str, Callable[..., Any]] = {
    "build": build,
    "accept": accept,
    "work": work,
    "reply": reply,
    "again": again,
    "state": state,
    "read": read,
    "files": files,
    "clear": clear,
    "outdated": outdated,
    "templates": templates,
    "sell": sell,
    "till": till,
    "campaign": campaign,
    "step": step,
    "sent": sent,
}


def child(order: dict[str, Any], pipe: int) -> None:
    """Carry out one order in this (forked) process."""
    if order.get("fault"):
        os.environ["SETIA_FAULT"] = order["fault"]
        importlib.reload(faults)
    with clock.frozen(datetime.fromtimestamp(order["at"], UTC)):
        result = COMMANDS[order["do"]](**order.get("with", {}))
    connections.close_all()
    os.write(pipe, json.dumps(result).encode())


def carry_out(order: dict[str, Any]) -> dict[str, Any]:
    """Fork, wait, tell what came of it."""
    out, into = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(out)
        try:
            child(order, into)
            os._exit(0)
        except BaseException as error:  # the child's last words
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
    os.close(into)
    with os.fdopen(out, "rb") as answer:
        result = answer.read()
    _pid, status = os.waitpid(pid, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    failed = not killed and os.waitstatus_to_exitcode(status) != 0
    return {"killed": killed, "failed": failed, "result": json.loads(result) if result else None}


def main() -> None:
    """Obey until stdin ends. What every child would import is imported once, before the first fork."""
    _ = get_resolver().url_patterns
    Client().get("/webhooks/whatsapp/")
    for line in sys.stdin:
        print(json.dumps(carry_out(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
