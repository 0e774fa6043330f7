"""Recipes: what one baking takes and gives."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from setia.catalog.models import Variant
from setia.core import events
from setia.core.errors import DomainError
from setia.supply import events as verbs
from setia.supply.models import Recipe, RecipeLine, SupplySettings


@transaction.atomic
def set_recipe(
    *, variant: Variant, boxes: int, lines: Mapping[int, Decimal], labour: int = 0, energy: int = 0
) -> Recipe:
    """The recipe of a variant: quantities by material id for one baking of so many `boxes`. Replaces the former one.

    Raises DomainError without boxes or without materials.
    """
    if boxes < 1:
        raise DomainError(_("How many boxes does one baking give?"), code="boxes", field="boxes")
    wanted = {material: quantity for material, quantity in lines.items() if quantity > 0}
    if not wanted:
        raise DomainError(_("Write down at least one material."), code="lines")
    recipe, _new = Recipe.objects.update_or_create(
        variant=variant, defaults={"boxes": boxes, "labour": labour, "energy": energy}
    )
    RecipeLine.objects.filter(variant=variant).exclude(material_id__in=wanted).delete()
    for material_id, quantity in wanted.items():
        RecipeLine.objects.update_or_create(variant=variant, material_id=material_id, defaults={"quantity": quantity})
    events.record(verbs.RECIPE_CHANGED, subject=recipe)
    return recipe


@transaction.atomic
def change_settings(*, target_margin: int) -> None:
    """What the owner wants to keep of a price: 5 to 80 percent."""
    if not 5 <= target_margin <= 80:
        raise DomainError(_("Choose between 5 and 80 percent."), code="margin", field="target_margin")
    SupplySettings.objects.update_or_create(defaults={"target_margin": target_margin})
    events.record(verbs.RECIPE_CHANGED, data={"target_margin": target_margin})
