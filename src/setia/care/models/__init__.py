"""Complaints and their settlements, what was asked and answered, suggestions, and why people buy elsewhere."""

from setia.care.models.complaints import (
    OPEN_STATES,
    CareSettings,
    Complaint,
    ComplaintNote,
    ComplaintPhoto,
    ComplaintState,
    Improvement,
    Kind,
    Option,
    Settlement,
    SettlementState,
    Severity,
    Source,
)
from setia.care.models.suggestions import (
    Boredom,
    Elsewhere,
    ElsewhereReason,
    Suggestion,
    SuggestionState,
    Voice,
)
from setia.care.models.surveys import Answer, Ask, Form

__all__ = [
    "OPEN_STATES",
    "Answer",
    "Ask",
    "Boredom",
    "CareSettings",
    "Complaint",
    "ComplaintNote",
    "ComplaintPhoto",
    "ComplaintState",
    "Elsewhere",
    "ElsewhereReason",
    "Form",
    "Improvement",
    "Kind",
    "Option",
    "Settlement",
    "SettlementState",
    "Severity",
    "Source",
    "Suggestion",
    "SuggestionState",
    "Voice",
]
