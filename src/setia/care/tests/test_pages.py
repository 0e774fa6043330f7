"""Every page of care opens for whose business it is."""

import pytest

from setia.care import actions, queries
from setia.care.models import Complaint
from setia.care.views.surveys import SAY
from setia.shops import public

pytestmark = pytest.mark.django_db


def test_pages_open(world):
    owner = world.client("owner")
    row = actions.open_complaint(kind="illness", source="counter", customer=world.customers["ratna"], text="Mules")
    voice = actions.suggest(text="Rasa durian", source="counter", customer=world.customers["ratna"])
    actions.suggest(text="bakpia rasa durian dong", source="counter")
    actions.plan_improvement(cause="Packed", action="Less", owner=None)
    for path in (
        *("care/", "care/complaints/new/", "care/complaints/closed/", f"care/complaints/{row.pk}/"),
        *("care/improvements/", "care/rules/", "care/satisfaction/", "care/satisfaction/poster/", "care/suggestions/"),
        *("care/suggestions/new/", f"care/suggestions/{voice.suggestion_id}/", "leaving/"),
        f"customers/{world.customers['ratna'].pk}/",
    ):
        assert owner.get(world.url(path)).status_code == 200, path
    link = public.link("public_care:say", SAY)
    for path in ("", "csat/", "nps/", "short/", "full/", "premises/"):
        assert owner.get(link + path).status_code == 200, path
    assert queries.board().count() == Complaint.objects.count() == 1
