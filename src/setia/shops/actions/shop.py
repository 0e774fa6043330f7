"""Opening a shop and changing what is known about it."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.scope import current_shop, open_shop
from setia.shops import events as verbs
from setia.shops import rules
from setia.shops.actions.users import make_user
from setia.shops.models import Member, Role, Shop

SHOP_FIELDS = frozenset(
    {
        *("name", "district", "language", "timezone", "currency", "opening_hours", "daily_capacity"),
        *("whatsapp_number", "whatsapp_level"),
    }
)


@transaction.atomic
def open_new_shop(*, name: str, user_id: int, owner_name: str, language: str = "id", slug: str = "") -> Shop:
    """Set up a shop with its owner. `slug` is made from the name when empty. Raises DomainError when it is taken."""
    base = slug or rules.slug_base(name)
    taken = frozenset(Shop.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if slug and (slug in taken or slug in rules.RESERVED_SLUGS):
        raise DomainError(_("This address is taken. Choose another."), code="slug_taken", field="slug")
    try:
        with transaction.atomic():
            shop = Shop.objects.create(slug=slug or rules.slug_for(name, taken), name=name.strip(), language=language)
    except IntegrityError as error:
        # Another shop of this name was opened at this very moment.
        raise DomainError(_("This address was taken just now. Try again."), code="slug_taken", field="slug") from error
    with open_shop(shop):
        owner = Member.objects.create(user_id=user_id, name=owner_name.strip() or name.strip(), role=Role.OWNER)
        with open_shop(shop, actor=f"member:{owner.pk}"):
            events.record(verbs.OPENED, subject=shop)
            events.record(verbs.MEMBER_JOINED, subject=owner, data={"role": owner.role})
    return shop


@transaction.atomic
def sign_up(*, shop_name: str, owner_name: str, username: str, password: str, language: str) -> tuple[Any, Shop]:
    """A new person opens a shop: makes the user and the shop, or neither. Returns both."""
    user = make_user(username=username, password=password)
    return user, open_new_shop(name=shop_name, user_id=user.pk, owner_name=owner_name, language=language)


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
    """The first run is done (or put off); it is not shown again by itself."""
    shop = current_shop()
    if shop.setup_done_at is None:
        shop.setup_done_at = clock.now()
        shop.save(update_fields=["setup_done_at"])
    return shop
