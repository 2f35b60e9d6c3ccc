"""How we work: the hand-written text, then what the record and the rules say: stances, counting, statuses."""

import re
from collections.abc import Iterator

from jinja2 import Environment
from markupsafe import Markup

from ..jsonld import about
from ..publication import Publication
from ..render import Heading, Page, Site, body
from ..weigh import RULES, Rule
from ..words import gettext

KIND = "about"

_H2 = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)


def wrap(pub: Publication, site: Site, env: Environment, written: Markup, title: str) -> Page:
    title = title or gettext("How we work")
    sheet = body(env, "about.html.j2", root="../", title=title, written=written, rules=[_said(rule) for rule in RULES])
    return Page(
        KIND,
        "about/",
        title,
        gettext("How claims are chosen, how articles and origins are counted, and what each badge means."),
        sheet,
        contents=tuple(_headings(sheet)),
        head=about(site, title),
    )


def _said(rule: Rule) -> Rule:
    """A rule in the words of the publication's language."""
    return rule._replace(label=gettext(rule.label), when=gettext(rule.when), meaning=gettext(rule.meaning))


def _headings(sheet: Markup) -> Iterator[Heading]:
    """The headings of a page body, hand-written or not, as plain text."""
    for anchor, words in _H2.findall(sheet):
        yield Heading(anchor, Markup(words).striptags())  # noqa: S704 - tags are taken out
