"""Doors of Today."""

from django.shortcuts import get_object_or_404

from setia.shops.access import ShopRequest
from setia.today.models import Prompt


def get_prompt(request: ShopRequest, pk: int) -> Prompt:
    """The prompt of this shop, or 404."""
    return get_object_or_404(Prompt.objects.select_related("customer"), pk=pk)
