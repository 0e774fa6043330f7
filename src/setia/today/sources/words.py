"""Words to send: in the customer's language, with the name the customer is called by."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation

from setia.core import names
from setia.customers.models import Customer


@contextmanager
def speaking_to(customer: Customer) -> Iterator[str]:
    """Texts inside the block are in the customer's language; yields how to call them (`Bu Ratna`)."""
    with translation.override(customer.language):
        yield names.greeting_name(customer.display_name)
