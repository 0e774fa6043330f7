"""The night's counting of all reports. Safe to repeat: what was counted before is replaced."""

from setia.core.scope import current_shop
from setia.desk.reports import log as purchases
from setia.desk.reports import loyal, objectives
from setia.segments import actions


def renew_reports() -> str:
    """Count everything the reports show, as of the night before today. Returns a line on what was done."""
    today = current_shop().today()
    log = purchases.read()
    reports = {"objectives": objectives.count(today, log) | {"loyal": loyal.count(today, log)}}
    return f"{actions.keep_reports(day=today, reports=reports)} reports"
