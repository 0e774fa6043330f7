"""Conditions on what people did, who they are and what is expected of them."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from setia.customers.models import ConsentState, CustomerKind, OccasionKind, Purpose, Source
from setia.orders.models import OrderChannel
from setia.segments import names
from setia.segments.conditions.base import ConditionForm, DayField, ManyField, count_of
from setia.web.forms import MoneyField

ANY = "any"


class Bought(ConditionForm):
    label, about = _("Bought something"), _("What they do")
    what = forms.ChoiceField(label=_("What"))
    days = count_of(_("In the last days (empty: ever)"), required=False, initial=90)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["what"].choices = [(ANY, _("Anything")), *self.choices.goods]


class Purchases(ConditionForm):
    label, about = _("Number of purchases"), _("What they do")
    least = count_of(_("At least"), required=False, initial=3)
    most = count_of(_("At most"), required=False)


class Spent(ConditionForm):
    label, about = _("Spent in all"), _("What they do")
    least = MoneyField(label=_("At least"), required=False, initial=500_000)
    most = MoneyField(label=_("At most"), required=False)


class Away(ConditionForm):
    label, about = _("Last purchase"), _("What they do")
    least = count_of(_("At least so many days ago"), required=False, initial=60)
    most = count_of(_("At most so many days ago"), required=False)


class First(ConditionForm):
    label, about = _("First purchase"), _("What they do")
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)


class Between(ConditionForm):
    label, about = _("Bought between two days"), _("What they do")
    since = DayField(label=_("From"))
    until = DayField(label=_("To"))


class Channel(ConditionForm):
    label, about = _("How they buy"), _("What they do")
    channel = forms.ChoiceField(label=_("By which way"), choices=OrderChannel.choices)


class Kind(ConditionForm):
    label, about = _("Kind of customer"), _("Who they are")
    kinds = ManyField(label=_("Kind"), choices=CustomerKind.choices, initial=[CustomerKind.END.value])


class Heard(ConditionForm):
    label, about = _("How they found us"), _("Who they are")
    sources = ManyField(label=_("How they found us"), choices=Source.choices, initial=[Source.WORD_OF_MOUTH.value])


class Known(ConditionForm):
    label, about = _("Written down lately"), _("Who they are")
    days = count_of(_("In the last days"), initial=30)


class PlacesField(ManyField):
    """Names of places: those where people live to choose from, and any other that a rule of before may name."""

    def valid_value(self, value: str) -> bool:
        return 0 < len(value) <= 60


class PlaceForm(ConditionForm):
    label, about = _("District"), _("Where they live")
    districts = PlacesField(label=_("Districts"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        # where people live is asked for when it is shown, and not to count
        self.fields["districts"].choices = self._named
        self.fields["districts"].initial = lambda: self.choices.districts[:1]

    def _named(self) -> list[tuple[str, str]]:
        known = list(self.choices.districts)
        asked = self.data.getlist(self.add_prefix("districts")) if isinstance(self.data, QueryDict) else []
        known += [name for name in asked if name not in known and 0 < len(name) <= 60]
        return [(name, name) for name in known]


class Town(ConditionForm):
    label, about = _("In town or outside"), _("Where they live")
    where = forms.ChoiceField(label=_("Where"), choices=[("out", _("Outside town")), ("in", _("In town"))])


class Reachable(ConditionForm):
    label, about = _("Has a number"), _("Who they are")


# A day of remembrance is nobody's reason to be put on a list.
CELEBRATED = [choice for choice in OccasionKind.choices if choice[0] != OccasionKind.MEMORIAL]


class Day(ConditionForm):
    label, about = _("Birthday or other day"), _("Celebrations")
    which = forms.ChoiceField(label=_("What day"), choices=[(ANY, _("Any")), *CELEBRATED])
    days = count_of(_("Within days"), initial=14)


class SeasonForm(ConditionForm):
    label, about = _("Buys for a celebration"), _("Celebrations")
    season = forms.ChoiceField(label=_("Celebration"), choices=list(names.SEASON_NAMES.items()))


class Consent(ConditionForm):
    label, about = _("Consent"), _("Who they are")
    purpose = forms.ChoiceField(label=_("About"), choices=Purpose.choices[:2])
    state = forms.ChoiceField(
        label=_("Answer"), choices=[*ConsentState.choices][1:] + ConsentState.choices[:1], initial=ConsentState.GIVEN
    )


class GroupForm(ConditionForm):
    label, about = _("Named group"), _("What we expect")
    groups = ManyField(
        label=_("Groups"),
        choices=[(str(int(group)), names.GROUPS[group]) for group in names.SHOWN_GROUPS],
        initial=[str(int(names.SHOWN_GROUPS[0]))],
    )


class Late(ConditionForm):
    label, about = _("Away longer than usual"), _("What we expect")


class Loyal(ConditionForm):
    label, about = _("Loyal customers"), _("What we expect")


class Standing(ConditionForm):
    label, about = _("Became loyal, or slips away"), _("What we expect")
    which = forms.ChoiceField(label=_("Which"), choices=list(names.STANDINGS.items()))


class Messenger(ConditionForm):
    label, about = _("Brought somebody"), _("What they do")


class Began(ConditionForm):
    label, about = _("First purchase was of"), _("What they do")
    what = forms.ChoiceField(label=_("What"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        known = [name for value, name in self.choices.goods if value[:2] in ("f:", "p:")]
        self.fields["what"].choices = [(name, name) for name in dict.fromkeys(known)]


class Chance(ConditionForm):
    label, about = _("Will order within 4 weeks"), _("What we expect")
    level = forms.ChoiceField(label=_("How likely"), choices=list(names.LEVELS.items()))


class Value(ConditionForm):
    label, about = _("Expected value"), _("What we expect")
    fifths = ManyField(label=_("Of all customers"), choices=list(names.FIFTHS.items()), initial=["5"])
