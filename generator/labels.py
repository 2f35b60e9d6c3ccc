"""What documents and dates are called: the kind of an article, and how a date is known."""

from .dates import Date, say
from .model import Article, Basis, Form
from .printing import MACHINE
from .publication import Publication
from .words import N_, gettext

FORMS = {
    Form.REPORT: N_("Original report"),
    Form.WIRE: N_("Agency report"),
    Form.REPRINT: N_("Republished report"),
    Form.PRESS_RELEASE: N_("Press release"),
    Form.FILING: N_("Filing"),
    Form.TRANSCRIPT: N_("Transcript"),
    Form.MACHINE_PARAPHRASE: MACHINE,
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
