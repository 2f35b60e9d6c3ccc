"""What things are called: the words that every template can use, the kind of an article, how a date is known."""

from typing import Any

from markupsafe import Markup

from . import words
from .dates import Date, say
from .marks import MEANINGS, STANCES, articles, claims
from .model import Article, Basis, Form
from .printing import MACHINE
from .publication import Publication
from .weigh import LABELS, label
from .words import N_, gettext, ngettext, number

FORMS = {
    Form.REPORT: N_("Original report"),
    Form.WIRE: N_("Agency report"),
    Form.REPRINT: N_("Republished report"),
    Form.PRESS_RELEASE: N_("Press release"),
    Form.FILING: N_("Filing"),
    Form.TRANSCRIPT: N_("Transcript"),
    Form.MACHINE_PARAPHRASE: MACHINE,
    Form.REVIEW: N_("Fact check by another desk"),
}


def kind(pub: Publication, article: Article) -> str:
    """What kind of document an article is: "Agency report", "Republished from The Daily"."""
    origin = pub.publishers.get(article.republished_from or "")
    if origin:
        return gettext("Republished from %(publisher)s", publisher=origin.name)
    return gettext(FORMS[article.form])


def basis(of: Basis | None) -> str:
    """How a date that is not stated is known, in a word or two."""
    if of is Basis.INFERRED:
        return gettext("inferred")
    return gettext("worked out by us") if of is Basis.COMPUTED else ""


def dated(date: Date | None, known: str = "") -> str:
    """A date and how it is known: "9 Sep 2020 (inferred)"."""
    if date is None:
        return gettext("date unknown")
    return gettext("%(date)s (%(basis)s)", date=say(date), basis=known) if known else say(date)


def interface() -> dict[str, Any]:
    """Names that every template can use, in the active language."""
    return {
        "labels": {status: label(status) for status in LABELS},
        "stances": {name: gettext(word) for name, word in STANCES.items()},
        "meanings": {name: gettext(words) for name, words in MEANINGS.items()},
        "machine": gettext(MACHINE),
        "no_origin": gettext("no origin named"),
        "say": say,
        "_": gettext,
        "gettext": gettext,
        "ngettext": ngettext,
        "articles": articles,
        "claims": claims,
        "number": number,
        "language": words.language(),
        "direction": words.direction(words.language()),
        "own": own,
        "english": words.foreign(words.ENGLISH),
    }


def own(lang: Markup, text: str) -> str:
    """Words in their own language, to stand in a line of the page's."""
    return Markup("<bdi{}>{}</bdi>").format(lang, text) if lang else text
