"""One page a linked article: that its text is not stored, the verdicts that it gives, the claims that it bears on.

In: the publication; out: pages at the addresses that the articles keep when their texts are stored.
"""

from collections.abc import Container, Iterator
from typing import NamedTuple

from jinja2 import Environment

from ..elsewhere import judged
from ..jsonld import trail
from ..labels import basis, dated, kind, own
from ..lint import set_aside
from ..model import Article, Evidence, Form
from ..publication import Publication, Review
from ..render import Heading, Page, Site, body, root
from ..view import Desk, prepare
from ..weigh import ATTENTION
from ..words import gettext

KIND = "linked"
MOST_WHOLE = 100
"""So many claims are shown with their badges; the others are listed."""


class Says(NamedTuple):
    """What the article is said to say on one claim."""

    review: Review
    evidence: list[Evidence]


def outputs(pub: Publication, site: Site, env: Environment, only: Container[str] | None = None) -> Iterator[Page]:
    desk = prepare(pub, site)
    for article in pub.linked:
        if only is None or f"sources/{article.id}/" in only:
            yield _page(desk, article, env)


def _page(desk: Desk, article: Article, env: Environment) -> Page:
    source, address = desk.sources[article.id], f"sources/{article.id}/"
    says, verdicts = _says(desk, article), judged(desk, article.id)
    contents = [
        *([Heading("verdicts", gettext("Verdicts that it gives"))] if verdicts else ()),
        *([Heading("says", gettext("Claims that it bears on"))] if says or not verdicts else ()),
    ]
    return Page(
        KIND,
        address,
        source.name,
        gettext("%(name)s: linked, its text is not stored here.", name=source.name),
        body(
            env,
            "linked.html.j2",
            root=root(address),
            source=source,
            facts=list(_facts(desk, article)),
            verdicts=verdicts[:MOST_WHOLE],
            more=[one.claim for one in verdicts[MOST_WHOLE:]],
            says=says[:MOST_WHOLE],
            rest=says[MOST_WHOLE:],
        ),
        "sources",
        tuple(contents) if len(contents) > 1 else (),
        head=trail(desk.site, [(gettext("Sources"), "sources/"), (source.name, address)]),
    )


def _facts(desk: Desk, article: Article) -> Iterator[tuple[str, str, str]]:
    """Rows of the facts: term, text, and our note on how we know."""
    lang = desk.sources[article.id].lang
    if article.headline and article.headline != desk.sources[article.id].name:
        yield gettext("Headline"), own(lang, article.headline), ""
    outlet = desk.pub.publishers.get(article.publisher or "")
    yield gettext("Publisher"), outlet.name if outlet else gettext("Not named"), article.publisher_note or ""
    if article.author:
        yield gettext("Author"), own(lang, article.author), ""
    yield gettext("Published"), dated(article.date_published, basis(article.date_basis)), article.date_note or ""
    if article.form is not Form.REPORT:  # which is what stands where nobody said
        yield gettext("Kind"), kind(desk.pub, article), ""
    for rule, why in set_aside(article.waivers):
        yield gettext("Rule set aside"), f"{rule} {gettext('Our reason:')} {why}", ""


def _says(desk: Desk, article: Article) -> list[Says]:
    """By claim, what needs a reader's attention first."""
    found: dict[str, Says] = {}
    for review, cited in desk.pub.by_article.get(article.id, ()):
        found.setdefault(review.claim.id, Says(review, [])).evidence.append(cited.evidence)
    return sorted(found.values(), key=lambda one: ATTENTION.index(one.review.agreement.status))
