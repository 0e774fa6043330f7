"""Somebody may be ill, or found something in the food: before everything else."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.care.models import Kind, Severity
from setia.customers.models import Customer
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources import complaint

KIND = "alarm"
PHASE = Phase.RETAIN
LABEL = gettext_lazy("Severe complaint")
WAKES = complaint.WAKES
title, link = complaint.title, complaint.link


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Severe complaints that are not closed."""
    for row in complaint.open_ones(day, customer_id):
        if row.severity == Severity.SEVERE:
            yield complaint.candidate(KIND, row)


def reason(facts: dict[str, Any], customer: Customer | None) -> str:
    """What it is, and the first two things to do."""
    text = _("%(what)s. Call now, keep the box, and look who else got some of the batch.")
    return text % {"what": Kind(facts["what"]).label}
