"""The words of the interface: the catalogue holds them all, and each translation holds what the catalogue has."""

import re
from collections import Counter

import pytest
from babel import Locale, localedata
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po
from catalogue import extracted, template, updated

from generator import words
from generator.words import HERE, TEMPLATE, direction, gettext, nearest, ngettext, override

FILES = sorted(HERE.glob("*.po"))
_PLACES = re.compile(r"%\((\w+)\)s")
_MARKUP = re.compile(r"<[^>]*>")


def read(path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def test_the_catalogue_is_that_of_the_code():
    assert TEMPLATE.read_bytes() == template(extracted()), "run make words"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_translation_is_whole(path):
    """Every message, no guess of a program, the same placeholders and the same markup as in English."""
    assert path.read_bytes() == updated(path, extracted()), "run make words"
    catalog = read(path)
    assert str(catalog.locale).replace("_", "-") == path.stem
    language = path.stem.split("-")[0]
    assert (catalog.num_plurals, catalog.plural_expr) == (get_plural(language)[0], get_plural(language)[1])
    for message in catalog:
        if not message.id:
            continue
        forms = message.string if message.pluralizable else (message.string,)
        english = message.id if message.pluralizable else (message.id,)
        assert all(forms), message.id
        assert not message.fuzzy or message.id == "", message.id
        assert len(forms) == (catalog.num_plurals if message.pluralizable else 1), message.id
        for form in forms:
            # A form for one or two may say the number as a word.
            said, asked = set(_PLACES.findall(form)), set(_PLACES.findall(english[-1]))
            assert said == asked or (message.pluralizable and said | {"n"} == asked), form
            assert Counter(_MARKUP.findall(form)) == Counter(_MARKUP.findall(english[-1])), form
            assert "%" not in _PLACES.sub("", form), form


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_translation_does_not_leave_the_words_in_english(path):
    same = [m.id for m in read(path) if m.id and m.string == m.id and re.search("[a-z]{3}", _PLACES.sub("", m.id))]
    assert same == []


def test_english_needs_no_file():
    assert gettext("Sources") == "Sources"
    assert gettext("Sources disagree on the %(facet)s", facet="date") == "Sources disagree on the date"
    assert [ngettext("%(n)s claim", "%(n)s claims", n) for n in (0, 1, 2, 12500)] == [
        "0 claims",
        "1 claim",
        "2 claims",
        "12,500 claims",
    ]
    assert nearest("en-GB") == "en"


def test_a_language_without_a_translation_is_refused_and_nothing_changes():
    with pytest.raises(LookupError), override("tlh"):
        pass
    assert words.language() == "en"


def test_letters_that_run_the_other_way_reorder_nothing_around_them():
    assert gettext("Claims about %(name)s", name="جسر") == "Claims about \u2068جسر\u2069"
    assert gettext("Claims about %(name)s", name="Zoë") == "Claims about Zoë"


def test_the_direction_of_a_language_is_that_of_unicode():
    for name in localedata.locale_identifiers():
        locale = Locale.parse(name)
        tag = "-".join(filter(None, (locale.language, locale.script, locale.territory)))
        assert (direction(tag) == "rtl") == (locale.character_order == "right-to-left"), tag
    assert direction("ar-Latn") == "ltr"


def test_a_text_in_no_stated_language_is_marked_as_none():
    with override("ar"):
        assert words.foreign("en") == ' lang="en" dir="ltr"'
        assert words.foreign("") == words.foreign("ar-EG") == ""
