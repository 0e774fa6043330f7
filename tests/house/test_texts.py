"""Both languages are complete, and the documents name what exists."""

import re

import pytest
from babel.messages.pofile import read_po

from setia import development
from setia.core import events

ROOT = development.ROOT


def test_every_text_is_in_indonesian(tmp_path, monkeypatch):
    """Collects the texts afresh: none may be missing from the catalogue, none untranslated."""
    with development.TEXTS.open("rb") as file:
        known = {(message.context, message.id): message for message in read_po(file)}
    copy = tmp_path / "django.po"
    copy.write_bytes(development.TEXTS.read_bytes())
    monkeypatch.setattr(development, "TEXTS", copy)
    development.texts()
    with copy.open("rb") as file:
        needed = [message for message in read_po(file) if message.id]
    missing = [message.id for message in needed if (message.context, message.id) not in known]
    untranslated = [message.id for message in needed if not development._translated(message.string)]
    assert not missing
    assert not untranslated


def test_placeholders_survive_translation():
    with development.TEXTS.open("rb") as file:
        for message in read_po(file):
            if not message.id:
                continue
            source = message.id if isinstance(message.id, tuple) else (message.id,)
            target = message.string if isinstance(message.string, tuple) else (message.string,)
            wanted = set(re.findall(r"%\(\w+\)[sd]|\{\w*\}", " ".join(source)))
            for text in target:
                assert set(re.findall(r"%\(\w+\)[sd]|\{\w*\}", text)) <= wanted, message.id
            assert set(re.findall(r"%\(\w+\)[sd]|\{\w*\}", " ".join(target))) == wanted, message.id


@pytest.mark.parametrize("name", ["README.md", "docs/TOUR.md"])
def test_paths_in_the_documents_exist(name):
    text = (ROOT / name).read_text()
    paths = re.findall(r"`((?:src|docs|tests|bench|\.ci)/[\w./-]*)`", text)
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    missing = [path for path in paths if not (ROOT / path).exists()]
    missing += [link for link in links if not ((ROOT / name).parent / link).exists()]
    assert (paths or links) and not missing


def test_every_event_is_documented():
    text = (ROOT / "docs/TOUR.md").read_text()
    assert not [verb for verb in events.VERBS if f"`{verb}`" not in text]


def test_every_setting_is_documented():
    names = set(re.findall(r'_(?:env|list)\("(\w+)"', (ROOT / "src/setia/settings.py").read_text()))
    text = (ROOT / "docs/operations.md").read_text()
    assert names and not [name for name in names if f"`SETIA_{name}`" not in text]


def test_every_command_is_documented():
    import argparse

    from setia.cli.parsing import parser

    action = next(item for item in parser()._actions if isinstance(item, argparse._SubParsersAction))
    text = (ROOT / "docs/operations.md").read_text()
    assert not [name for name in action.choices if f"`setia {name}" not in text]


def test_files_stay_small():
    """A file that passes 300 lines becomes a folder."""
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "src/setia").rglob("*.py")
        if "migrations" not in path.parts
        and "tests" not in path.parts
        and (lines := len(path.read_text().splitlines())) > 330
    }
    assert not long
