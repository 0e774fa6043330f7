"""«Kirim satu-satu»: prepared messages that a person sends in the WhatsApp app, one after the other."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setia.conversations import actions, costs, greetings, queries, rules
from setia.conversations.access import get_message
from setia.conversations.forms import HandPaceForm
from setia.core.errors import DomainError
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.web.forms import refusals


@require_GET
@door(Right.CHAT, section="chat")
def by_hand(request: ShopRequest) -> HttpResponse:
    """The queue, oldest first: answers at once, what the shop writes first at its pace. `?all=1` shows everything."""
    return _queue(request)


def _queue(request: ShopRequest, form: HandPaceForm | None = None, *, status: int = 200) -> HttpResponse:
    rows, pace = queries.queue_by_hand(), queries.hand_pace()
    answers = [row for row in rows if row.message.purpose not in rules.PACED]
    first = [row for row in rows if row.message.purpose in rules.PACED]
    shown = first if "all" in request.GET else [] if pace.paused else first[: pace.left]
    settings = costs.sending_rules()
    context = {
        "answers": answers,
        "queue": shown,
        "held": len(first) - len(shown),
        "pace": pace,
        "postponed": queries.postponed_count(),
        "form": form or HandPaceForm(initial={name: getattr(settings, name) for name in HandPaceForm.base_fields}),
        "ways": greetings.beginnings(settings, request.shop.language),
        "manages": may(request.member.role, Right.MANAGE),
    }
    return render(request, "conversations/by_hand.html", context, status=status)


@require_POST
@door(Right.MANAGE, section="chat")
def pace(request: ShopRequest) -> HttpResponse:
    """How much a day, when to rest, how texts begin."""
    form = HandPaceForm(request.POST)
    if form.is_valid():
        with refusals(form):
            actions.change_hand_pace(**form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("conversations:by_hand")
    return _queue(request, form, status=422)


@require_POST
@door(Right.CHAT, section="chat")
def number(request: ShopRequest, pk: int) -> HttpResponse:
    """The right number in place of a wrong one."""
    message = get_message(request, pk)
    try:
        actions.correct_number(message=message, number=request.POST.get("number", ""), by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Noted. The message waits for %(name)s.") % {"name": message.customer.display_name})
    return redirect("conversations:by_hand")


def _step(
    action: Callable[..., bool], said: Callable[[], str] | None, *, wrong: bool = False
) -> Callable[..., HttpResponse]:
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
                request,
                "conversations/_by_hand.html",
                {"row": row, "gone": message, "said": said and said(), "wrong": wrong},
            )
        if changed and said:
            messages.success(request, said())
        return redirect("conversations:by_hand")

    return view


opened = _step(actions.mark_opened, None)
sent = _step(actions.mark_sent, lambda: _("Sent."))
not_sent = _step(actions.mark_not_sent, lambda: _("Left out."))
wrong_number = _step(actions.mark_wrong_number, lambda: _("Noted: the number is wrong."), wrong=True)
later = _step(actions.postpone, lambda: _("Comes again tomorrow."))
put_back = _step(actions.put_back, None)
