"""One stylesheet and one script for the whole house, put together from the components when the service starts. Pages
for everybody (`web/plain.html`) load the script without htmx: a quarter of it.

No build step: the parts are plain files, in the order of their names (`00-tokens.css` first).
"""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

_STATIC = Path(__file__).parent / "static"


def bundle(target: Path | None = None) -> Path:
    """Write `setia.css`, `setia.js` and `plain.js` to `target` (default: `<home>/bundle`, for collectstatic).

    Returns the folder.
    """
    target = target or settings.HOME / "bundle"
    target.mkdir(parents=True, exist_ok=True)
    styles = sorted((_STATIC / "css").glob("*.css"))
    htmx, parts = Path(str(finders.find("django_htmx/htmx-2.min.js"))), sorted((_STATIC / "js").glob("*.js"))
    (target / "setia.css").write_text("\n".join(path.read_text() for path in styles))
    for name, scripts in (("setia.js", [htmx, *parts]), ("plain.js", parts)):
        (target / name).write_text(";\n".join(path.read_text() for path in scripts))
    return target
