"""Labels, quick replies and what the shop sends from chats: made and changed by whoever manages the shop."""

from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from setia.conversations import events as verbs
from setia.conversations import rules
from setia.conversations.models import ChatTools, Label, QuickReply
from setia.core import clock, events
from setia.core.errors import DomainError

Tool = TypeVar("Tool", Label, QuickReply)

MOST_LABELS = 20
MOST_REPLIES = 50
# What may stand in braces in a quick reply.
PLACEHOLDERS = ("name", "shop")


def _changed(row: Any, what: str) -> None:
    events.record(verbs.CHAT_TOOLS_CHANGED, subject=row, data={"what": what})


def _next_position(model: Any) -> int:
    return (model.objects.aggregate(last=Max("position"))["last"] or 0) + 1


@transaction.atomic
def save_label(*, name: str, colour: str, label: Label | None = None) -> Label:
    """Make a label, or change one. Raises DomainError `taken` or `too_many`."""
    row = label or Label(position=_next_position(Label))
    if label is None and Label.objects.filter(removed_at=None).count() >= MOST_LABELS:
        raise DomainError(_("There are 20 labels already. Take one out of use first."), code="too_many")
    row.name, row.colour = " ".join(name.split()), colour
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise DomainError(_("There is a label with this name already."), code="taken", field="name") from error
    _changed(row, "label")
    return row


@transaction.atomic
def save_quick_reply(*, title: str, text: str, reply: QuickReply | None = None) -> QuickReply:
    """Make a quick reply, or change one. Raises DomainError `unknown_placeholder` or `too_many`."""
    if unknown := rules.placeholders(text) - set(PLACEHOLDERS):
        problem = _("{%(name)s} is not known here. Use {name} or {shop}.") % {"name": sorted(unknown)[0]}
        raise DomainError(problem, code="unknown_placeholder", field="text")
    if reply is None and QuickReply.objects.filter(removed_at=None).count() >= MOST_REPLIES:
        raise DomainError(_("There are 50 quick replies already. Take one out of use first."), code="too_many")
    row = reply or QuickReply(position=_next_position(QuickReply))
    row.title, row.text = " ".join(title.split()), text.strip()
    row.save()
    _changed(row, "quick_reply")
    return row


@transaction.atomic
def set_removed(*, tool: Tool, removed: bool) -> Tool:
    """Take a label or quick reply out of use, or back into it. Raises DomainError when its name is taken meanwhile."""
    tool.removed_at = clock.now() if removed else None
    try:
        with transaction.atomic():
            tool.save(update_fields=["removed_at"])
    except IntegrityError as error:
        raise DomainError(_("There is a label with this name already."), code="taken") from error
    _changed(tool, "removed" if removed else "restored")
    return tool


@transaction.atomic
def move_up(*, tool: Tool) -> bool:
    """One place further up. False when it is the first."""
    rows = list(type(tool).objects.filter(removed_at=None).order_by("position", "pk"))
    index = next((number for number, row in enumerate(rows) if row.pk == tool.pk), 0)
    if index == 0:
        return False
    rows[index - 1], rows[index] = rows[index], rows[index - 1]
    for number, row in enumerate(rows, 1):
        row.position = number
    type(tool).objects.bulk_update(rows, ["position"])
    _changed(tool, "order")
    return True


@transaction.atomic
def change_chat_tools(**changes: Any) -> ChatTools:
    """The shop on the map, its catalogue, when a wait is too long. Fields of `ChatTools`."""
    row, _new = ChatTools.objects.get_or_create()
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=list(changes))
    _changed(row, "settings")
    return row
