"""When the shop is open, and days on which it is not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.dates import WEEKDAYS as WEEKDAY_NAMES
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from setia.shops.rules import WEEKDAYS, hours_from

_USUAL = ("07:00", "17:00")


@dataclass(frozen=True)
class DayFields:
    """The three fields of a weekday, for the template."""

    day: str
    name: str
    open: BoundField
    opens: BoundField
    closes: BoundField

    @property
    def errors(self) -> list[str]:
        return [str(error) for field in (self.open, self.opens, self.closes) for error in field.errors]


class HoursForm(forms.Form):
    """Seven days, each open from … to … or closed. `hours` cleans to what the shop keeps."""

    def __init__(self, *args: Any, hours: Mapping[str, list[str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for number, day in enumerate(WEEKDAYS):
            name = str(WEEKDAY_NAMES[number])
            opens, closes = hours.get(day, _USUAL)
            self.fields[f"{day}_open"] = forms.BooleanField(
                label=name, required=False, initial=not hours or day in hours
            )
            self.fields[f"{day}_opens"] = _time_field(_("Opens"), opens)
            self.fields[f"{day}_closes"] = _time_field(_("Closes"), closes)

    def days(self) -> Iterator[DayFields]:
        """The days in order, Monday first."""
        for number, day in enumerate(WEEKDAYS):
            yield DayFields(
                day,
                str(WEEKDAY_NAMES[number]),
                self[f"{day}_open"],
                self[f"{day}_opens"],
                self[f"{day}_closes"],
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for day in WEEKDAYS:
            if data.get(f"{day}_open"):
                for end in ("opens", "closes"):
                    if f"{day}_{end}" not in self.errors and data.get(f"{day}_{end}") is None:
                        self.add_error(
                            f"{day}_{end}", gettext("Enter a time such as 07:00, or mark the day as closed.")
                        )
            else:
                # Times of a closed day say nothing, so they cannot be wrong.
                for end in ("opens", "closes"):
                    self.errors.pop(f"{day}_{end}", None)
        return data

    def hours(self) -> dict[str, list[str]]:
        """Opening hours as the shop keeps them."""
        return hours_from({day: self._times(day) for day in WEEKDAYS})

    def hours_like(self, model: str) -> dict[str, list[str]]:
        """The hours of the day `model` on every day."""
        return hours_from(dict.fromkeys(WEEKDAYS, self._times(model)))

    def _times(self, day: str) -> tuple[time, time] | None:
        data = self.cleaned_data
        return (data[f"{day}_opens"], data[f"{day}_closes"]) if data[f"{day}_open"] else None


def _time_field(label: Any, initial: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        initial=initial,
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Enter a time such as 07:00.")},
    )


class ClosureForm(forms.Form):
    """One day or several in a row."""

    first = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("Leave empty for a single day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=80,
        help_text=_("Such as a holiday or a wedding in the family."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
