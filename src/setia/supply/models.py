"""From supplier to box: who delivers what at which price, what came in, what was checked, what was baked from it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.catalog.models import Product, Variant
from setia.core import clock
from setia.core.scope import ShopModel
from setia.shops.models import Member


class SupplySettings(ShopModel):
    """What the owner wants to keep of a price, in percent: below it a product asks for a decision."""

    target_margin = models.PositiveSmallIntegerField(default=35)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop"], name="supply_settings_once")]


class SupplierKind(models.TextChoices):
    PERMANENT = "permanent", _("Regular")
    TRIAL = "trial", _("On trial")


class Supplier(ShopModel):
    """Somebody the shop buys materials from."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=SupplierKind, default=SupplierKind.PERMANENT)
    phone = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=300, blank=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "name"], name="supplier_name")]

    def __str__(self) -> str:
        return self.name


class Unit(models.TextChoices):
    KILOGRAM = "kg", _("kg")
    LITRE = "l", _("litre")
    PIECE = "pcs", _("piece")


class Material(ShopModel):
    """What goes into a product or around it. Prices and amounts are per `unit`."""

    name = models.CharField(max_length=80)
    unit = models.CharField(max_length=4, choices=Unit, default=Unit.KILOGRAM)
    # Whose price counts for costs; without one the latest price of anybody does.
    supplier = models.ForeignKey(Supplier, on_delete=models.SET_NULL, null=True, related_name="+")
    packaging = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "name"], name="material_name")]

    def __str__(self) -> str:
        return self.name


class MaterialPrice(ShopModel):
    """A line of the price diary: what a unit costs at a supplier from a day on. The latest of a day counts."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="prices")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField()
    on = models.DateField()
    # Asked for, or really paid.
    paid = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="material_price_above_zero")]
        indexes = [models.Index(fields=["shop", "material", "-on", "-id"], name="material_price_latest")]


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    NOTED = "noted", _("Accepted with a remark")
    REJECTED = "rejected", _("Sent back")


class Lot(ShopModel):
    """A delivery of one material: its lot number, what it cost, when it was to come and came, how long it keeps."""

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="lots")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="lots")
    code = models.CharField(max_length=40, blank=True)
    quantity = models.DecimalField(max_digits=10, decimal_places=3)
    cost = models.PositiveIntegerField()
    promised_on = models.DateField(null=True)
    received_on = models.DateField()
    expires_on = models.DateField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    used_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="lot_has_quantity")]
        indexes = [models.Index(fields=["shop", "material", "-received_on", "-id"], name="lot_latest")]

    @property
    def label(self) -> str:
        """How it is called: by its code, else by the day it came."""
        return self.code or f"{self.received_on:%d/%m/%y}"


class Standard(ShopModel):
    """What is looked at in a material when it comes in, or in a product before it is packed."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, null=True, related_name="standards")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, null=True, related_name="+")
    text = models.CharField(max_length=120)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(material__isnull=False, product__isnull=True)
                | Q(material__isnull=True, product__isnull=False),
                name="standard_of_one_thing",
            )
        ]


class RecipeLine(ShopModel):
    """How much of a material one baking of a variant takes."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="recipe_lines")
    quantity = models.DecimalField(max_digits=10, decimal_places=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "variant", "material"], name="recipe_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="recipe_line_has_quantity"),
        ]


class Recipe(ShopModel):
    """One baking of a variant: how many boxes it gives, and what it costs beside materials."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    boxes = models.PositiveSmallIntegerField()
    labour = models.PositiveIntegerField(default=0)
    energy = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "variant"], name="recipe_once"),
            models.CheckConstraint(condition=Q(boxes__gt=0), name="recipe_gives_boxes"),
        ]


class Batch(ShopModel):
    """What was baked together: one variant, one day, from which lots. Its page is behind the code on the box."""

    code = models.CharField(max_length=20)
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    baked_on = models.DateField()
    boxes = models.PositiveSmallIntegerField()
    best_before = models.DateField(null=True)
    # The last day on which boxes of it were handed over, once they are gone.
    sold_until = models.DateField(null=True)
    baked_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    photo = models.CharField(max_length=40, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    recalled_at = models.DateTimeField(null=True)
    recall_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "code"], name="batch_code")]
        indexes = [models.Index(fields=["shop", "-baked_on", "-id"], name="batch_latest")]

    def __str__(self) -> str:
        return self.code


class BatchLot(ShopModel):
    """A lot that went into a batch."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="lots")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="batches")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "batch", "lot"], name="batch_lot_once")]


class Inspection(ShopModel):
    """A lot or a batch was looked at: point by point, with a verdict."""

    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, null=True, related_name="inspections")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, null=True, related_name="inspections")
    verdict = models.CharField(max_length=10, choices=Verdict)
    # [[text of the standard, whether it was met], …] as they were then
    points = models.JSONField(default=list)
    note = models.CharField(max_length=300, blank=True)
    photo = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lot__isnull=False, batch__isnull=True) | Q(lot__isnull=True, batch__isnull=False),
                name="inspection_of_one_thing",
            )
        ]


class TracedComplaint(ShopModel):
    """A complaint about a batch, as heard by its event."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="complaints")
    # The complaint's id: a number, for complaints stand above.
    complaint_id = models.BigIntegerField()
    kind = models.CharField(max_length=30)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "complaint_id"], name="traced_complaint_once")]


class ReviewOption(models.TextChoices):
    PRICE = "price", _("A new price")
    SMALLER = "smaller", _("A smaller pack")
    SUPPLIER = "supplier", _("Another supplier")
    ABSORB = "absorb", _("Leave it as it is")


class PriceReview(ShopModel):
    """A material became dearer and products fell below what the owner wants to keep: options, decision, its day."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="reviews")
    before = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    opened_at = models.DateTimeField(default=clock.now)
    option = models.CharField(max_length=10, choices=ReviewOption, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    effective_on = models.DateField(null=True)
    # The words for the customers, and when they were put into the outbox.
    announcement = models.CharField(max_length=600, blank=True)
    announced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "material"], condition=Q(decided_at=None), name="price_review_one_open"
            )
        ]

    @property
    def rise(self) -> float:
        """By which share the material became dearer."""
        return self.after / self.before - 1 if self.before else 0.0


class ReviewPrice(ShopModel):
    """A new price (or, of a smaller pack, its size) of one variant in a decided review."""

    review = models.ForeignKey(PriceReview, on_delete=models.CASCADE, related_name="prices")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    before = models.PositiveIntegerField()
    after = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "review", "variant"], name="review_price_once")]
