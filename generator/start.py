"""An empty folder -> a publication that works at once: configuration, a record, pages, a Makefile, workflows.

The starter is three folders of the package: what every publication has, and beside it an example, or the beginning of
one that is made of reviews. Their files are written as they stand but for the names in double braces.
"""

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from . import addresses, words
from .adopt import Changed, adopted
from .edit import canonical
from .files import Folder, replace
from .hidden import hidden
from .imports.entries import Additions, entries
from .imports.facts import Review
from .load import LOCK, RECORD, load, lock_text
from .problems import Mark, Problem, Severity, visible
from .schema import MODELINE, SCHEMA, schema_text
from .texts import language_fault, url_fault

STARTER = Path(__file__).parent / "starter"
_DOTTED = {"gitignore": ".gitignore", "github": ".github"}
"""Names that begin with a dot on disk, and in the package not, so that packers take them along."""
_EXAMPLE = """\
To begin, look at the example (a ferry and two newspapers), then replace it: store your articles in `content/articles/`,
write your claims, run `onrecord check` until it finds nothing more, and `onrecord lock` for the checksums."""
_REVIEWS = """\
Its claims were taken over from reviews. `onrecord import` adds more; what is there already is passed over. Store an
article with `onrecord new article`, quote it with `onrecord quote`, and run `onrecord check` until it finds nothing."""


class Named(NamedTuple):
    """What an editor says of a new publication."""

    title: str
    address: str = ""
    """Where its site will stand, "https://facts.example.org/"."""
    language: str = ""
    """Of its pages, as a BCP 47 tag; left out, that of most reviews, else English."""


def begin(folder: Path, named: Named) -> list[Path]:
    """Writes a publication with an example into a folder that is new or empty; gives the files, relative to it.

    Raises ValueError, with the reason, before anything is written; OSError where the disk refuses.
    """
    return _write(
        folder, _texts(folder, "example", named, {"begin": _EXAMPLE, "language": named.language or words.ENGLISH})
    )


def begin_with(
    folder: Path, named: Named, reviews: Sequence[Review], rates: Mapping[str, str], problems: list[Problem]
) -> tuple[list[Path], Additions]:
    """As `begin`, of reviews made elsewhere, see `entries`. Raises `Refused` too, before anything is written."""
    days = [day for review in reviews for day in (review.page.published if review.page else review.judged,) if day]
    if not reviews or not days:
        lacking = "has a date, and the record needs one" if reviews else "can be used"
        raise ValueError(f"no review in the file {lacking}; nothing is written")
    language = named.language or _language(reviews, problems)
    texts = _texts(folder, "reviews", named, {"begin": _REVIEWS, "language": language, "checked": max(days)})
    files = Changed(Folder(folder), {RECORD: texts[Path(RECORD)]})
    record, found = load(files)
    assert record is not None  # the starter is a good record, whatever its title
    added = entries(reviews, record, rates, problems)
    made = adopted(files, record, added, found)
    return _write(folder, {**texts, **{Path(path): text for path, text in made.texts.items()}}), added


def _language(reviews: Sequence[Review], problems: list[Problem]) -> str:
    """The language of a publication of reviews: one that most of all reviews state. The choice is told."""
    stated = Counter(review.page.language for review in reviews if review.page and review.page.language)
    most, times = next(iter(stated.most_common(1)), ("", 0))
    language, all = words.ENGLISH, f"{len(reviews):,} review{'' if len(reviews) == 1 else 's'}"
    if 2 * times <= len(reviews):
        said = f"no language is stated by most of the {all}" if stated else "no review states one"
    elif words.nearest(most) is None:
        said = f'the pages can\'t be in "{most}", which {times:,} of {all} state'
    else:
        language, said = most, f"{times:,} of {all} state it"
    help = f'if it is another, begin anew with "--language", or change "in_language" in {RECORD}'
    where = Mark(reviews[0].mark.path)
    said = f'the publication is in the language "{language}": {said}'
    problems.append(Problem(where, said, help, "import-language", Severity.NOTE))
    return language


def _texts(folder: Path, kind: str, named: Named, more: Mapping[str, str]) -> dict[Path, str]:
    """The files of a starter. Raises ValueError."""
    title, address, _ = named
    if why := _unfit(folder, named):
        raise ValueError(why)
    values = {
        "title": json.dumps(title, ensure_ascii=False),  # a double-quoted YAML scalar
        "plain_title": _plain(title),
        "address": f"site_url: {address}" if address else "# site_url: https://facts.example.org/",
        "version": version("onrecord"),
        **more,
    }
    texts = {}
    for part in ("common", kind):
        for source in sorted(_files(STARTER / part)):
            text = source.read_text(encoding="utf-8")  # in one go, since a title may have braces too
            text = re.sub(r"\{\{(\w+)\}\}", lambda name: values.get(name[1], name[0]), text)
            texts[_placed(source.relative_to(STARTER / part))] = text
    texts[Path(RECORD)] = canonical(f"{MODELINE}\n{texts[Path(RECORD)]}")
    return texts


def _write(folder: Path, texts: Mapping[Path, str]) -> list[Path]:
    """Writes all files. If one can't be written, the folder is as it was, so that the next try is not refused."""
    new = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        for path, text in sorted(texts.items()):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            replace(folder / path, text)
        record, _ = load(folder)
        assert record is not None
        replace(folder / LOCK, lock_text(record.articles))
        replace(folder / addresses.LOCK, addresses.lock_text(addresses.living(record)))
        replace(folder / SCHEMA, schema_text())
    except BaseException:
        for found in folder.iterdir() if folder.is_dir() else ():
            shutil.rmtree(found) if found.is_dir() and not found.is_symlink() else found.unlink()
        for made in new:
            if made.is_dir():
                made.rmdir()
        raise
    return sorted(path.relative_to(folder) for path in _files(folder))


def _unfit(folder: Path, named: Named) -> str | None:
    title, address, language = named
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return f'"{visible(str(folder))}" is there already and not an empty folder; name a new one'
    if not title.strip() or "\n" in title or "\r" in title or next(hidden(title), None):
        return "the title must be one line of visible characters"
    if address and (fault := url_fault(address)):
        return f'the address "{visible(address)}" can’t be linked: {visible(fault)}'
    if address and not address.endswith("/"):
        return f'the address "{visible(address)}" must end with a slash'
    if language and (fault := language_fault(language)):
        return f'the language "{visible(language)}" is none: {fault}'
    if language and words.nearest(language) is None:
        known = ", ".join(words.translations())
        return f'there is no translation of the pages into "{language}"; take one of {known}'
    return None


def _plain(title: str) -> str:
    """A title as Markdown text: marks that Markdown would take for its own are escaped."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>()#+-.!|~" else c for c in title)


def _placed(path: Path) -> Path:
    return Path(*(_DOTTED.get(part, part) for part in path.parts))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
