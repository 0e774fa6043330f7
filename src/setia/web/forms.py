"""Form fields that speak the shop's language: rupiah as people type them, phones as they save them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _

from setia.core import money, phone
from setia.core.errors import DomainError
from setia.web import amounts


class Renderer(TemplatesSetting):
    """Every form and field is drawn by our partials."""

    form_template_name = "web/form.html"
    field_template_name = "web/field.html"


class MoneyField(forms.Field):
    """An amount typed as `15rb`, `15.000`, `Rp 15000`; cleans to an int in the minor unit of the shop's money."""

    widget = forms.TextInput

    def __init__(self, *, min_value: int = 0, **options: Any) -> None:
        self.min_value = min_value
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off", "placeholder": "15.000"}

    def to_python(self, value: Any) -> int | None:
        if value in (None, ""):
            return None
        if isinstance(value, int):
            return value
        try:
            amount = amounts.read(str(value))
        except money.MoneyError as error:
            raise ValidationError(_(error.message), code=error.code) from error
        if amount < self.min_value:
            least = {"least": amounts.typed(self.min_value)}
            raise ValidationError(_("Enter an amount of at least %(least)s.") % least)
        return amount

    def prepare_value(self, value: Any) -> Any:
        return amounts.typed(value) if isinstance(value, int) else value


class PhoneField(forms.CharField):
    """A phone as people write it; cleans to E.164 (`+628…`), empty when empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=60, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "tel", "autocomplete": "off", "placeholder": "0812 3456 7890"}

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        if not text:
            return ""
        try:
            return phone.normalise(text).e164
        except phone.PhoneError as error:
            remedy = _(error.message)
            if error.suggestion:
                remedy += " " + _("Is it %(number)s?") % {"number": phone.pretty(error.suggestion)}
            raise ValidationError(remedy, code=error.code) from error


@contextmanager
def refusals(form: forms.BaseForm) -> Iterator[None]:
    """What an action in the block refuses is put on the form, and the rest of the block is left out."""
    try:
        yield
    except DomainError as error:
        add_domain_error(form, error)


def add_domain_error(form: forms.BaseForm, error: DomainError) -> None:
    """Put a refusal of an action where the person sees it, keeping everything typed."""
    form.add_error(error.field if error.field in form.fields else None, error.message)
