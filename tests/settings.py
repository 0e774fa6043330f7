"""Settings of the tests: the product's, with a fast hasher, plain static files and files in a place of their own."""

import os
import tempfile

os.environ["SETIA_MODE"] = "test"
os.environ["SETIA_HOME"] = tempfile.mkdtemp(prefix="setia-test-")

from setia.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
STATICFILES_DIRS = []
WHITENOISE_AUTOREFRESH = False
WHATSAPP_APP_SECRETS = ["s3cret-app"]
WHATSAPP_VERIFY_TOKEN = "verify-me"
WHATSAPP_GRAPH_URL = "http://127.0.0.1:9/v25.0"
LANGUAGE_CODE = "en"
