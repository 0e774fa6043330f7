"""People who sign in, and the links that sign them in once."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setia.core import clock, ids
from setia.core.errors import DomainError
from setia.shops.models import LoginLink

LOGIN_LINK_LASTS = timedelta(hours=24)


@transaction.atomic
def make_user(*, username: str, password: str) -> Any:
    """A person who can sign in with this name (upper and lower case are the same) and password (checked before)."""
    taken = DomainError(_("Somebody already signs in with this name. Choose another."), code="taken", field="username")
    users = get_user_model().objects
    if users.filter(username__iexact=username).exists():
        raise taken
    try:
        with transaction.atomic():
            return users.create_user(username=username, password=password)
    except IntegrityError as error:
        raise taken from error


@transaction.atomic
def make_login_link(*, user_id: int) -> str:
    """A token that signs the user in once. Only its digest is kept."""
    token = ids.public_token()
    LoginLink.objects.create(user_id=user_id, token_digest=ids.digest(token), expires_at=clock.now() + LOGIN_LINK_LASTS)
    return token


@transaction.atomic
def use_login_link(*, token: str) -> Any:
    """The user behind a login link, which is used up. Raises DomainError when it was used or ran out."""
    link = LoginLink.objects.filter(token_digest=ids.digest(token)).first()
    used = LoginLink.objects.filter(token_digest=ids.digest(token), used_at=None, expires_at__gt=clock.now()).update(
        used_at=clock.now()
    )
    user = get_user_model().objects.filter(pk=link.user_id).first() if link and used else None
    if user is None:
        raise DomainError(_("This link was already used or has run out. Sign in with your password."), code="used")
    return user
