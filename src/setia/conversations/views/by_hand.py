"""«Kirim satu-satu»: prepared messages that a person sends in the WhatsApp app, one after the other."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setia.conversations import actions, queries
from setia.conversations.access import get_message
from setia.core.errors import DomainError
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right


@require_GET
@door(Right.CHAT, section="chat")
def by_hand(request: ShopRequest) -> HttpResponse:
    """The queue, oldest first."""
    return render(request, "conversations/by_hand.html", {"queue": queries.queue_by_hand()})


def _step(action: Callable[..., bool], said: Callable[[], str] | None) -> Callable[..., HttpResponse]:
    """A view that marks one message and shows what remains."""

    @require_POST
    @door(Right.CHAT, section="chat")
    def view(request: ShopRequest, pk: int) -> HttpResponse:
        message = get_message(request, pk)
        try:
            changed = action(message=message, by=request.member)
        except DomainError as error:
            messages.error(request, str(error))
            changed = False
        row = next((row for row in queries.queue_by_hand() if row.message.pk == pk), None)
        if request.htmx:
            return render(
                request, "conversations/_by_hand.html", {"row": row, "gone": message, "said": said and said()}
            )
        if changed and said:
            messages.success(request, said())
        return redirect("conversations:by_hand")

    return view


opened = _step(actions.mark_opened, None)
sent = _step(actions.mark_sent, lambda: _("Sent."))
not_sent = _step(actions.mark_not_sent, lambda: _("Left out."))
wrong_number = _step(actions.mark_wrong_number, lambda: _("Noted: the number is wrong."))
put_back = _step(actions.put_back, None)
