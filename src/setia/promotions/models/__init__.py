"""Tables of promotions, one file per noun."""

from setia.promotions.models.bazaars import (
    Bazaar,
    BazaarCount,
    BazaarHelper,
    BazaarStock,
    BazaarTask,
    DeviceItem,
    Guest,
    GuestHow,
    ItemKind,
    ItemState,
)
from setia.promotions.models.referrals import Invitation, InviteRules, Referral, ReferralCode, ReferralState, Thanks
from setia.promotions.models.samples import Sample, SampleWhere
from setia.promotions.models.spending import Spending, SpendingKind

__all__ = [
    "Bazaar",
    "BazaarCount",
    "BazaarHelper",
    "BazaarStock",
    "BazaarTask",
    "DeviceItem",
    "Guest",
    "GuestHow",
    "Invitation",
    "InviteRules",
    "ItemKind",
    "ItemState",
    "Referral",
    "ReferralCode",
    "ReferralState",
    "Sample",
    "SampleWhere",
    "Spending",
    "SpendingKind",
    "Thanks",
]
