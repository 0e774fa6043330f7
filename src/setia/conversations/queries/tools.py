"""What the shop set up for its chats: numbers, templates, automatic messages, labels, quick replies, who writes."""

from django.db.models import QuerySet

from setia.conversations.models import (
    OFF_AT_FIRST,
    AutoReply,
    Channel,
    ChannelKind,
    ChannelState,
    ChatTools,
    Label,
    MessageTemplate,
    Notice,
    QuickReply,
    TemplateStatus,
    Trigger,
)
from setia.shops import queries as shops
from setia.shops.models import Member
from setia.shops.rules import Right, may


def channels() -> QuerySet[Channel]:
    """The connected numbers of the open shop."""
    return Channel.objects.filter(kind=ChannelKind.CLOUD).exclude(state=ChannelState.DISCONNECTED).order_by("pk")


def notices() -> QuerySet[Notice]:
    """What the owner has not read yet, newest first."""
    return Notice.objects.filter(seen_at=None).select_related("channel").order_by("-at", "-pk")


def templates() -> list[MessageTemplate]:
    """Message templates that are not deleted, by name."""
    return list(MessageTemplate.objects.exclude(status=TemplateStatus.DELETED).order_by("name", "language"))


def auto_replies() -> dict[str, AutoReply]:
    """The owner's automatic messages by trigger; a trigger without a row is on, in the built-in words."""
    rows = {row.trigger: row for row in AutoReply.objects.all()}
    return {
        trigger: rows.get(trigger) or AutoReply(trigger=trigger, enabled=trigger not in OFF_AT_FIRST)
        for trigger in Trigger.values
    }


def labels() -> list[Label]:
    """The labels in use, in the shop's order."""
    return list(Label.objects.filter(removed_at=None).order_by("position", "pk"))


def quick_replies() -> list[QuickReply]:
    """The quick replies in use, in the shop's order."""
    return list(QuickReply.objects.filter(removed_at=None).order_by("position", "pk"))


def chat_tools() -> ChatTools:
    """What the shop set for its chats, or the defaults."""
    return ChatTools.objects.first() or ChatTools()


def writers() -> list[Member]:
    """Members who may write in chats."""
    return [member for member in shops.members() if may(member.role, Right.CHAT)]
