"""The night's counting of all reports. Safe to repeat: what was counted before is replaced."""

from datetime import time
from typing import Any

from setia.core.scope import current_shop
from setia.desk.reports import funnel, loyal, month, objectives, proof
from setia.desk.reports import log as purchases
from setia.segments import actions, queries


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


def letter_hour() -> time:
    """At which hour the owner wants her letter."""
    return time(queries.letter_plan().hour)
