"""Products, their flavours and pack sizes, and prices with the day they begin."""

from django.db import models
from django.db.models import Q

from setia.core import clock
from setia.core.scope import ShopModel


class Product(ShopModel):
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    # The token of a picture: `catalog.photos` knows where it lies.
    photo = models.CharField(max_length=40, blank=True)
    shelf_life_days = models.PositiveSmallIntegerField(null=True)
    ingredients = models.CharField(max_length=400, blank=True)
    # Names out of `rules.ALLERGENS`, parted by commas.
    allergens = models.CharField(max_length=120, blank=True)
    # Kept only when well-formed; see `rules.pirt` and `rules.halal`.
    pirt_number = models.CharField(max_length=20, blank=True)
    halal_number = models.CharField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def allergen_names(self) -> list[str]:
        """What people may not stand in it, as names of `rules.ALLERGENS`."""
        return self.allergens.split(",") if self.allergens else []


class Variant(ShopModel):
    """A flavour in a pack size: what one puts in a basket."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="variants")
    flavour = models.CharField(max_length=60, blank=True)
    pack_size = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=20, default="kotak")
    sku = models.CharField(max_length=40)
    photo = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    # Of a season: sold from and until these days (inclusive); None: no such bound.
    sold_from = models.DateField(null=True)
    sold_until = models.DateField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "sku"], name="variant_sku")]

    @property
    def label(self) -> str:
        """`Kacang hijau isi 10`, the way the shop says it; the product's name where there is no flavour."""
        name = self.flavour or self.product.name
        return f"{name} isi {self.pack_size}" if self.pack_size else name

    def __str__(self) -> str:
        return self.label


class PriceList(ShopModel):
    """Prices for one kind of customer. An empty kind is the list for everyone."""

    name = models.CharField(max_length=60)
    customer_kind = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "customer_kind"], name="price_list_kind")]


class Price(ShopModel):
    """What a variant costs on a list from a day on. The newest that has begun counts; old ones stay as history."""

    price_list = models.ForeignKey(PriceList, on_delete=models.CASCADE, related_name="prices")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="prices")
    amount = models.PositiveIntegerField()
    valid_from = models.DateField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "price_list", "variant", "valid_from"], name="price_once_a_day"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="price_above_zero"),
        ]


class Storefront(ShopModel):
    """The page of the shop that everybody may see; one a shop. Whether it is open is told by its public link."""

    greeting = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=200, blank=True)
    map_link = models.CharField(max_length=300, blank=True)
    takes_orders = models.BooleanField(default=True)
    # How many days before the day they are for orders by the page must come in.
    days_ahead = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop"], name="storefront_once")]
