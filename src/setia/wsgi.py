"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "setia.settings")
application = get_wsgi_application()


def _settle() -> None:
    """Load every page now and not with the first visits; what is loaded stays, so the collector need not look at it."""
    from setia.web.links import SHOP_URLCONF

    for urlconf in (None, SHOP_URLCONF):
        get_resolver(urlconf).url_patterns  # noqa: B018 - reading them imports the views
    gc.collect()
    gc.freeze()


_settle()
