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
from setia.promotions.models.campaigns import (
    Campaign,
    CampaignKind,
    CampaignState,
    HoldOut,
    HoldOutPerson,
    Recipient,
    RecipientState,
)
from setia.promotions.models.launches import Launch, LaunchAlike, LaunchTaster
from setia.promotions.models.offers import Offer, OfferKind, OfferPart, OfferState, OfferUse, Stacking
from setia.promotions.models.places import PlaceGoal
from setia.promotions.models.referrals import Invitation, InviteRules, Referral, ReferralCode, ReferralState, Thanks
from setia.promotions.models.samples import Sample, SampleWhere
from setia.promotions.models.seasons import SeasonShift
from setia.promotions.models.spending import Spending, SpendingKind
from setia.promotions.models.vouchers import Voucher

__all__ = [
    "Bazaar",
    "BazaarCount",
    "BazaarHelper",
    "BazaarStock",
    "BazaarTask",
    "Campaign",
    "CampaignKind",
    "CampaignState",
    "DeviceItem",
    "Guest",
    "GuestHow",
    "HoldOut",
    "HoldOutPerson",
    "Invitation",
    "InviteRules",
    "ItemKind",
    "ItemState",
    "Launch",
    "LaunchAlike",
    "LaunchTaster",
    "Offer",
    "OfferKind",
    "OfferPart",
    "OfferState",
    "OfferUse",
    "PlaceGoal",
    "Recipient",
    "RecipientState",
    "Referral",
    "ReferralCode",
    "ReferralState",
    "Sample",
    "SampleWhere",
    "SeasonShift",
    "Spending",
    "SpendingKind",
    "Stacking",
    "Thanks",
    "Voucher",
]
