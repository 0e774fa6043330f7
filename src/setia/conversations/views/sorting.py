"""Assigning, putting away, finishing, labelling: what one does with a chat as a whole."""

from datetime import datetime, time

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setia.conversations import actions, queries, service
from setia.conversations.access import get_conversation, get_label
from setia.conversations.inbox_forms import SnoozeForm
from setia.core.errors import DomainError
from setia.shops.access import ShopRequest, door, get_member
from setia.shops.models import Shop
from setia.shops.rules import WEEKDAYS, Right
from setia.web.templatetags.setia import when


def say_with_undo(request: ShopRequest, text: str, url: str) -> None:
    """What was done, and a button that takes it back."""
    said = render_to_string("conversations/_undo.html", {"text": text, "url": url}, request=request)
    messages.success(request, mark_safe(said))  # noqa: S308 - a template escaped it


def snoozes(shop: Shop) -> dict[str, datetime]:
    """Until when a chat of this shop may be put away now, by name."""
    local = shop.now()
    hours = shop.opening_hours.get(WEEKDAYS[(local.weekday() + 1) % 7])
    return service.snoozes(local, time.fromisoformat(hours[0]) if hours else None)


@require_POST
@door(Right.CHAT, section="chat")
def assign(request: ShopRequest, pk: int) -> HttpResponse:
    """Give a chat to a member (`to`: an id, `me`, or nothing for nobody)."""
    chat, to = get_conversation(request, pk), request.POST.get("to", "")
    if to and to != "me" and not to.isdecimal():
        raise Http404
    member = request.member if to == "me" else get_member(request, int(to)) if to else None
    try:
        actions.assign(conversation=chat, to=member, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("conversations:thread", pk)


@require_POST
@door(Right.CHAT, section="chat")
def snooze(request: ShopRequest, pk: int) -> HttpResponse:
    """Put a chat away: `for` is one of the ready times, or `until` a moment."""
    chat = get_conversation(request, pk)
    until = snoozes(request.shop).get(request.POST.get("for", ""))
    form = SnoozeForm(request.POST)
    if until is None and form.is_valid():
        until = form.cleaned_data["until"]
    if until is None:
        messages.error(request, _("Choose a day and a time."))
        return redirect("conversations:thread", pk)
    try:
        actions.snooze(conversation=chat, until=until, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("conversations:thread", pk)
    text = _("%(name)s comes back: %(when)s.") % {"name": chat.customer, "when": moment(until)}
    say_with_undo(request, text, reverse("conversations:end_snooze", args=[pk]))
    return redirect("conversations:list")


def moment(at: datetime) -> str:
    """A moment ahead in words: the day and the time."""
    local = timezone.localtime(at)
    return f"{when(local.date())} {date_format(local, 'H.i' if get_language() == 'id' else 'H:i')}"


@require_POST
@door(Right.CHAT, section="chat")
def end_snooze(request: ShopRequest, pk: int) -> HttpResponse:
    """Take a chat back before its time."""
    actions.end_snooze(conversation=get_conversation(request, pk), by=request.member)
    return redirect("conversations:thread", pk)


@require_POST
@door(Right.CHAT, section="chat")
def finish(request: ShopRequest, pk: int) -> HttpResponse:
    """Nothing is left to do."""
    chat = get_conversation(request, pk)
    if actions.finish_chat(conversation=chat, by=request.member):
        text = _("%(name)s: done.") % {"name": chat.customer}
        say_with_undo(request, text, reverse("conversations:reopen", args=[pk]))
    return redirect("conversations:list")


@require_POST
@door(Right.CHAT, section="chat")
def reopen(request: ShopRequest, pk: int) -> HttpResponse:
    """Something is left to do after all."""
    actions.reopen_chat(conversation=get_conversation(request, pk), by=request.member)
    return redirect("conversations:thread", pk)


@require_POST
@door(Right.CHAT, section="chat")
def label(request: ShopRequest, pk: int) -> HttpResponse:
    """Put a label on, or take it off when it is on."""
    chat, wanted = get_conversation(request, pk), request.POST.get("label", "")
    if not wanted.isdecimal():
        raise Http404
    row = get_label(request, int(wanted))
    on = row.pk not in {one.pk for one in queries.labels_of([pk]).get(pk, [])}
    actions.put_label(conversation=chat, label=row, on=on, by=request.member)
    return redirect("conversations:thread", pk)
