"""Changing who may do what, and closing the door."""

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.scope import current_shop_id
from setia.shops import events as verbs
from setia.shops import queries, rules
from setia.shops.actions.users import make_login_link
from setia.shops.models import Member, Role, Shop


@transaction.atomic
def change_member(
    *, member: Member, role: str | None = None, name: str | None = None, language: str | None = None
) -> Member:
    """Change a member's role, name or language (None leaves it). The shop keeps at least one owner."""
    changes = {"role": role, "name": name.strip() if name else name, "language": language}
    changed = {key: value for key, value in changes.items() if value is not None and getattr(member, key) != value}
    if "role" in changed and member.role == Role.OWNER:
        _keep_an_owner(member)
    for key, value in changed.items():
        setattr(member, key, value)
    if changed:
        member.save(update_fields=list(changed))
        events.record(verbs.MEMBER_CHANGED, subject=member, data={"fields": sorted(changed), "role": member.role})
    return member


@transaction.atomic
def remove_member(*, member: Member) -> None:
    """Close the door to a member; what they did stays theirs. The shop keeps at least one owner."""
    if member.removed_at is not None:
        return
    if member.role == Role.OWNER:
        _keep_an_owner(member)
    member.removed_at = clock.now()
    member.save(update_fields=["removed_at"])
    events.record(verbs.MEMBER_REMOVED, subject=member)


@transaction.atomic
def bring_back_member(*, member: Member) -> Member:
    """Open the door again, with the role they had."""
    if member.removed_at is not None:
        member.removed_at = None
        member.save(update_fields=["removed_at"])
        events.record(verbs.MEMBER_JOINED, subject=member, data={"role": member.role})
    return member


@transaction.atomic
def link_for_member(*, member: Member) -> str:
    """The token of a one-time login link for a helper who forgot the password.

    Raises DomainError for owners, and for helpers who work in another shop too: the link would open that one as well.
    """
    if not rules.may_be_signed_in(role=member.role, shops=len(queries.shops_of(member.user_id))):
        raise DomainError(_("A link can only be made for helpers who work in no other shop."), code="not_only_here")
    token = make_login_link(user_id=member.user_id)
    events.record(verbs.MEMBER_LINK, subject=member)
    return token


def _keep_an_owner(member: Member) -> None:
    # Two owners who remove each other at the same moment: the second waits here and finds herself alone.
    Shop.objects.select_for_update().get(pk=current_shop_id())
    others = Member.objects.filter(role=Role.OWNER, removed_at=None).exclude(pk=member.pk)
    if not others.exists():
        raise DomainError(
            _("A shop needs an owner. Make someone else an owner first."), code="last_owner", field="role"
        )
