"""The only writer of the team's tables."""

from setia.team.actions.candidates import (
    add_candidate,
    change_candidate,
    decide,
    erase_declined,
    follow_joined,
    mark,
    plan_trial,
    reopen,
)
from setia.team.actions.observing import confirm_seen, observe, take_back
from setia.team.actions.setup import (
    add_behaviour,
    add_checklist_item,
    add_criterion,
    change_settings,
    prepare,
    retire,
)
from setia.team.actions.shifts import come, copy_week, leave, plan_shift, remove_shift
from setia.team.actions.training import answer, note_training, save_lesson, tick, untick

__all__ = [
    "add_behaviour",
    "add_candidate",
    "add_checklist_item",
    "add_criterion",
    "answer",
    "change_candidate",
    "change_settings",
    "come",
    "confirm_seen",
    "copy_week",
    "decide",
    "erase_declined",
    "follow_joined",
    "leave",
    "mark",
    "note_training",
    "observe",
    "plan_shift",
    "plan_trial",
    "prepare",
    "remove_shift",
    "reopen",
    "retire",
    "save_lesson",
    "take_back",
    "tick",
    "untick",
]
