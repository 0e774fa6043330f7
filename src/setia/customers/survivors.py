"""Who somebody is now: for everything that was written down about a customer who was put together with another."""

from setia.customers.models import Customer


def survivor_of(customer: Customer) -> Customer:
    """Who this customer is now, after they were put together with somebody, and that one perhaps with another."""
    while customer.merged_into_id is not None:
        customer = Customer.objects.get(pk=customer.merged_into_id)
    return customer
