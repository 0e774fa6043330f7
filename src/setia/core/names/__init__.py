"""Names as they stand in a phone book: "Bu Hj. Siti Pogalan", "Mbak Yanti reseller TA", "Pak RT".

A person has one name here, often one word, never a required family name. Around it stand how to address them, where
they live and what they do; taking these apart is a reading, so the name as saved is always kept beside it.
"""

from setia.core.names.likeness import ASK_FROM, SAME_FROM, same_person_score
from setia.core.names.reading import Name, Sex, greeting_name, initials, spelled, split_name
from setia.core.names.spelling import spelling_key

__all__ = [
    "ASK_FROM",
    "SAME_FROM",
    "Name",
    "Sex",
    "greeting_name",
    "initials",
    "same_person_score",
    "spelled",
    "spelling_key",
    "split_name",
]
