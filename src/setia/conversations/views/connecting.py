"""Connecting a WhatsApp number: the key is tried before it is kept, and one sees whether WhatsApp tells us anything."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from setia.conversations import actions, queries, showing
from setia.conversations.access import get_channel
from setia.conversations.channels.whatsapp_cloud import numbers
from setia.conversations.channels.whatsapp_cloud.client import NotSent, Refused, Unclear
from setia.conversations.forms import NumberForm
from setia.core.errors import DomainError
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import add_domain_error
from setia.web.links import site_url


def _context() -> dict[str, Any]:
    return {
        "channels": queries.channels(),
        "webhook": settings.BASE_URL + site_url("whatsapp_webhook"),
        # Without these the installation cannot believe a word WhatsApp says.
        "ready": bool(settings.WHATSAPP_APP_SECRETS and settings.WHATSAPP_VERIFY_TOKEN),
    }


@require_http_methods(["GET", "POST"])
@door(Right.OWN, section="menu")
def connecting(request: ShopRequest) -> HttpResponse:
    """What is connected, and the form for a number."""
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _connect(form):
        messages.success(request, _("Connected. Now write to the number from another phone."))
        return redirect("conversations:connecting")
    status = 422 if form.is_bound else 200
    return render(request, "conversations/connecting.html", _context() | {"form": form}, status=status)


def _connect(form: NumberForm) -> bool:
    """Try the key, ask for webhooks, keep the number. False with the reason on the form."""
    wanted, base = form.cleaned_data, settings.WHATSAPP_GRAPH_URL
    token, number_id, account_id = wanted["access_token"], wanted["phone_number_id"], wanted["waba_id"]
    info = numbers.look_up(base=base, number_id=number_id, token=token)
    if not isinstance(info, numbers.NumberInfo):
        form.add_error("access_token", _words(info))
        return False
    ours = numbers.belongs_to(base=base, account_id=account_id, number_id=number_id, token=token)
    if ours is not True:
        problem = _("This number is not of this WhatsApp account. Check both ids.") if ours is False else _words(ours)
        form.add_error("waba_id", problem)
        return False
    subscribed = numbers.subscribe(base=base, account_id=account_id, token=token)
    if isinstance(subscribed, Refused | NotSent | Unclear):
        form.add_error("waba_id", _words(subscribed))
        return False
    try:
        actions.connect_number(
            phone_number_id=number_id,
            waba_id=account_id,
            access_token=token,
            display_number=info.display,
            on_phone_too=info.on_phone_too,
        )
    except DomainError as error:
        add_domain_error(form, error)
        return False
    return True


def _words(answer: Any) -> str:
    """Why it did not work, in plain words."""
    if isinstance(answer, Refused):
        if answer.code in (0, 190):
            return _("WhatsApp does not know this key. Copy it again, all of it.")
        if answer.code in (33, 100):
            return _("WhatsApp does not know this id, or the key does not open it. Copy both again.")
        return showing.words_for(answer.code)
    return _("WhatsApp could not be reached. Check the internet connection and try again.")


@require_GET
@door(Right.OWN, section="menu")
def heard(request: ShopRequest, pk: int) -> HttpResponse:
    """Whether WhatsApp has told us anything about this number yet."""
    return render(request, "conversations/_heard.html", {"channel": get_channel(request, pk)})


@require_POST
@door(Right.OWN, section="menu")
def disconnect(request: ShopRequest, pk: int) -> HttpResponse:
    """Forget the key. Chats stay; new messages are sent by hand again."""
    actions.disconnect_number(channel=get_channel(request, pk))
    messages.success(request, _("Disconnected. The chats stay here."))
    return redirect("conversations:connecting")
