"""A polite reminder, for one person alone."""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setia.core import money, names
from setia.core.scope import current_shop
from setia.orders.credit.queries import Debtor
from setia.orders.qris.queries import accounts_text


def reminder(debtor: Debtor) -> str:
    """What to write to somebody who owes, in their language: how much, since when, how to pay. Never a reproach."""
    shop = current_shop()
    with translation.override(debtor.customer.language):
        language = debtor.customer.language
        written = money.format_money(debtor.overdue or debtor.balance, shop.currency, language)
        values = {"name": names.greeting_name(debtor.customer.display_name), "shop": shop.name, "amount": written}
        if debtor.overdue and debtor.first_due:
            values["day"] = date_format(debtor.first_due, "j F")
            text = _(
                "Hello %(name)s, this is %(shop)s. A small reminder: %(amount)s was to be paid by %(day)s. "
                "If it is paid already, please tell us. Thank you!"
            )
        elif debtor.first_due:
            values["day"] = date_format(debtor.first_due, "j F")
            text = _(
                "Hello %(name)s, this is %(shop)s. Just so that it is not forgotten: %(amount)s is to be paid by "
                "%(day)s. Thank you!"
            )
        else:
            text = _("Hello %(name)s, this is %(shop)s. Still open with us: %(amount)s. Thank you!")
        accounts = accounts_text()
        return text % values + (f"\n\n{accounts}" if accounts else "")
