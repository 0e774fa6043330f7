"""The only writer of the programme, its cards and their ledger."""

from setia.loyalty.actions.answering import answer_balance
from setia.loyalty.actions.correcting import (
    correct,
    give_reward_again,
    let_lapse,
    take_out_opening,
    take_reward_back,
)
from setia.loyalty.actions.earning import settle, settle_order
from setia.loyalty.actions.giving import open_balance, reward
from setia.loyalty.actions.opening import from_files, take_out_cards, write_opening
from setia.loyalty.actions.programme import (
    change_programme,
    restore_reward,
    restore_tier,
    retire_reward,
    retire_tier,
    save_reward,
    save_tier,
    set_bonus,
)
from setia.loyalty.actions.redeeming import pay, redeem, undo
from setia.loyalty.actions.sharing import collect_alone, follow_merge, follow_unmerge, share
from setia.loyalty.actions.tiers import renew_tiers

__all__ = [
    "answer_balance",
    "change_programme",
    "collect_alone",
    "correct",
    "follow_merge",
    "follow_unmerge",
    "from_files",
    "give_reward_again",
    "let_lapse",
    "open_balance",
    "pay",
    "redeem",
    "renew_tiers",
    "restore_reward",
    "restore_tier",
    "retire_reward",
    "retire_tier",
    "reward",
    "save_reward",
    "save_tier",
    "set_bonus",
    "settle",
    "settle_order",
    "share",
    "take_out_cards",
    "take_out_opening",
    "take_reward_back",
    "undo",
    "write_opening",
]
