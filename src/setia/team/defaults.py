"""What a shop begins with; the owner changes all of it."""

from typing import Final

from django.utils.translation import gettext_noop as _

CRITERIA: Final = (
    (_("Diligent"), 5),
    (_("Willing to learn"), 5),
    (_("Honest with money"), 5),
    (_("Friendly with customers"), 4),
    (_("Clean and tidy"), 3),
    (_("Lives near"), 1),
)
TRIAL: Final = (
    _("Washes hands and ties hair back before work"),
    _("Greets customers first"),
    _("Counts change correctly"),
    _("Packs ten boxes without broken ones"),
    _("Asks when not sure"),
)
ONBOARDING: Final = (
    _("Knows flavours, prices and how long they stay good"),
    _("Writes a sale down in Setia alone"),
    _("Knows what to do with a complaint"),
    _("Knows where the allergy list hangs"),
    _("Has read all lessons"),
)
BEHAVIOURS: Final = (
    (_("Greeted first, with a smile"), True, 1),
    (_("Knew the customer's name or favourite"), True, 2),
    (_("Offered a taste of something new"), True, 1),
    (_("Stayed calm with an upset customer"), True, 3),
    (_("Helped without being asked"), True, 2),
    (_("Let a customer wait without a word"), False, 1),
    (_("Packed carelessly"), False, 2),
    (_("Counter or clothes not clean"), False, 2),
)
