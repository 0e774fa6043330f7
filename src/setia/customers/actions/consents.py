"""What a customer agreed to, with the evidence."""

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import events
from setia.core.errors import DomainError
from setia.customers import events as verbs
from setia.customers import rules
from setia.customers.models import Consent, ConsentState, Customer
from setia.shops.models import Member


@transaction.atomic
def answer_consent(
    *, customer: Customer, purpose: str, state: str, how: str, evidence: str = "", by: Member | None = None
) -> Consent:
    """Write down an answer to one purpose; the latest speaks, all are kept.

    `how`: where or by what the answer came (`asked at the counter`), needed for a yes; `evidence`: their words or the
    message's id. Raises DomainError when a yes comes without how.
    """
    how, evidence = rules.tidy(how), evidence.strip()
    if state == ConsentState.GIVEN and not how:
        text = _("Say how they agreed, for example “asked at the counter”.")
        raise DomainError(text, code="how_missing", field="how")
    consent = Consent.objects.create(
        customer=customer, purpose=purpose, state=state, how=how[:80], evidence=evidence[:300], by=by
    )
    data = {"purpose": purpose, "state": state}
    events.record(verbs.CONSENT_ANSWERED, subject=consent, customer_id=customer.pk, data=data)
    return consent
