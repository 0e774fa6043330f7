"""What one does with a prompt: send, done, later, skip, undo."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setia.conversations import queries as conversations
from setia.conversations.models import Message
from setia.core.errors import DomainError
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.today import actions, queries, together
from setia.today.access import get_prompt
from setia.today.forms import ChoosingForm, WordsForm
from setia.today.models import HELD_PERCENT, Prompt, PromptState
from setia.web.forms import add_domain_error


@require_safe
@door(Right.MANAGE, section="today")
def campaign(request: ShopRequest, kind: str) -> HttpResponse:
    """The form of a campaign with everybody a kind of prompt speaks of."""
    people = together.people_of(kind) if kind in together.TOGETHER else []
    if not people:
        raise Http404
    values = {"people": ",".join(map(str, people)), "kind": together.TOGETHER[kind]}
    return redirect(f"{reverse('promotions:new_campaign')}?{urlencode(values)}")


@require_POST
@door(Right.CHAT, section="today")
def sending(request: ShopRequest, pk: int) -> HttpResponse:
    """Send the words. What a person must send themselves is prepared, to be opened in WhatsApp."""
    prompt = get_prompt(request, pk)
    form = WordsForm(request.POST)
    if form.is_valid():
        try:
            message = actions.send(prompt=prompt, text=form.cleaned_data["text"], by=request.member)
            return _sent(request, prompt, message)
        except DomainError as error:
            if error.code == "settled":
                return _gone(request, prompt, error.message)
            add_domain_error(form, error)
    return _again(request, prompt, form)


def _sent(request: ShopRequest, prompt: Prompt, message: Message) -> HttpResponse:
    if not conversations.wa_link(message):
        return _gone(request, prompt, _("Sent to %(name)s.") % {"name": prompt.customer})
    if not request.htmx:
        messages.success(request, _("Prepared. Now send it in WhatsApp."))
        return redirect(reverse("conversations:by_hand") + f"#message-{message.pk}")
    row = next((row for row in conversations.queue_by_hand() if row.message.pk == message.pk), None)
    if row is None:
        return _gone(request, prompt, _("Sent to %(name)s.") % {"name": prompt.customer})
    return render(request, "today/_by_hand.html", {"prompt": prompt, "row": row})


def _again(request: ShopRequest, prompt: Prompt, form: WordsForm) -> HttpResponse:
    """The words need another look; what was typed is still there."""
    context = {"card": queries.card(prompt), "form": form, "may_write": True}
    if request.htmx:  # which puts in only what is answered as fine
        return render(request, "today/_card.html", context)
    return render(request, "today/prompt.html", context, status=422)


def _step(action: Callable[..., bool], said: Callable[[], str]) -> Callable[..., HttpResponse]:
    """A view that settles a prompt and offers the way back."""

    @require_POST
    @door(Right.CHAT, section="today")
    def view(request: ShopRequest, pk: int) -> HttpResponse:
        prompt = get_prompt(request, pk)
        if action(prompt=prompt, by=request.member):
            return _gone(request, prompt, said(), undo=True)
        return _gone(request, prompt, _("This was seen to in the meantime."))

    return view


done = _step(actions.done, lambda: _("Done. Well done!"))
later = _step(actions.later, lambda: _("Back tomorrow morning."))
skipped = _step(actions.skip, lambda: _("Skipped."))


@require_POST
@door(Right.CHAT, section="today")
def undo(request: ShopRequest, pk: int) -> HttpResponse:
    """Take back the last step on the prompt."""
    actions.undo(prompt=get_prompt(request, pk), by=request.member)
    prompt = get_prompt(request, pk)
    if prompt.state != PromptState.OPEN:
        return _gone(request, prompt, _("This was seen to in the meantime."))
    if request.htmx:
        return render(request, "today/_card.html", {"card": queries.card(prompt), "may_write": True})
    return redirect("desk:home")


def _gone(request: ShopRequest, prompt: Prompt, said: str, *, undo: bool = False) -> HttpResponse:
    """A line in place of the card; without htmx a message on Today."""
    context = {"prompt": prompt, "said": said, "undo": undo}
    if request.htmx:
        return render(request, "today/_gone.html", context)
    messages.success(request, mark_safe(render_to_string("today/_said.html", context, request=request)))  # noqa: S308
    return redirect("desk:home")


@door(Right.MANAGE, section="today")
def choosing(request: ShopRequest) -> HttpResponse:
    """How Today chooses here, what it learned, and whether some suggestions are held back to measure them."""
    row = queries.choosing()
    form = ChoosingForm(request.POST or None, initial={"measure": row is None or row.held_percent > 0})
    if request.method == "POST" and form.is_valid():
        percent = HELD_PERCENT if form.cleaned_data["measure"] else 0
        actions.change_choosing(held_percent=percent, by=request.member)
        messages.success(request, _("Saved."))
        return redirect("today:choosing")
    context = {"form": form, "a_day": queries.a_day(), "kinds": queries.learned_kinds(), "effect": queries.effect()}
    return render(request, "today/choosing.html", context)
