"""Conditions on how people want to be spoken to, what they told about themselves, and their card."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from setia.customers.models import AgeBand, BuysFor, Expects, ReachBy, ReachHours, Speech
from setia.segments import names, rules
from setia.segments.conditions.base import ConditionForm, ManyField, count_of
from setia.shops.models import Language


class LanguageForm(ConditionForm):
    label, about = _("Language"), _("How they want to be spoken to")
    languages = ManyField(label=_("Write to them in"), choices=Language.choices, initial=[Language.INDONESIAN.value])


class SpeechForm(ConditionForm):
    label, about = _("How a message begins"), _("How they want to be spoken to")
    speeches = ManyField(
        label=_("How a message begins"),
        choices=[*Speech.choices, (rules.UNSAID, names.UNSAID_WORDS)],
        initial=[Speech.KRAMA.value],
    )


class Honorific(ConditionForm):
    label, about = _("How they are addressed"), _("How they want to be spoken to")
    honorifics = ManyField(
        label=_("How they are addressed"), choices=[(word, word) for word in names.HONORIFICS], initial=["Bu"]
    )


class Reach(ConditionForm):
    label, about = _("Reach them by"), _("How they want to be spoken to")
    ways = ManyField(
        label=_("Reach them by"),
        choices=[*ReachBy.choices, (rules.UNSAID, names.UNSAID_WORDS)],
        initial=[ReachBy.WHATSAPP.value],
    )


class Hours(ConditionForm):
    label, about = _("Best time"), _("How they want to be spoken to")
    hours = ManyField(
        label=_("Best time"),
        choices=[*ReachHours.choices, (rules.UNSAID, names.UNSAID_WORDS)],
        initial=[ReachHours.MORNING.value],
    )


class Age(ConditionForm):
    label, about = _("Age"), _("What they told about themselves")
    bands = ManyField(label=_("Age"), choices=AgeBand.choices, initial=[AgeBand.ADULT.value])


class Home(ConditionForm):
    label, about = _("People at home"), _("What they told about themselves")
    least = count_of(_("At least"), required=False, initial=4)
    most = count_of(_("At most"), required=False)


class Reasons(ConditionForm):
    label, about = _("Why they buy"), _("What they told about themselves")
    reasons = ManyField(label=_("Why they buy"), choices=BuysFor.choices, initial=[BuysFor.GIFTS.value])


class Expectations(ConditionForm):
    label, about = _("What matters most"), _("What they told about themselves")
    expectations = ManyField(label=_("What matters most"), choices=Expects.choices, initial=[Expects.TASTE.value])


class TierForm(ConditionForm):
    label, about = _("Tier"), _("Their card")
    tiers = ManyField(label=_("Tiers"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        known = [(str(pk), name) for pk, name in self.choices.tiers.items()]
        self.fields["tiers"].choices = known
        self.fields["tiers"].initial = [value for value, _name in known[:1]]


class Points(ConditionForm):
    label, about = _("Points"), _("Their card")
    least = count_of(_("At least"), required=False, initial=20)
    most = count_of(_("At most"), required=False)


class Stamps(ConditionForm):
    label, about = _("Stamps"), _("Their card")
    least = count_of(_("At least"), required=False, initial=5)
    most = count_of(_("At most"), required=False)
