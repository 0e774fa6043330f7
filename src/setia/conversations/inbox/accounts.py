"""News about the shop's account, number and templates: kept, and told to the owner where it matters."""

from typing import Any, Final

from setia.conversations import rules
from setia.conversations.actions.channels import free_template, hold, notify, start_channel, stop_channel, stop_template
from setia.conversations.actions.templates import note_template_news
from setia.conversations.channels.whatsapp_cloud.errors import HOLDS, Then, behaviour
from setia.conversations.channels.whatsapp_cloud.payload import Item
from setia.conversations.models import Channel, InboxItem
from setia.core import clock

# Events after which nothing can be sent any more.
ENDINGS: Final = frozenset({"ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED", "DISABLED_UPDATE", "PARTNER_REMOVED"})
# Events the owner should read about although messages go on.
WARNINGS: Final = frozenset({"ACCOUNT_RESTRICTION", "ACCOUNT_VIOLATION"})
TEMPLATE_ENDS: Final = frozenset({"DISABLED", "DELETED", "ARCHIVED"})
TEMPLATE_TROUBLE: Final = frozenset({"REJECTED", "PAUSED", "DISABLED", "FLAGGED", "LIMIT_EXCEEDED", "LOCKED"})


def _keep(item: Item, data: dict[str, Any]) -> None:
    """These are few and without personal data: the whole of it stays on the item's row."""
    InboxItem.objects.filter(key=item.key()).update(payload=data)


def account_update(item: Item, channel: Channel) -> None:
    """The account was restricted, warned, closed or disconnected, or something about its prices changed."""
    data = item.data()
    _keep(item, data)
    event = str(data.get("event") or "")
    if event == "ACCOUNT_RECONNECTED" or (event == "DISABLED_UPDATE" and _ban_lifted(data)):
        # Should the key be dead all the same, the first message stops the number again.
        start_channel(channel=channel)
        return
    if event == "PARTNER_REMOVED" and not _is_about(data.get("phone_number"), channel):
        return
    if event in ENDINGS:
        reason = _part(data, "disconnection_info").get("reason")
        stop_channel(channel=channel, reason=f"account:{event}" + (f":{reason}" if reason else ""))
    elif event in WARNINGS:
        notify(channel=channel, kind=f"account:{event}", data=data)


def _part(data: dict[str, Any], name: str) -> dict[str, Any]:
    part = data.get(name)
    return part if isinstance(part, dict) else {}


def _ban_lifted(data: dict[str, Any]) -> bool:
    return _part(data, "ban_info").get("waba_ban_state") == "REINSTATE"


def _is_about(number: Any, channel: Channel) -> bool:
    """An account may have several numbers; one that is not named may be any."""
    digits = "".join(filter(str.isdigit, channel.display_number))
    return not number or not digits or str(number).lstrip("+") == digits


def template_status(item: Item, channel: Channel) -> None:
    """A template was approved, refused, paused, …"""
    data = item.data()
    _keep(item, data)
    note_template_news(waba_id=channel.waba_id, data=data)
    event = str(data.get("event") or "")
    if event == "PAUSED":
        stop_template(channel=channel, name=_template(data), until=clock.now() + rules.TEMPLATE_PAUSE)
    elif event in TEMPLATE_ENDS:
        stop_template(channel=channel, name=_template(data))
    elif event in ("APPROVED", "REINSTATED", "UNARCHIVED"):
        free_template(channel=channel, name=_template(data))
    if event in TEMPLATE_TROUBLE:
        notify(channel=channel, kind=f"template:{event}", subject=_template(data), data=data)


def template_quality(item: Item, channel: Channel) -> None:
    """Customers like a template less (or more) than before."""
    data = item.data()
    _keep(item, data)
    note_template_news(waba_id=channel.waba_id, data=data)
    if data.get("new_quality_score") in ("YELLOW", "RED"):
        notify(channel=channel, kind=f"quality:{data['new_quality_score']}", subject=_template(data), data=data)


def template_category(item: Item, channel: Channel) -> None:
    """A template counts as another category, now or soon: it will cost another price."""
    data = item.data()
    _keep(item, data)
    note_template_news(waba_id=channel.waba_id, data=data)
    kind = "template:CATEGORY_SOON" if data.get("correct_category") else "template:CATEGORY"
    notify(channel=channel, kind=kind, subject=_template(data), data=data)


def _template(data: dict[str, Any]) -> str:
    return str(data.get("message_template_name") or data.get("message_template_id") or "")


def number_quality(item: Item, channel: Channel) -> None:
    """The number may write to more or fewer people a day."""
    data = item.data()
    _keep(item, data)
    if _is_about(data.get("display_phone_number"), channel):
        _set_reach(channel, data.get("max_daily_conversations_per_business") or data.get("current_limit"))
    if data.get("event") in ("DOWNGRADE", "FLAGGED", "THROUGHPUT_DOWNGRADE"):
        notify(channel=channel, kind=f"number:{data['event']}", data=data)


def capability(item: Item, channel: Channel) -> None:
    """What the whole business may do has changed."""
    data = item.data()
    _keep(item, data)
    _set_reach(
        channel, data.get("max_daily_conversations_per_business") or data.get("max_daily_conversation_per_phone")
    )


def _set_reach(channel: Channel, limit: Any) -> None:
    """How many people a day the shop may write to first: `TIER_2K`, `TIER_UNLIMITED`, or a number (-1: no limit)."""
    text = str(limit or "").upper().removeprefix("TIER_")
    if text in ("UNLIMITED", "-1"):
        reach = None
    elif text.removesuffix("K").isdecimal():
        reach = int(text.removesuffix("K")) * (1000 if text.endswith("K") else 1)
    else:
        return
    Channel.objects.filter(pk=channel.pk).update(daily_reach=reach)


def other_news(item: Item, channel: Channel) -> None:
    """Kept for whoever looks."""
    _keep(item, item.data())


def not_ours(item: Item, channel: Channel) -> None:
    """Calls ring on the phone; Setia keeps nothing of them."""


def trouble(item: Item, channel: Channel) -> None:
    """An error that belongs to no message."""
    data = item.data()
    _keep(item, data)
    code = data.get("code")
    if not isinstance(code, int):
        return
    meaning = behaviour(code)
    if meaning.then is Then.STOP_CHANNEL:
        stop_channel(channel=channel, reason=f"error:{code}")
    elif meaning.then in HOLDS:
        hold(channel=channel, what=meaning.then, until=clock.now() + meaning.wait)
    if meaning.tell:
        notify(channel=channel, kind=f"error:{code}")


def history_refused(item: Item, channel: Channel) -> None:
    """The owner did not let WhatsApp hand over older chats, or it was too late."""
    data = item.data()
    _keep(item, data)
    notify(channel=channel, kind=f"error:{data.get('code')}")
