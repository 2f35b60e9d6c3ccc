"""What stands elsewhere -> what readers see of it: verdicts of other desks, and articles whose text is not stored.

Nothing of it could be verified here, so none of it counts for a badge, and each sentence about it says whose it is.
"""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from .dates import say
from .labels import own
from .marks import origin_words, paragraph, tally_words
from .model import AsGiven, Claim, Evidence, Stance
from .publication import Review
from .ruling import Ruling, Scale, anchor, rulings, scale
from .view import ORDER, Desk, Source
from .words import gettext, ngettext


class Box(NamedTuple):
    """A verdict as it is shown."""

    ruling: Ruling
    title: str
    when: str
    """Who gave it and when, as a sentence; empty where nobody says."""
    given: str
    """The rating in the words and numbers of those who gave it, as a sentence; empty where they are ours."""
    scale: Scale | None
    """Where a rating of ours is a number."""
    source: Source | None
    """Where it was given, if that was elsewhere."""


class Linked(NamedTuple):
    """What an article is said to say whose text is not stored."""

    anchor: str
    evidence: Evidence
    source: Source
    outlet: str


class Judged(NamedTuple):
    """A verdict that an article gives, for the page of the article."""

    claim: Claim
    box: Box


def boxes(desk: Desk, claim: Claim) -> list[Box]:
    """The verdicts on a claim, the leading one first."""
    return [_box(desk, ruling) for ruling in rulings(desk.pub, claim)]


def _box(desk: Desk, ruling: Ruling) -> Box:
    who, date = ruling.who, say(ruling.date) if ruling.date else ""
    when = ""
    if who and date:
        when = gettext("Given by %(who)s on %(date)s.", who=who, date=date)
    elif date:
        when = gettext("Given on %(date)s.", date=date)
    elif who:
        when = gettext("Given by %(who)s.", who=who)
    if ruling.article is None:
        numbered = scale(desk.pub.record.ratings) if ruling.rating.value is not None else None
        return Box(ruling, gettext("Our verdict"), when, "", numbered, None)
    title = gettext("Verdict of %(who)s", who=who) if who else gettext("Verdict given elsewhere")
    source = desk.sources[ruling.article.id]
    given = ruling.verdict.as_given
    return Box(ruling, title, when, as_given(given, source.lang) if given else "", None, source)


def as_given(given: AsGiven, lang: Markup) -> str:
    """ "As given there: “Pants on Fire!”, 1 on a scale from 1, the worst, to 5." """
    words = own(lang, given.name) if given.name else ""
    if not given.value:
        return gettext("As given there: “%(words)s”.", words=words)
    numbers = {"value": given.value, "worst": given.worst, "best": given.best}
    if given.worst and given.best and words:
        return gettext(
            "As given there: “%(words)s”, %(value)s on a scale from %(worst)s, the worst, to %(best)s.",
            words=words,
            **numbers,
        )
    if given.worst and given.best:
        return gettext("As given there: %(value)s on a scale from %(worst)s, the worst, to %(best)s.", **numbers)
    if words:
        return gettext("As given there: “%(words)s”, %(value)s.", words=words, value=given.value)
    return gettext("As given there: %(value)s.", value=given.value)


def linked(desk: Desk, review: Review) -> list[Linked]:
    """The evidence of linked articles, what speaks against the claim first."""
    found: list[Linked] = []
    seen: dict[str, int] = {}
    for c in sorted(review.cited, key=lambda c: ORDER.index(c.evidence.stance)):
        if c.article is not None and c.article.linked:
            name = c.article.id
            n = seen[name] = seen.get(name, 0) + 1
            outlet = desk.pub.publishers.get(c.article.publisher or "")
            place = f"ev-{name}-{n}" if n > 1 else f"ev-{name}"
            found.append(Linked(place, c.evidence, desk.sources[name], outlet.name if outlet else ""))
    return found


def bearing(found: Sequence[Linked]) -> str:
    """Why linked articles do not count, in a sentence; empty where there are none that bear on the claim."""
    n = len({one.source.id for one in found if one.evidence.stance is not Stance.MENTIONS})
    if not n:
        return ""
    return ngettext(
        "%(n)s linked article bears on this; its text is not stored here, so we can’t verify its words and don’t "
        "count it.",
        "%(n)s linked articles bear on this; their texts are not stored here, so we can’t verify their words and don’t "
        "count them.",
        n,
    )


def counted(desk: Desk, review: Review, found: Sequence[Linked]) -> str:
    """Under the label: who addresses the claim, and where the support comes from."""
    words = tally_words(review.agreement)
    if review.agreement.articles:
        behind = origin_words(review.agreement)
        return paragraph([words, behind]) if behind else words
    if said := bearing(found):
        words = gettext("No stored article addresses this.")
    if n := len(desk.pub.articles):
        looked = ngettext("We looked in %(n)s article.", "We looked in %(n)s articles.", n)
        return paragraph([words, looked, *([said] if said else ())])
    return paragraph([words, said]) if said else words


def judged(desk: Desk, article: str) -> list[Judged]:
    """The verdicts that an article gives, in the order of the record."""
    found = []
    for review, n in desk.pub.judged_in.get(article, ()):
        ruling = next((one for one in rulings(desk.pub, review.claim) if one.anchor == anchor(n)), None)
        if ruling is not None:
            found.append(Judged(review.claim, _box(desk, ruling)))
    return found
