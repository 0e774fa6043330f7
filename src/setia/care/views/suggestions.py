"""Suggestions: heard, joined, decided, answered; and why somebody bought elsewhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.care import actions, forms, queries, wording
from setia.care.access import (
    get_customer,
    get_elsewhere,
    get_joined,
    get_suggestion,
    get_voice,
)
from setia.care.models import Suggestion
from setia.care.rules import suggestions as rules
from setia.catalog import queries as catalog
from setia.conversations.access import get_message
from setia.core.errors import DomainError
from setia.orders.views import baskets
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.web.forms import refusals


@require_safe
@door(Right.SELL, section="menu")
def suggestions(request: ShopRequest) -> HttpResponse:
    """Topics by votes; which may be one; the range beside what people ask; who seems bored."""
    waiting = queries.waiting_topics()
    context = {
        "topics": waiting,
        "decided": list(queries.suggestions().filter(state__in=("launched", "declined"))[:30]),
        "proposals": queries.proposals(waiting),
        "asked": queries.asked_for(),
        "bored": queries.bored()[:10],
        "manages": may(request.member.role, Right.MANAGE),
        "tab": "suggestions",
    }
    return render(request, "care/suggestions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.SELL, section="add")
def new(request: ShopRequest) -> HttpResponse:
    """Somebody wishes for something."""
    data = request.POST if request.method == "POST" else request.GET
    looking = any(name in data for name in baskets.LOOKING)
    form = forms.SuggestionForm(request.POST or None)
    if request.method == "POST" and not looking and form.is_valid():
        with refusals(form):
            voice = actions.suggest(
                customer=baskets.picked(request.POST).customer, by=request.member, **form.cleaned_data
            )
            messages.success(request, _("Written down. Whoever asked hears from you when it is decided."))
            return redirect("care:suggestion", voice.suggestion_id)
    context = {"form": form, **baskets.picker(request, data)}
    return render(request, "care/suggestion_new.html", context, status=422 if form.errors and not looking else 200)


@require_POST
@door(Right.CHAT, section="chat")
def from_message(request: ShopRequest, pk: int) -> HttpResponse:
    """One tap in the chat: this is a wish."""
    message = get_message(request, pk)
    try:
        voice = actions.suggest(
            text=message.text, source="chat", customer=message.customer, by=request.member, key=f"message:{message.pk}"
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("conversations:thread", message.conversation_id)
    messages.success(request, _("It stands among the suggestions now."))
    return redirect("care:suggestion", voice.suggestion_id)


def _page(request: ShopRequest, row: Suggestion, status: int = 200) -> HttpResponse:
    ways = sorted(rules.NEXT.get(row.state, ()), key=("considered", "trying", "launched", "declined").index)
    others = [topic for topic in queries.waiting_topics() if topic.pk != row.pk]
    others.sort(key=lambda topic: -rules.alike(topic.title, row.title))
    context = {
        "suggestion": row,
        "voices": queries.voices_of(row),
        "ways": [(way, wording.suggestion_answer(way, row.title) if way in rules.ANSWERED else "") for way in ways],
        "variants": catalog.sold(request.shop.today()),
        "others": others[:20],
        "joined": list(row.joined.order_by("pk")),
        "manages": may(request.member.role, Right.MANAGE),
        "tab": "suggestions",
    }
    return render(request, "care/suggestion.html", context, status=status)


@require_safe
@door(Right.SELL, section="menu")
def suggestion(request: ShopRequest, pk: int) -> HttpResponse:
    """One topic: who asked, what becomes of it, what belongs together."""
    return _page(request, get_suggestion(request, pk))


@require_POST
@door(Right.MANAGE, section="menu")
def decision(request: ShopRequest, pk: int) -> HttpResponse:
    """What becomes of it; everybody who asked is answered."""
    row = get_suggestion(request, pk)
    form = forms.DecisionForm(request.POST, variants=catalog.sold(request.shop.today()))
    if not form.is_valid():
        messages.error(request, _("Choose what becomes of it."))
        return _page(request, row, 422)
    try:
        told = actions.decide(suggestion=row, by=request.member, **form.cleaned_data)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        if told:
            said = ngettext("Saved. %(n)d answer is prepared.", "Saved. %(n)d answers are prepared.", told)
            messages.success(request, said % {"n": told})
        else:
            messages.success(request, _("Saved."))
    return redirect("care:suggestion", pk)


@require_POST
@door(Right.SELL, section="menu")
def title(request: ShopRequest, pk: int) -> HttpResponse:
    """A better name."""
    try:
        actions.rename(suggestion=get_suggestion(request, pk), title=request.POST.get("title", ""))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("care:suggestion", pk)


@require_POST
@door(Right.SELL, section="menu")
def joining(request: ShopRequest, pk: int) -> HttpResponse:
    """The two speak of the same."""
    row, chosen = get_suggestion(request, pk), request.POST.get("into", "")
    into = get_suggestion(request, int(chosen) if chosen.isdigit() and len(chosen) < 19 else 0)
    if actions.join(suggestion=row, into=into):
        messages.success(request, _("Joined. On its page they can be taken apart again."))
    return redirect("care:suggestion", into.pk)


@require_POST
@door(Right.SELL, section="menu")
def parting(request: ShopRequest, pk: int) -> HttpResponse:
    """They were two things after all."""
    row = get_joined(request, pk)
    actions.part(suggestion=row)
    messages.success(request, _("Taken apart again."))
    return redirect("care:suggestion", row.pk)


@require_POST
@door(Right.SELL, section="menu")
def voice_removal(request: ShopRequest, pk: int) -> HttpResponse:
    """A wish that was none."""
    voice = get_voice(request, pk)
    topic = voice.suggestion_id
    actions.take_out_voice(voice=voice)
    left = queries.suggestions().filter(pk=topic).exists()
    return redirect("care:suggestion", topic) if left else redirect("care:suggestions")


@require_POST
@door(Right.SELL, section="customers")
def elsewhere(request: ShopRequest, pk: int) -> HttpResponse:
    """One tap: why they bought elsewhere."""
    customer = get_customer(request, pk)
    try:
        actions.tell_elsewhere(
            customer=customer,
            reason=request.POST.get("reason", ""),
            note=request.POST.get("note", ""),
            by=request.member,
        )
        messages.success(request, _("Written down."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("desk:customer", pk)


@require_POST
@door(Right.SELL, section="customers")
def elsewhere_removal(request: ShopRequest, pk: int) -> HttpResponse:
    """It was a mistake."""
    row = get_elsewhere(request, pk)
    customer_id = row.customer_id
    actions.take_back_elsewhere(elsewhere=row)
    return redirect("desk:customer", customer_id)
