"""Pages of campaigns: the list, the form, what is known before sending, how it goes, what came of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.conversations import rules as sending
from setia.conversations.models import ChannelKind
from setia.core.errors import DomainError
from setia.promotions import wording_campaigns as wording
from setia.promotions.actions import campaigns as actions
from setia.promotions.actions.campaigns_sending import Words
from setia.promotions.forms.campaigns import CampaignForm, StartForm
from setia.promotions.models import Campaign, CampaignState
from setia.promotions.offering_access import get_campaign
from setia.promotions.queries import campaigns as queries
from setia.promotions.queries import campaigns_results as results
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals

MOST = 40


@require_safe
@door(Right.SEE, section="menu")
def home(request: ShopRequest) -> HttpResponse:
    """All campaigns, the newest first, each with one line of what came of it."""
    rows = [(row, queries.for_whom(row), wording.short(row)) for row in queries.campaigns()[:MOST]]
    kinds = [(kind, wording.kind_sentence(kind)) for kind in results.kinds_together()]
    return render(request, "promotions/campaigns.html", {"rows": rows, "kinds": kinds, "tab": "campaigns"})


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def new(request: ShopRequest) -> HttpResponse:
    """Write one. A list of people, a season, an offer or a new product may lead here with what is known."""
    initial: dict[str, Any] = {
        name: request.GET[name]
        for name in ("kind", "name", "text", "variant", "offer", "season")
        if name in request.GET
    }
    if request.method != "POST" and request.GET:
        chosen = queries.selection(request)
        initial |= {"segment": chosen["segment"].pk if chosen["segment"] else "", "audience": chosen["audience"]}
    return _form(request, None, initial)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def change(request: ShopRequest, pk: int) -> HttpResponse:
    """Change one that has not begun."""
    row = get_campaign(request, pk)
    return _form(request, row, {}) if row.state == CampaignState.DRAFT else redirect("promotions:campaign", pk)


def _form(request: ShopRequest, row: Campaign | None, initial: dict[str, Any]) -> HttpResponse:
    form = CampaignForm(request.POST or None, campaign=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            saved = actions.save_campaign(campaign=row, by=request.member, **form.values())
            return redirect("promotions:campaign", saved.pk)
    audience = form["audience"].value() or ""
    context = {
        "form": form,
        "row": row,
        "audience_words": queries.audience_words(audience) if audience else "",
        "by_hand": queries.sending_channel().kind == ChannelKind.APP,
    }
    return render(request, "promotions/campaign_form.html", context, status=422 if form.errors else 200)


@require_safe
@door(Right.SEE, section="menu")
def one(request: ShopRequest, pk: int) -> HttpResponse:
    """One campaign, at whatever point it is."""
    return _page(request, get_campaign(request, pk))


def _page(request: ShopRequest, row: Campaign, *, status: int = 200, **more: Any) -> HttpResponse:
    context: dict[str, Any] = {"row": row, "start_form": StartForm(), "example": _example(row)}
    context["by_cloud"] = queries.sending_channel().kind == ChannelKind.CLOUD
    context["for_whom"] = queries.for_whom(row)
    context["picture"] = queries.picture_link(row)
    if row.state in (CampaignState.DRAFT, CampaignState.SCHEDULED):
        context["outlook"] = queries.outlook(row)
    else:
        context |= {"progress": queries.progress(row), "result": wording.result(row), "losses": row.losses}
        context["by_hand"] = queries.by_hand_waiting().get(row.pk, 0)
    return render(request, "promotions/campaign.html", context | more, status=status)


def _example(row: Campaign) -> str:
    """The words as one of them reads them."""
    person = queries.sample_recipient(row)
    if person is None:
        return row.text
    with translation.override(person.language):
        return sending.fill(row.text, Words(row).for_person(person))


@require_safe
@door(Right.SEE, section="menu")
def progress(request: ShopRequest, pk: int) -> HttpResponse:
    """How far it is, for the page that asks again every few seconds."""
    row = get_campaign(request, pk)
    return render(request, "promotions/_campaign_progress.html", {"row": row, "progress": queries.progress(row)})


@require_POST
@door(Right.MANAGE, section="menu")
def start(request: ShopRequest, pk: int) -> HttpResponse:
    """Begin now, or at the time given."""
    row, form = get_campaign(request, pk), StartForm(request.POST)
    if not form.is_valid():
        return _page(request, row, status=422, start_form=form)
    try:
        begun = actions.start_campaign(campaign=row, starts_at=None if "now" in request.POST else form.moment())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        scheduled = begun.state == CampaignState.SCHEDULED
        messages.success(request, _("It begins by itself at that time.") if scheduled else _("It is being sent."))
    return redirect("promotions:campaign", pk)


STEPS = {
    "pause": actions.pause_campaign,
    "resume": actions.resume_campaign,
    "stop": actions.stop_campaign,
    "draft": actions.unschedule_campaign,
}


@require_POST
@door(Right.MANAGE, section="menu")
def step(request: ShopRequest, pk: int) -> HttpResponse:
    """Pause, go on, stop, or take the schedule back."""
    row, action = get_campaign(request, pk), STEPS.get(request.POST.get("step", ""))
    if action is not None:
        action(campaign=row)
        messages.success(request, _("Done."))
    return redirect("promotions:campaign", pk)


@require_POST
@door(Right.MANAGE, section="menu")
def copy(request: ShopRequest, pk: int) -> HttpResponse:
    """The same once more, as a draft."""
    made = actions.copy_campaign(campaign=get_campaign(request, pk), by=request.member)
    return redirect("promotions:campaign_change", made.pk)


@require_POST
@door(Right.MANAGE, section="menu")
def removal(request: ShopRequest, pk: int) -> HttpResponse:
    """Take a draft out, or put it back."""
    row = get_campaign(request, pk)
    try:
        actions.remove_campaign(campaign=row, comes_back="undo" in request.POST)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("promotions:campaign", pk)
    if "undo" in request.POST:
        return redirect("promotions:campaign", pk)
    return redirect("promotions:campaigns")


@require_POST
@door(Right.SEE, section="menu")
def seen(request: ShopRequest, pk: int) -> HttpResponse:
    """The result was read."""
    actions.see_result(campaign=get_campaign(request, pk))
    return redirect("promotions:campaigns")
