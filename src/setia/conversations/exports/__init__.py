"""Reads a chat exported from the WhatsApp app: `unpack` the file, `read` its text. Pure: no database, no clock.

The formats (Android and iOS, both languages, 12 and 24 hours) differ per phone and say nowhere which they are. What the
file does not decide is asked: `Export.ambiguous`.
"""

from setia.conversations.exports.files import partner_of, unpack
from setia.conversations.exports.reader import Export, ExportError, Line, read

__all__ = ["Export", "ExportError", "Line", "partner_of", "read", "unpack"]
