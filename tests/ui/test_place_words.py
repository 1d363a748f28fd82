"""Every sentence of the places exists in both languages, and the manual has a page for each."""

import re
from importlib import import_module

import pytest

import resources
from app.domain.words import Words
from ui.places import TITLES

MODULES = [f"ui.screens.{place}.wording" for place in (
    "start", "event", "roster", "overview", "closing", "help_desk", "board",
)] + ["ui.hub.pages.wording", "ui.hub.state_words"]  # fmt: skip
HAN = re.compile("[\u4e00-\u9fff]")
KEYS = [*TITLES, "start"]


def words_in(value):
    if isinstance(value, Words):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from words_in(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from words_in(item)


@pytest.mark.parametrize("module", MODULES)
def test_every_sentence_is_there_in_both_languages(module):
    found = [words for value in vars(import_module(module)).values() for words in words_in(value)]
    assert found
    assert all(words.zh.strip() and words.en.strip() for words in found)
    assert not [
        words.en for words in found if any("\u4e00" <= sign <= "\u9fff" for sign in words.en)
    ]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_manual_has_a_page_for_every_place(key, language):
    page = resources.path(f"help/{language}/{key}.md").read_text(encoding="utf-8")
    assert page.startswith("## ")
    assert len(page) > 150
