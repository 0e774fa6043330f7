"""The only writers of scores, profiles and groups."""

from setia.segments.actions.groups import (
    change_segment,
    note_export,
    recount,
    remove_segment,
    return_segment,
    save_segment,
)
from setia.segments.actions.priors import learn_prior
from setia.segments.actions.profiles import follow, renew_profiles
from setia.segments.actions.reports import keep_reports, plan_letter, set_goal, write_letter
from setia.segments.actions.scores import renew_scores

__all__ = [
    "change_segment",
    "follow",
    "keep_reports",
    "learn_prior",
    "note_export",
    "plan_letter",
    "recount",
    "remove_segment",
    "renew_profiles",
    "renew_scores",
    "return_segment",
    "save_segment",
    "set_goal",
    "write_letter",
]
