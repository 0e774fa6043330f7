"""Something new: planned, given to its first tasters, announced by a campaign, put away."""

import contextlib
from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from setia.care.models import Suggestion
from setia.catalog.models import Variant
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.promotions import events as verbs
from setia.promotions.actions.campaigns import save_campaign
from setia.promotions.actions.samples import give_sample
from setia.promotions.models import Campaign, CampaignKind, Launch, LaunchAlike, LaunchTaster, Sample, SampleWhere
from setia.promotions.queries import launches as reads
from setia.promotions.queries.campaigns import PEOPLE
from setia.shops.models import Member

MOST_TASTERS: Final = 60
SEND_FROM, SEND_UNTIL = time(9), time(19)


@transaction.atomic
def save_launch(
    *,
    launch: Launch | None,
    name: str,
    suggestion: Suggestion | None = None,
    variant: Variant | None = None,
    alike: Iterable[Variant] = (),
    by: Member | None = None,
) -> Launch:
    """Plan something new, or change the plan. Raises DomainError (field `name`)."""
    name = " ".join(name.split())
    if not name:
        raise DomainError(_("What is it to be called?"), code="empty", field="name")
    row = launch or Launch(by=by)
    if row.announced_on and row.variant_id and row.variant_id != (variant.pk if variant else None):
        problem = _("It is announced already: what was sold is counted for this product.")
        raise DomainError(problem, code="announced", field="variant")
    row.name, row.suggestion, row.variant = name, suggestion, variant
    row.save()
    chosen = {one.pk for one in alike}
    LaunchAlike.objects.filter(launch=row).exclude(variant_id__in=chosen).delete()
    known = set(LaunchAlike.objects.filter(launch=row).values_list("variant_id", flat=True))
    LaunchAlike.objects.bulk_create(LaunchAlike(launch=row, variant_id=pk) for pk in sorted(chosen - known))
    _record(row, "changed" if launch else "planned")
    return row


@transaction.atomic
def choose_tasters(*, launch: Launch, customers: Sequence[Customer]) -> int:
    """These, too, are to taste it first. Returns how many are new. Raises DomainError for too many."""
    known = set(LaunchTaster.objects.filter(launch=launch).values_list("customer_id", flat=True))
    fresh = [person for person in customers if person.pk not in known]
    if len(known) + len(fresh) > MOST_TASTERS:
        problem = _("At most %(n)s people taste first: they are asked one by one.") % {"n": MOST_TASTERS}
        raise DomainError(problem, code="many")
    LaunchTaster.objects.bulk_create(LaunchTaster(launch=launch, customer=person) for person in fresh)
    if fresh:
        _record(launch, "tasters", people=[person.pk for person in fresh])
    return len(fresh)


@transaction.atomic
def drop_taster(*, launch: Launch, customer: Customer) -> bool:
    """Not this person after all. False when they were not chosen."""
    gone, _rows = LaunchTaster.objects.filter(launch=launch, customer=customer).delete()
    if gone:
        _record(launch, "taster dropped", people=[customer.pk])
    return bool(gone)


@transaction.atomic
def give_taste(*, launch: Launch, customer: Customer, by: Member | None = None) -> Sample:
    """A taster got it: among the tastes like any other. Once each. Raises DomainError while there is no product."""
    if launch.variant is None:
        raise DomainError(_("Choose the product first: then tastes can be counted."), code="variant")
    known = Sample.objects.filter(variant=launch.variant, customer=customer, removed_at=None).first()
    if known is not None:
        return known
    return give_sample(variant=launch.variant, where=SampleWhere.OTHER, customer=customer, by=by)


@transaction.atomic
def prepare_campaign(*, launch: Launch, by: Member | None = None) -> Campaign:
    """The campaign that announces it, as a draft: to who asked, who likes its like, and who tasted. The one that is
    there already where there is one. Raises DomainError while there is no product, or nobody to tell."""
    row = Launch.objects.select_for_update(of=("self",)).get(pk=launch.pk)
    if row.campaign is not None and row.campaign.removed_at is None:
        return row.campaign
    if row.variant is None:
        raise DomainError(_("Choose the product first: the words speak of it and its price."), code="variant")
    ids = reads.audience(row)
    if not ids:
        raise DomainError(_("Nobody is known yet who might like it."), code="nobody")
    row.campaign = save_campaign(
        campaign=None,
        name=_("New: %(name)s") % {"name": row.name[:50]},
        kind=CampaignKind.LAUNCH,
        text=_("{name}, there is something new at {shop}: {product}, {price}. Shall we keep a box for you?"),
        audience=PEOPLE + ",".join(map(str, ids)),
        variant=row.variant,
        send_from=SEND_FROM,
        send_until=SEND_UNTIL,
        by=by,
    )
    row.save(update_fields=["campaign"])
    _record(row, "campaign", campaign=row.campaign.pk)
    return row.campaign


@transaction.atomic
def announce(*, launch: Launch, on: date | None = None) -> Launch:
    """From this day on it is sold, and what is bought counts. Raises DomainError while there is no product."""
    row = Launch.objects.select_for_update(of=("self",)).get(pk=launch.pk)
    if row.announced_on is not None:
        return row
    if row.variant_id is None:
        raise DomainError(_("Choose the product first: then what is bought can be counted."), code="variant")
    row.announced_on = on or current_shop().today()
    row.save(update_fields=["announced_on"])
    _record(row, "announced")
    return row


@transaction.atomic
def take_back_announcement(*, launch: Launch) -> bool:
    """It was not announced after all; nothing was said by this. False when it was not, or a campaign has begun."""
    rows = Launch.objects.filter(pk=launch.pk, announced_on__isnull=False)
    if launch.campaign is not None and launch.campaign.started_at is not None:
        return False
    changed = rows.update(announced_on=None, result_seen_at=None)
    if changed:
        _record(launch, "not announced")
    return bool(changed)


def follow_campaign(*, event: Event) -> None:
    """On `campaign.changed`: when the campaign of something new begins, it is announced."""
    if event.data.get("what") != "begun":
        return
    for row in Launch.objects.filter(campaign_id=event.subject_id, announced_on=None):
        with contextlib.suppress(DomainError):  # the product was taken away meanwhile
            announce(launch=row)


@transaction.atomic
def see_result(*, launch: Launch) -> None:
    """Somebody read what became of it."""
    Launch.objects.filter(pk=launch.pk, result_seen_at=None).update(result_seen_at=clock.now())
    _record(launch, "read")


@transaction.atomic
def put_away(*, launch: Launch, comes_back: bool = False) -> bool:
    """Not now; or after all. False when it was so already."""
    rows = Launch.objects.filter(pk=launch.pk, removed_at__isnull=not comes_back)
    changed = rows.update(removed_at=None if comes_back else clock.now())
    if changed:
        _record(launch, "put back" if comes_back else "put away")
    return bool(changed)


def _record(row: Launch, what: str, **more: object) -> None:
    events.record(verbs.LAUNCH_CHANGED, subject=row, data={"what": what, "variant": row.variant_id, **more})
