"""What one does with a prompt: send, done, later, skip, undo."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setia.conversations import queries as conversations
from setia.core.errors import DomainError
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.today import actions, queries
from setia.today.access import get_prompt
from setia.today.forms import WordsForm
from setia.today.models import Prompt


@require_POST
@door(Right.CHAT, section="today")
def sending(request: ShopRequest, pk: int) -> HttpResponse:
    """Send the words. Without the API this leads on to WhatsApp with the text prepared."""
    prompt = get_prompt(request, pk)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return render(request, "today/prompt.html", {"card": queries.cards([prompt])[0], "form": form}, status=422)
    try:
        message = actions.send(prompt=prompt, text=form.cleaned_data["text"], by=request.member)
    except DomainError as error:
        form.add_error("text", error.message)
        return render(request, "today/prompt.html", {"card": queries.cards([prompt])[0], "form": form}, status=422)
    if link := conversations.wa_link(message):
        return redirect(link) if not request.htmx else HttpResponse(headers={"HX-Redirect": link})
    return _after(request, prompt, _("Sent to %(name)s.") % {"name": prompt.customer}, undo=False)


def _door_to(action: Callable[..., None], said: Callable[[], str]) -> Callable[..., HttpResponse]:
    @require_POST
    @door(Right.CHAT, section="today")
    def view(request: ShopRequest, pk: int) -> HttpResponse:
        prompt = get_prompt(request, pk)
        action(prompt=prompt, by=request.member)
        return _after(request, prompt, said(), undo=True)

    return view


done = _door_to(actions.done, lambda: _("Done. Well done!"))
later = _door_to(actions.later, lambda: _("Back tomorrow morning."))
skipped = _door_to(actions.skip, lambda: _("Skipped."))


@require_POST
@door(Right.CHAT, section="today")
def undo(request: ShopRequest, pk: int) -> HttpResponse:
    """Take back the last step on the prompt."""
    prompt = get_prompt(request, pk)
    actions.undo(prompt=prompt, by=request.member)
    if request.htmx:
        card = queries.cards([get_prompt(request, pk)])[0]
        return render(request, "today/_card.html", {"card": card, "may_write": True})
    return redirect("desk:home")


def _after(request: ShopRequest, prompt: Prompt, said: str, *, undo: bool) -> HttpResponse:
    if request.htmx:
        return render(request, "today/_gone.html", {"prompt": prompt, "said": said, "undo": undo})
    messages.success(request, said)
    return redirect("desk:home")
