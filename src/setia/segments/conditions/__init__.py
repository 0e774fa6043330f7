"""The small form of each kind of condition."""

from collections.abc import Mapping

from setia.segments.conditions import known, told
from setia.segments.conditions.base import Choices, ConditionForm, ManyField

__all__ = ["FORMS", "Choices", "ConditionForm", "ManyField"]

FORMS: Mapping[str, type[ConditionForm]] = {
    "bought": known.Bought,
    "purchases": known.Purchases,
    "spent": known.Spent,
    "away": known.Away,
    "first": known.First,
    "between": known.Between,
    "channel": known.Channel,
    "kind": known.Kind,
    "source": known.Heard,
    "known": known.Known,
    "reachable": known.Reachable,
    "consent": known.Consent,
    "place": known.PlaceForm,
    "town": known.Town,
    "day": known.Day,
    "season": known.SeasonForm,
    "group": known.GroupForm,
    "late": known.Late,
    "loyal": known.Loyal,
    "standing": known.Standing,
    "messenger": known.Messenger,
    "began": known.Began,
    "chance": known.Chance,
    "value": known.Value,
    "language": told.LanguageForm,
    "speech": told.SpeechForm,
    "honorific": told.Honorific,
    "reach": told.Reach,
    "hours": told.Hours,
    "age": told.Age,
    "home": told.Home,
    "buys_for": told.Reasons,
    "expects": told.Expectations,
    "tier": told.TierForm,
    "points": told.Points,
    "stamps": told.Stamps,
}
