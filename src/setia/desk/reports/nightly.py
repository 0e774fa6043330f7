"""The night's counting of all reports. Safe to repeat: what was counted before is replaced."""

from datetime import time, timedelta
from typing import Any, Final

from setia.core.scope import current_shop
from setia.desk.reports import funnel, letter, letter_sending, loyal, month, objectives, proof
from setia.desk.reports import log as purchases
from setia.segments import actions, queries

# A letter that could not go on Monday goes on Tuesday or Wednesday; later it would be no letter of the week.
LATE: Final = 3


def renew_reports() -> str:
    """Count everything the reports show, as of the night before today. Returns a line on what was done."""
    today = current_shop().today()
    log = purchases.read()
    ways = funnel.count(today)
    reports: dict[str, Any] = {
        "objectives": objectives.count(today, log) | {"loyal": loyal.count(today, log)},
        "funnel": ways,
        "proof": proof.count(today, log, ways),
    }
    for first in month.missing(today, log, queries.reports("month:")):
        reports[month.name(first)] = month.count(first, today, log)
    return f"{actions.keep_reports(day=today, reports=reports)} reports"


def write_letter() -> str:
    """The letter of the week, written and sent to the owner where WhatsApp lets it. Both happen once, however often."""
    written = letter.write()
    if written is None:
        return "no letter"
    sent = letter_sending.send(written) if written.week + timedelta(days=LATE) > current_shop().today() else None
    return f"letter of {written.week}, {'sent' if sent else 'to be read'}"


def letter_hour() -> time:
    """At which hour the owner wants her letter."""
    return time(queries.letter_plan().hour)
