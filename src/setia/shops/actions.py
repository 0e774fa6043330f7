"""The only writer of shops, members, invitations and login links."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, events, ids
from setia.core.errors import DomainError
from setia.core.scope import current_shop, open_shop
from setia.shops import events as verbs
from setia.shops import rules
from setia.shops.models import Invitation, LoginLink, Member, Role, Shop

INVITATION_LASTS = timedelta(days=7)
LOGIN_LINK_LASTS = timedelta(hours=24)


@transaction.atomic
def open_new_shop(*, name: str, user_id: int, owner_name: str, language: str = "id", slug: str = "") -> Shop:
    """Set up a shop with its owner. `slug` is made from the name when empty. Raises DomainError when it is taken."""
    taken = frozenset(Shop.objects.values_list("slug", flat=True))
    if slug and (slug in taken or slug in rules.RESERVED_SLUGS):
        raise DomainError(_("This address is taken. Choose another."), code="slug_taken", field="slug")
    shop = Shop.objects.create(slug=slug or rules.slug_for(name, taken), name=name.strip(), language=language)
    with open_shop(shop):
        owner = Member.objects.create(user_id=user_id, name=owner_name.strip() or name, role=Role.OWNER)
        events.record(verbs.OPENED, subject=shop)
        events.record(verbs.MEMBER_JOINED, subject=owner, data={"role": owner.role})
    return shop


SHOP_FIELDS = frozenset(
    "name language timezone currency whatsapp_number whatsapp_level opening_hours district daily_capacity".split()
)


@transaction.atomic
def change_shop(**changes: Any) -> Shop:
    """Change fields of the open shop (`SHOP_FIELDS`); records which changed. Returns the shop."""
    if unknown := set(changes) - SHOP_FIELDS:
        raise TypeError(f"Not a changeable field of a shop: {sorted(unknown)}")
    shop = current_shop()
    changed = [name for name, value in changes.items() if getattr(shop, name) != value]
    if changed:
        for name in changed:
            setattr(shop, name, changes[name])
        shop.save(update_fields=changed)
        events.record(verbs.CHANGED, subject=shop, data={"fields": changed})
    return shop


@transaction.atomic
def finish_setup() -> Shop:
    """The first run is done (or skipped); it is not shown again."""
    shop = current_shop()
    if shop.setup_done_at is None:
        shop.setup_done_at = clock.now()
        shop.save(update_fields=["setup_done_at"])
    return shop


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
def accept_invitation(*, invitation: Invitation, user_id: int) -> Member:
    """Join the shop with a valid invitation, once. Raises DomainError when it was used or ran out."""
    used = Invitation.across_shops.filter(pk=invitation.pk, used_at=None, expires_at__gt=clock.now()).update(
        used_at=clock.now()
    )
    if not used:
        raise DomainError(_("This invitation was already used or has run out. Ask for a new one."), code="used")
    with open_shop(invitation.shop):
        member, _made = Member.objects.update_or_create(
            user_id=user_id,
            shop=invitation.shop,
            defaults={"name": invitation.name, "role": invitation.role, "removed_at": None},
        )
        events.record(verbs.MEMBER_JOINED, subject=member, data={"role": member.role})
    return member


@transaction.atomic
def change_member(*, member: Member, role: str | None = None, name: str | None = None, language: str | None = None) -> Member:
    """Change a member's role, name or language. The shop keeps at least one owner."""
    changes = {"role": role, "name": name, "language": language}
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
    if member.role == Role.OWNER:
        _keep_an_owner(member)
    member.removed_at = clock.now()
    member.save(update_fields=["removed_at"])
    events.record(verbs.MEMBER_REMOVED, subject=member)


def _keep_an_owner(member: Member) -> None:
    others = Member.objects.filter(role=Role.OWNER, removed_at=None).exclude(pk=member.pk)
    if not others.exists():
        raise DomainError(_("A shop needs an owner. Make someone else an owner first."), code="last_owner")


@transaction.atomic
def make_login_link(*, user_id: int) -> str:
    """A token that signs the user in once. Only its digest is kept."""
    token = ids.public_token()
    LoginLink.objects.create(
        user_id=user_id, token_digest=ids.digest(token), expires_at=clock.now() + LOGIN_LINK_LASTS
    )
    return token


@transaction.atomic
def use_login_link(*, token: str) -> Any:
    """The user behind a login link, which is used up. Raises DomainError when it was used or ran out."""
    link = LoginLink.objects.filter(token_digest=ids.digest(token)).first()
    if link is None or not LoginLink.objects.filter(
        pk=link.pk, used_at=None, expires_at__gt=clock.now()
    ).update(used_at=clock.now()):
        raise DomainError(_("This link was already used or has run out. Sign in with your password."), code="used")
    return get_user_model().objects.get(pk=link.user_id)
