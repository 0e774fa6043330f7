"""What WhatsApp told about the shop's number, and starting it again after the cause was removed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setia.conversations import actions
from setia.conversations.access import get_channel, get_notice
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right


@require_POST
@door(Right.MANAGE, section="chat")
def seen(request: ShopRequest, pk: int) -> HttpResponse:
    """The owner has read it."""
    actions.dismiss_notice(notice=get_notice(request, pk))
    return HttpResponse() if request.htmx else redirect("conversations:list")


@require_POST
@door(Right.MANAGE, section="chat")
def start_again(request: ShopRequest, pk: int) -> HttpResponse:
    """Let messages leave again."""
    if actions.start_channel(channel=get_channel(request, pk), by=request.member):
        messages.success(request, _("Messages leave again. If the cause is still there, Setia stops and tells you."))
    return redirect("conversations:list")
