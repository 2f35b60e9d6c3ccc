"""The code -> `generator/words/onrecord.pot`, all words of the interface, and what each translation lacks.

`make words` runs it. Messages are those that gettext's functions are given in Python and in templates. A translation
keeps what it has; new messages are empty in it, and those that the code has no more go.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import generator
from generator.words import HERE, TEMPLATE

ROOT = Path(generator.__file__).parent
METHODS = [("**.py", "python"), ("templates/**.j2", "jinja2"), ("theme/**.html", "jinja2")]
OPTIONS = {"jinja2": {"newstyle_gettext": "true", "silent": "false"}}
HEADER = """\
# Every word of the interface, as `make words` takes it from the code. A translation is this file with the words
# filled in, under the name of its language (fr.po, pt-BR.po): see CONTRIBUTING.md.
"""


def extracted() -> Catalog:
    """All messages of the code, with the files that have them and the notes that stand above them there."""
    catalog = Catalog(charset="utf-8")
    options = {pattern: OPTIONS.get(method, {}) for pattern, method in METHODS}
    found = extract_from_dir(ROOT, METHODS, options, comment_tags=["words:"], strip_comment_tags=True)
    for name, _, message, comments, context in sorted(found, key=lambda item: (item[0], item[1])):
        catalog.add(message, None, [(f"generator/{name}", None)], auto_comments=comments, context=context)
    return catalog


def template(catalog: Catalog) -> bytes:
    """The catalogue as a file, without a clock in it: the same code gives the same bytes."""
    file = BytesIO()
    write_po(file, catalog, width=120, omit_header=True, include_lineno=False)
    return HEADER.encode() + b'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n' + file.getvalue()


def updated(path: Path, catalog: Catalog) -> bytes:
    """A translation with the messages of the code, those of its own words kept that the code still has."""
    with path.open("rb") as file:
        translation = read_po(file)
    translation.update(catalog, no_fuzzy_matching=True, update_creation_date=False)
    file = BytesIO()
    write_po(file, translation, width=120, ignore_obsolete=True, include_lineno=False)
    return file.getvalue()


def main() -> None:
    catalog = extracted()
    TEMPLATE.write_bytes(template(catalog))
    for path in sorted(HERE.glob("*.po")):
        path.write_bytes(updated(path, catalog))
        with path.open("rb") as file:
            missing = sum(not all(m.string if m.pluralizable else [m.string]) for m in read_po(file) if m.id)
        sys.stdout.write(f"{path.name}: {len(catalog)} messages, {missing} to translate\n")


if __name__ == "__main__":
    main()
