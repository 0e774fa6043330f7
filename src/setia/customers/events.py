"""What customers records."""

from setia.core.events import verb

ADDED = verb("customer.added", "A customer was written down")
CHANGED = verb("customer.changed", "Details of a customer changed")
IDENTIFIED = verb("customer.identified", "A phone, WhatsApp id or card was added to a customer or replaced")
ARCHIVED = verb("customer.archived", "A customer was put away")
RESTORED = verb("customer.restored", "A customer was taken back from the archive")
NOTED = verb("customer.noted", "A note about a customer was written")
OCCASION_ADDED = verb("customer.occasion_added", "A customer's yearly day was written down")
OCCASION_REMOVED = verb("customer.occasion_removed", "A customer's yearly day was taken out again")
CONSENT_ANSWERED = verb("consent.answered", "A customer agreed or said no to a purpose")
IMPORT_STARTED = verb("import.started", "Bringing in a file was started")
IMPORT_FINISHED = verb("import.finished", "A file was brought in")
IMPORT_UNDONE = verb("import.undone", "What a file brought in was taken out again")
