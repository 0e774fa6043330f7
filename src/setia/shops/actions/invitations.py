"""Inviting helpers and joining a shop."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, events, ids
from setia.core.errors import DomainError
from setia.core.scope import open_shop
from setia.shops import events as verbs
from setia.shops.actions.users import make_user
from setia.shops.models import Invitation, Member, Role

INVITATION_LASTS = timedelta(days=7)


@transaction.atomic
def invite(*, name: str, role: str, by: Member) -> tuple[Invitation, str]:
    """Invite a helper. Returns the invitation and its token, which is shown once and kept only as a digest."""
    if role == Role.OWNER and by.role != Role.OWNER:
        raise DomainError(_("Only an owner can make someone an owner."), code="owner_only", field="role")
    token = ids.public_token()
    invitation = Invitation.objects.create(
        name=name.strip(),
        role=role,
        token_digest=ids.digest(token),
        expires_at=clock.now() + INVITATION_LASTS,
        invited_by=by,
    )
    events.record(verbs.MEMBER_INVITED, subject=invitation, data={"role": role})
    return invitation, token


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation) -> None:
    """The link opens nothing any more. An invitation that was used stays as it is."""
    if Invitation.objects.filter(pk=invitation.pk, used_at=None).delete()[0]:
        events.record(verbs.INVITATION_WITHDRAWN, data={"role": invitation.role})


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user_id: int) -> Member:
    """Join the shop with a valid invitation, once.

    Raises DomainError when it was used or ran out, or when the user works there already (whose role must not change
    by a link). Somebody who left comes back with the invitation's name and role.
    """
    with open_shop(invitation.shop):
        known = Member.objects.filter(user_id=user_id).first()
        if known and known.removed_at is None:
            raise DomainError(_("You already work in this shop."), code="already_member")
        used = Invitation.objects.filter(pk=invitation.pk, used_at=None, expires_at__gt=clock.now()).update(
            used_at=clock.now()
        )
        if not used:
            raise DomainError(_("This invitation was already used or has run out. Ask for a new one."), code="used")
        member = known or Member(user_id=user_id)
        member.name, member.role, member.removed_at = invitation.name, invitation.role, None
        member.save()
        with open_shop(invitation.shop, actor=f"member:{member.pk}"):
            events.record(verbs.MEMBER_JOINED, subject=member, data={"role": member.role, "invitation": invitation.pk})
    return member


@transaction.atomic
def join(*, invitation: Invitation, username: str, password: str) -> tuple[Any, Member]:
    """A new person joins with an invitation: makes the user and the member, or neither. Returns both."""
    user = make_user(username=username, password=password)
    return user, accept_invitation(invitation=invitation, user_id=user.pk)
