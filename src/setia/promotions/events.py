"""What promotions record."""

from setia.core.events import verb

# Sources, word of mouth, bazaars, samples.
SPENT = verb("spending.noted", "Money or time spent on finding customers was written down, or taken out again")
INVITE_RULES_CHANGED = verb("invite_rules.changed", "The rules for inviting (thanks, margin, hours) changed")
REFERRAL_SETTLED = verb("referral.settled", "A friend bought for the first time; the one who told was thanked")
REFERRAL_TAKEN_BACK = verb("referral.taken_back", "The friend's purchase was called off, and so was the thanks")
REFERRAL_USED = verb("referral.used", "A free box or money off for telling a friend was used, or given back")
INVITED = verb("referral.invited", "A customer was asked to tell friends")
BAZAAR_CHANGED = verb("bazaar.changed", "A bazaar was planned, changed, counted, closed or taken out")
BAZAAR_MET = verb("bazaar.met", "Somebody was met at a bazaar")
BAZAAR_SUGGESTED = verb("bazaar.suggested", "Somebody suggested something at a bazaar")
SAMPLED = verb("sample.noted", "A taste was given, or taken out again")
PLACE_GOAL_CHANGED = verb("place_goal.changed", "A goal for a place was set, changed, or taken out")
# Offers, vouchers, campaigns.
OFFER_CHANGED = verb("offer.changed", "An offer or its codes were written, changed, paused or ended")
OFFER_USED = verb("offer.used", "An offer was used in an order")
OFFER_GIVEN_BACK = verb("offer.given_back", "The order was called off, and the offer may be used again")
CAMPAIGN_CHANGED = verb("campaign.changed", "A campaign was written, begun, paused, stopped, or sent to the end")
CAMPAIGN_MEASURED = verb("campaign.measured", "The window of a campaign is over, and its result is known")
# Something new, and celebrations.
LAUNCH_CHANGED = verb("launch.changed", "Something new was planned, given to tasters, announced, or put away")
SEASON_SHIFTED = verb("season.shifted", "A celebration was moved to the days on which it is kept here, or back")
