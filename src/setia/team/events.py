"""What happens among the people who serve."""

from setia.core.events import verb

CANDIDATE_ADDED = verb("candidate.added", "Somebody who wants to work here was written down")
CANDIDATE_CHANGED = verb("candidate.changed", "Details, marks or the checklist of a candidate changed")
CANDIDATE_DECIDED = verb("candidate.decided", "A candidate was taken on or not, or the decision was taken back")
CANDIDATE_ERASED = verb("candidate.erased", "What was personal about a declined candidate was erased")
TRAINED = verb("member.trained", "A member passed a lesson, did a step of the first days, or was taught something")
SHIFT_CHANGED = verb("shift.changed", "A shift was planned, changed or taken out")
SHIFT_WORKED = verb("shift.worked", "A member came to a shift or went home")
OBSERVED = verb("member.observed", "Something good, or something to be better, was seen in a member's service")
TEAM_CHANGED = verb("team.changed", "Criteria, checklists, lessons or what is looked at changed")
