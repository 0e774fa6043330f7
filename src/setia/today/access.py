"""Doors of Today."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from setia.shops.access import ShopRequest
from setia.today.models import Prompt
from setia.today.sources import PRIVATE


def get_prompt(request: ShopRequest, pk: int) -> Prompt:
    """The prompt of this shop, or 404; so are those of what only who manages may see."""
    prompt: Prompt = get_object_or_404(Prompt.objects.select_related("customer"), pk=pk)
    if prompt.kind in PRIVATE and not request.member.manages:
        raise Http404
    return prompt
