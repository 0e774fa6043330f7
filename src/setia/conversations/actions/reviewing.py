"""The owner's judgement of a chat."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from setia.conversations import events as verbs
from setia.conversations.models import Conversation, ServiceReview, Verdict
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.shops.models import Member


@transaction.atomic
def review_service(
    *,
    conversation: Conversation,
    day: date,
    stars: int,
    by: Member,
    verdict: str = "",
    note: str = "",
    member: Member | None = None,
) -> ServiceReview:
    """Judge the service in a chat on a day, or judge it anew. `stars`: 1 (poor) to 5; `member`: who served."""
    if not 1 <= stars <= 5:
        raise DomainError(_("Give 1 to 5 stars."), code="stars", field="stars")
    if verdict not in Verdict.values:
        raise DomainError(_("Choose praise, show how it is done, or neither."), code="verdict", field="verdict")
    if day > current_shop().today():
        raise DomainError(_("This day has not come yet."), code="future")
    values = {"stars": stars, "verdict": verdict, "note": note.strip(), "member": member, "by": by, "at": clock.now()}
    row, _new = ServiceReview.objects.update_or_create(conversation=conversation, day=day, defaults=values)
    data = {"day": day.isoformat(), "stars": stars, "verdict": verdict, "member": member.pk if member else None}
    events.record(verbs.SERVICE_REVIEWED, subject=row, customer_id=conversation.customer_id, data=data)
    return row


@transaction.atomic
def withdraw_review(*, review: ServiceReview) -> None:
    """Take a judgement back."""
    data = {"day": review.day.isoformat(), "stars": None, "member": review.member_id}
    events.record(verbs.SERVICE_REVIEWED, subject=review, customer_id=review.conversation.customer_id, data=data)
    review.delete()
