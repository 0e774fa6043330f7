"""What is typed about suppliers, materials, checks, recipes and prices."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.supply.models import ReviewOption, SupplierKind, Unit, Verdict
from setia.web.forms import MoneyField, PhoneField

_PHOTO = {"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}


def _date(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class QuantityField(forms.DecimalField):
    """An amount of material typed as `2,5` or `2.5`."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_digits=10, decimal_places=3, min_value=Decimal("0"), widget=widget, **options)

    def to_python(self, value: Any) -> Decimal | None:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return format(value.normalize(), "f") if isinstance(value, Decimal) else value


class SupplierForm(forms.Form):
    """Somebody one buys from."""

    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    kind = forms.ChoiceField(label=_("Regular or on trial"), choices=SupplierKind.choices)
    phone = PhoneField(label=_("Phone"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class MaterialForm(forms.Form):
    """Something that goes into a product or around it."""

    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    unit = forms.ChoiceField(label=_("Counted in"), choices=Unit.choices)
    supplier = forms.ModelChoiceField(
        label=_("Whose price counts"), queryset=None, required=False, empty_label=_("whoever is latest")
    )
    packaging = forms.BooleanField(label=_("It is packaging"), required=False)

    def __init__(self, *args: Any, suppliers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["supplier"].queryset = suppliers


class PriceForm(forms.Form):
    """A line of the price diary."""

    supplier = forms.ModelChoiceField(label=_("From whom"), queryset=None, empty_label=None)
    amount = MoneyField(label=_("Price per unit"), min_value=1)
    on = _date(_("Day"))

    def __init__(self, *args: Any, suppliers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["supplier"].queryset = suppliers


class LotForm(forms.Form):
    """A delivery."""

    material = forms.ModelChoiceField(label=_("What"), queryset=None, empty_label=None)
    supplier = forms.ModelChoiceField(label=_("From whom"), queryset=None, empty_label=None)
    quantity = QuantityField(label=_("How much (in its unit)"))
    cost = MoneyField(label=_("Paid for all of it"))
    code = forms.CharField(
        label=_("Lot number on the sack"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    promised_on = _date(_("Promised for"), required=False)
    received_on = _date(_("Came on"))
    expires_on = _date(_("Good until"), required=False)

    def __init__(self, *args: Any, materials: Any, suppliers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["material"].queryset = materials
        self.fields["supplier"].queryset = suppliers


class InspectionForm(forms.Form):
    """Looking at a lot or a batch: each standard, then the verdict."""

    verdict = forms.ChoiceField(label=_("Verdict"), choices=Verdict.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("What was not right"), max_length=300, required=False)
    photo = forms.FileField(label=_("Photo"), required=False, widget=forms.FileInput(attrs=_PHOTO))

    def __init__(self, *args: Any, standards: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.texts = {f"s{row.pk}": row.text for row in standards}
        for name, text in self.texts.items():
            self.fields[name] = forms.BooleanField(label=text, required=False)
        self.order_fields([*self.texts, "verdict", "note", "photo"])

    @property
    def points(self) -> list[tuple[str, bool]]:
        """Each standard with whether it was met."""
        return [(text, self.cleaned_data[name]) for name, text in self.texts.items()]


class StandardForm(forms.Form):
    """A point to look at."""

    text = forms.CharField(label=_("Look at"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class RecipeForm(forms.Form):
    """One baking: a quantity for each material, boxes, labour, gas and electricity."""

    boxes = forms.IntegerField(
        label=_("Boxes from one baking"),
        min_value=1,
        max_value=2000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    labour = MoneyField(label=_("Work for one baking"), required=False)
    energy = MoneyField(label=_("Gas and electricity for one baking"), required=False)

    def __init__(self, *args: Any, materials: Any, known: dict[int, Decimal], **options: Any) -> None:
        super().__init__(*args, **options)
        self.materials = list(materials)
        for row in self.materials:
            self.fields[f"m{row.pk}"] = QuantityField(
                label=f"{row.name} ({row.get_unit_display()})", required=False, initial=known.get(row.pk)
            )

    @property
    def lines(self) -> dict[int, Decimal]:
        """Quantities by material id, those left open left out."""
        found = {row.pk: self.cleaned_data.get(f"m{row.pk}") for row in self.materials}
        return {pk: quantity for pk, quantity in found.items() if quantity}


class BatchForm(forms.Form):
    """What was baked, from which lots."""

    variant = forms.ModelChoiceField(label=_("What was baked"), queryset=None, empty_label=None)
    boxes = forms.IntegerField(
        label=_("Boxes"), min_value=1, max_value=2000, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    baked_on = _date(_("Baked on"))
    lots = forms.ModelMultipleChoiceField(
        label=_("From which lots"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    photo = forms.FileField(label=_("Photo"), required=False, widget=forms.FileInput(attrs=_PHOTO))

    def __init__(self, *args: Any, variants: Any, lots: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["variant"].queryset = variants
        self.fields["variant"].label_from_instance = lambda row: row.label
        self.fields["lots"].queryset = lots
        self.fields["lots"].label_from_instance = lambda row: f"{row.material.name}, {row.supplier.name}, {row.label}"


class RecallForm(forms.Form):
    """What is wrong with a batch."""

    reason = forms.CharField(
        label=_("What is wrong"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class SoldForm(forms.Form):
    """When the last box went."""

    sold_until = _date(_("Last box handed over on"), required=False)


class DecisionForm(forms.Form):
    """What the owner does about a dearer material; a price field for each product that is below the wanted margin."""

    option = forms.ChoiceField(label=_("Decision"), choices=ReviewOption.choices, widget=forms.RadioSelect)
    effective_on = _date(_("From which day"))
    supplier = forms.ModelChoiceField(label=_("The other supplier"), queryset=None, required=False)

    def __init__(self, *args: Any, affected: Any, proposals: dict[int, int], suppliers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["supplier"].queryset = suppliers
        self.variants = [row.variant for row in affected]
        for row in affected:
            self.fields[f"p{row.variant.pk}"] = MoneyField(
                label=_("%(label)s, now %(price)s")
                % {"label": row.variant.label, "price": f"{row.after.price:,}".replace(",", ".")},
                required=False,
                initial=proposals.get(row.variant.pk),
            )

    @property
    def prices(self) -> dict[int, int]:
        """New prices by variant id, those left empty left out."""
        found = {variant.pk: self.cleaned_data.get(f"p{variant.pk}") for variant in self.variants}
        return {pk: price for pk, price in found.items() if price}


class AnnouncementForm(forms.Form):
    """The words for regular customers."""

    text = forms.CharField(
        label=_("What they will read"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("{nama} becomes the name of each customer."),
    )


class SettingsForm(forms.Form):
    """The wanted margin."""

    target_margin = forms.IntegerField(label=_("Keep at least so many percent of a price"), min_value=5, max_value=80)
