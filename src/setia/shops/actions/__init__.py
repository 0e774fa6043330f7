"""The only writer of shops, their closed days, members, invitations and login links, and of the users who sign in."""

from setia.shops.actions.closures import close_days, reopen_day
from setia.shops.actions.invitations import accept_invitation, invite, join, withdraw_invitation
from setia.shops.actions.members import bring_back_member, change_member, link_for_member, remove_member
from setia.shops.actions.shop import SHOP_FIELDS, change_shop, finish_setup, open_new_shop, sign_up
from setia.shops.actions.users import make_login_link, make_user, use_login_link

__all__ = [
    "SHOP_FIELDS",
    "accept_invitation",
    "bring_back_member",
    "change_member",
    "change_shop",
    "close_days",
    "finish_setup",
    "invite",
    "join",
    "link_for_member",
    "make_login_link",
    "make_user",
    "open_new_shop",
    "remove_member",
    "reopen_day",
    "sign_up",
    "use_login_link",
    "withdraw_invitation",
]
