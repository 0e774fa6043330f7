"""People who work in the shop, and one's own profile there."""

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.core.errors import DomainError
from setia.shops import actions, forms, fresh_links, queries
from setia.shops.access import ShopRequest, door, get_invitation, get_member
from setia.shops.models import Member
from setia.shops.rules import Right, may_be_signed_in
from setia.web.forms import refusals
from setia.web.links import site_url


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.OWN, section="menu")
def members(request: ShopRequest) -> HttpResponse:
    """Who works here and as what; a form that invites one more."""
    form = forms.InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            invitation, token = actions.invite(**form.cleaned_data, by=request.member)
            text = _("Hello %(name)s, this link lets you into %(shop)s. It works once, for 7 days:")
            fresh_links.keep(request, "join", token, invitation.name, text)
            return redirect("shops:link")
    people = list(queries.members())
    usernames = queries.usernames([person.user_id for person in people])
    context = {
        "form": form,
        "members": [(person, usernames.get(person.user_id, "")) for person in people],
        "invitations": queries.open_invitations(),
        "former": queries.former_members()[:20],
        "tab": "members",
    }
    return render(request, "shops/members.html", context)


@require_safe
@door(Right.OWN, section="menu")
def link(request: ShopRequest) -> HttpResponse:
    """The link that was just made: to copy, or to send by WhatsApp. It is shown once."""
    fresh = fresh_links.take(request)
    if fresh is None:
        return redirect("shops:members")
    whatsapp = f"https://wa.me/?text={quote(fresh['message'])}"
    response = render(request, "shops/link.html", fresh | {"whatsapp": whatsapp, "tab": "members"})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@door(Right.OWN, section="menu")
def withdraw(request: ShopRequest, pk: int) -> HttpResponse:
    """An invitation opens nothing any more."""
    actions.withdraw_invitation(invitation=get_invitation(request, pk))
    messages.success(request, _("The invitation was withdrawn."))
    return redirect("shops:members")


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.OWN, section="menu")
def member(request: ShopRequest, pk: int) -> HttpResponse:
    """One person who works here: name, role, language."""
    person = get_member(request, pk)
    form = forms.MemberForm(request.POST or None, member=person)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_member(member=person, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("shops:members")
    context = {"person": person, "form": form, "may_link": _may_link(person), "tab": "members"}
    return render(request, "shops/member.html", context)


def _may_link(person: Member) -> bool:
    return may_be_signed_in(role=person.role, shops=len(queries.shops_of(person.user_id)))


@require_POST
@door(Right.OWN, section="menu")
def member_link(request: ShopRequest, pk: int) -> HttpResponse:
    """A one-time link for a helper who forgot the password."""
    person = get_member(request, pk)
    try:
        token = actions.link_for_member(member=person)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("shops:member", person.pk)
    text = _("Hello %(name)s, this link signs you in to %(shop)s. It works once, for 24 hours:")
    fresh_links.keep(request, "sign_in_link", token, person.name, text)
    return redirect("shops:link")


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.OWN, section="menu")
def removal(request: ShopRequest, pk: int) -> HttpResponse:
    """Close the door to somebody, after asking."""
    person = get_member(request, pk)
    if request.method == "POST":
        try:
            actions.remove_member(member=person)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("shops:member", person.pk)
        if person.pk == request.member.pk:
            return redirect(site_url("home"))
        messages.success(request, _("%(name)s can no longer enter.") % {"name": person.name})
        return redirect("shops:members")
    return render(request, "shops/removal.html", {"person": person, "tab": "members"})


@require_POST
@door(Right.OWN, section="menu")
def bring_back(request: ShopRequest, pk: int) -> HttpResponse:
    """Open the door again to somebody who left."""
    person = actions.bring_back_member(member=get_member(request, pk, former=True))
    messages.success(request, _("%(name)s can enter again.") % {"name": person.name})
    return redirect("shops:members")


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.SEE, section="menu")
def profile(request: ShopRequest) -> HttpResponse:
    """One's own name and language here, and the way to the account."""
    form = forms.ProfileForm(request.POST or None, member=request.member)
    if request.method == "POST" and form.is_valid():
        actions.change_member(member=request.member, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("shops:profile")
    return render(request, "shops/profile.html", {"form": form, "tab": "profile"})
