"""Groups of people: the named ones, the saved ones, and the page on which a rule is put together."""

from functools import cache
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.core.errors import DomainError
from setia.segments import actions, building, listing, names, queries, rules, uses
from setia.segments.access import get_segment
from setia.segments.conditions import FORMS, Choices
from setia.segments.models import Segment, SegmentKind
from setia.segments.selecting import of_segment
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may

PREVIEW = 6


@require_safe
@door(Right.SEE, section="customers")
def groups(request: ShopRequest) -> HttpResponse:
    """The named groups with who they are and what to do, and the saved ones."""
    sizes = queries.group_sizes()
    named = [
        (group, names.GROUPS[group], *names.GROUP_MEANING[group], sizes.get(int(group), 0))
        for group in names.SHOWN_GROUPS
    ]
    context = {
        "named": named,
        "saved": list(queries.saved()),
        "everybody": sum(sizes.values()),
        "fit": queries.shop_fit(),
        "manages": may(request.member.role, Right.MANAGE),
    }
    return render(request, "segments/groups.html", context)


@require_safe
@door(Right.SEE, section="customers")
def build(request: ShopRequest) -> HttpResponse:
    """Put a rule together: it counts while one edits, and shows the first of the people."""
    answer = _builder(request, building.draft(request.GET, Choices.of_shop()), part=_only_found(request))
    # Going back, the browser must not show the part it fetched from the same address.
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _only_found(request: ShopRequest) -> bool:
    """Whether the page is there already and asks for what changed in it."""
    return bool(request.htmx) and not request.htmx.history_restore_request and request.htmx.target == "found"


def _builder(
    request: ShopRequest, draft: building.Draft, *, segment: Segment | None = None, part: bool = False, **more: Any
) -> HttpResponse:
    few = rules.names_people(draft.rule)
    size, page = listing.counted_page(queries.profiles(draft.rule), "1", few=few, size=PREVIEW)
    context = {
        "draft": draft,
        "size": size,
        "page": page,
        "kinds": _kinds(get_language() or ""),
        "segment": segment,
        "segment_kinds": SegmentKind.choices,
        "uses": uses.of_role(request.member.role),
        "manages": may(request.member.role, Right.MANAGE),
        "query": draft.query,
        **more,
    }
    return render(request, "segments/_found.html" if part else "segments/build.html", context)


@cache
def _kinds(language: str) -> SafeString:
    """What can be added, by what it is about, to choose from; written once in each `language`, the active one."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, form in FORMS.items():
        found.setdefault(str(form.about), []).append((kind, str(form.label)))
    parts = [(about, format_html_join("", '<option value="{}">{}</option>', kinds)) for about, kinds in found.items()]
    return format_html_join("", '<optgroup label="{}">{}</optgroup>', parts)


@require_POST
@door(Right.MANAGE, section="customers")
def save(request: ShopRequest) -> HttpResponse:
    """Keep the rule in the parameters as a group."""
    return _keep(request, None)


@require_safe
@door(Right.SEE, section="customers")
def detail(request: ShopRequest, pk: int) -> HttpResponse:
    """The people of a saved group."""
    found = of_segment(get_segment(request, pk), Choices.of_shop())
    size, page = listing.counted_page(found.rows, request.GET.get("page", "1"), few=found.few)
    context = {
        "list": found,
        "size": size,
        "page": page,
        "uses": uses.of_role(request.member.role),
        "manages": may(request.member.role, Right.MANAGE),
    }
    return render(request, "segments/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="customers")
def change(request: ShopRequest, pk: int) -> HttpResponse:
    """Give a saved group another name, rule or kind."""
    segment = get_segment(request, pk)
    if request.method == "POST":
        return _keep(request, segment)
    choices = Choices.of_shop()
    edited = "k0" in request.GET or "add" in request.GET or "edited" in request.GET
    draft = building.draft(request.GET, choices) if edited else of_segment(segment, choices).draft
    part = _only_found(request)
    answer = _builder(request, draft, segment=segment, part=part, name=segment.name, chosen=segment.kind)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _keep(request: ShopRequest, segment: Segment | None) -> HttpResponse:
    """Behind the door: the rule of the parameters, name and kind, one action."""
    draft = building.draft(request.GET, Choices.of_shop())
    name = request.POST.get("name", "")[:200]
    kind = request.POST.get("kind", SegmentKind.LIVING)
    kind = kind if kind in SegmentKind.values else SegmentKind.LIVING
    try:
        if segment is None:
            segment = actions.save_segment(name=name, rule=draft.rule, kind=kind, by=request.member)
        else:
            segment = actions.change_segment(segment=segment, name=name, rule=draft.rule, kind=kind)
    except DomainError as error:
        return _builder(request, draft, segment=segment, name=name, chosen=kind, refused=str(error))
    messages.success(request, _("The group is kept."))
    return redirect("segments:detail", segment.pk)


@require_POST
@door(Right.MANAGE, section="customers")
def removal(request: ShopRequest, pk: int) -> HttpResponse:
    """Take a group out of the list; can be undone."""
    segment = actions.remove_segment(segment=get_segment(request, pk))
    text, url = _("%(name)s is taken out.") % {"name": segment.name}, reverse("segments:return", args=[pk])
    said = render_to_string("customers/_undo.html", {"text": text, "url": url}, request=request)
    messages.success(request, mark_safe(said))  # noqa: S308 - a template's output
    return redirect("segments:list")


@require_POST
@door(Right.MANAGE, section="customers")
def returned(request: ShopRequest, pk: int) -> HttpResponse:
    """Take it back."""
    segment = get_segment(request, pk, removed=True)
    try:
        actions.return_segment(segment=segment)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("segments:list")
    messages.success(request, _("%(name)s is back.") % {"name": segment.name})
    return redirect("segments:detail", segment.pk)
