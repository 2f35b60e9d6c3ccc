"""A statement that several articles print -> each printing beside the reference, as runs of words for a template."""

from typing import NamedTuple

from .model import Form
from .passage import quotation_marks
from .publication import Publication, Said
from .words import N_, gettext

MACHINE = N_("Machine-paraphrased copy")


class Run(NamedTuple):
    """Words of a printing: kind is "same", "left out", "added" or "not quoted"."""

    kind: str
    text: str
    tight: bool = False
    """Whether no space stands before it."""


class Printing(NamedTuple):
    """A statement as one article prints it, beside the reference."""

    article: str
    """Its id."""
    tags: list[str]
    runs: list[Run]
    changes: tuple[str, ...]
    note: str
    opens: str
    """The quotation mark in which the article prints the words, where the runs do not hold it."""
    closes: str
    reference: bool


def printings(pub: Publication, said: Said, article: str = "") -> list[Printing]:
    """The wordings of a statement, the reference first if there is one; or only that and those of one article."""
    longest = max((sum(map(len, told.wording.exact)) for told in said.told), default=0)
    made = []
    for told in said.told:
        reference = told.wording is said.statement.canonical
        if told.match is None or told.article is None or (article and not reference and article != told.article.id):
            continue
        tags = [gettext(MACHINE)] if told.article.form is Form.MACHINE_PARAPHRASE else []
        changes: tuple[str, ...] = ()
        if told.comparison is None:
            if reference:
                full = sum(map(len, told.wording.exact)) == longest
                tags.append(gettext("longest version, used as reference") if full else gettext("used as reference"))
            cut = [run for part in told.wording.exact for run in (Run("not quoted", ""), Run("same", part))]
            runs = cut[1:]
        else:
            tags.append(told.comparison.tag)
            runs = [Run(segment.kind.value, segment.text, segment.tight) for segment in told.comparison.segments]
            changes = told.comparison.sentences
        marks = quotation_marks(pub.texts[told.article.id], told.match.spans[0])
        words = [run.text for run in runs if run.kind in ("same", "added")] or [""]
        opens = marks[0] if marks and words[0][:1] not in (marks[0], '"') else ""
        closes = marks[1] if marks and words[-1][-1:] not in (marks[1], '"') else ""
        if marks is None:
            tags.append(gettext("printed without quotation marks"))
        made.append(Printing(told.article.id, tags, runs, changes, told.wording.note or "", opens, closes, reference))
    return made
