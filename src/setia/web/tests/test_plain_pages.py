"""Pages for everybody come without htmx, so none of their parts may need it."""

import re
from pathlib import Path

from setia.web import assets

SOURCE = Path(__file__).parent.parent.parent
TEMPLATES = {
    path.relative_to(folder).as_posix(): path.read_text()
    for folder in SOURCE.glob("*/templates")
    for path in folder.rglob("*.html")
}
NAMED = re.compile(r'{% (?:include|extends) "([^"]+)"')


def parts_of(name, found=()):
    """The template and all it is made of."""
    if name in found or name not in TEMPLATES:
        return list(found)
    for part in NAMED.findall(TEMPLATES[name]):
        found = parts_of(part, [*found, name] if name not in found else found)
    return list(dict.fromkeys([*found, name]))


def test_plain_pages_that_need_htmx_load_it():
    plain = {name: parts for name in TEMPLATES if "web/plain.html" in (parts := parts_of(name))}
    assert len(plain) > 20
    for name, parts in plain.items():
        needs = any("hx-" in TEMPLATES[part] for part in parts)
        loads = any(
            'block script %}{% static "setia.js"' in TEMPLATES[part] for part in parts if part != "web/base.html"
        )
        assert loads or not needs, name


def test_the_small_script_is_the_large_one_without_htmx(tmp_path):
    folder = assets.bundle(tmp_path)
    large, small = ((folder / name).read_text() for name in ("setia.js", "plain.js"))
    assert large.endswith(small) and len(small) < len(large) / 3
