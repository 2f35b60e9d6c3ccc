"""How far independent sources agree: the one place where a badge is decided.

In: each article's stances on a claim and the origins that it names (`Voice`). Out: an `Agreement`: status, counts,
and which articles rest on one origin. `RULES` is the decision itself, read from the top; the site prints it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from .model import Stance
from .words import N_, gettext, kept, ngettext


class Status(StrEnum):
    """What a badge says. The order is that of `RULES`."""

    WITHDRAWN = "withdrawn"
    CONFLICT = "conflict"
    DISPUTED = "disputed"
    NONE = "none"
    PARTIAL = "partial"
    SINGLE = "single"
    CAVEAT = "caveat"
    ECHO = "echo"
    AGREE = "agree"
    UNCLEAR = "unclear"


class Link(NamedTuple):
    """A link of an article's chain. An unnamed link never joins two articles and never counts as independent."""

    key: str
    named: bool = True


@dataclass(frozen=True, slots=True)
class Voice:
    """One article on one claim: what it does, and whom it relays where it supports, nearest first."""

    article: str
    stances: frozenset[Stance]
    chain: tuple[Link, ...] = ()


class Group(NamedTuple):
    """Supporting articles that share an origin and so count once. `origins` are the named links of all of them."""

    articles: tuple[str, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The weighed claim. Lists of articles are in the order in which the voices came."""

    status: Status
    supports: tuple[str, ...]
    qualifies: tuple[str, ...]
    disputes: tuple[str, ...]
    groups: tuple[Group, ...]
    """The supporting articles by origin: named groups first, then each unnamed article by itself."""

    @property
    def articles(self) -> int:
        """Articles that support, qualify or dispute it; each counts once."""
        return len({*self.supports, *self.qualifies, *self.disputes})

    @property
    def named(self) -> int:
        """Separate named origins behind the support."""
        return sum(1 for group in self.groups if group.origins)

    @property
    def unnamed(self) -> int:
        """Supporting articles that name no origin."""
        return sum(len(group.articles) for group in self.groups if not group.origins)

    @property
    def shape(self) -> tuple[object, ...]:
        """All that counts and marks are made of: equal for claims whose evidence is alike, whatever its articles."""
        groups = [(len(group.articles), len(group.origins) > 0) for group in self.groups]
        return (self.status, self.articles, len(self.supports), len(self.qualifies), len(self.disputes), *groups)

    @property
    def counts(self) -> str:
        """ "4 articles · 2 named origins, 1 unnamed"; "4 articles · support: 1 named origin" if not all support it."""
        return _counts(self.articles, self.named, self.unnamed, bool(self.qualifies or self.disputes))


@kept
def _counts(articles: int, named: int, unnamed: int, divided: bool) -> str:
    text = ngettext("%(n)s article", "%(n)s articles", articles)
    if not named and not unnamed:
        return text
    if named:
        origins = ngettext("%(n)s named origin", "%(n)s named origins", named)
        if unnamed:
            origins = ngettext("%(origins)s, %(n)s unnamed", "%(origins)s, %(n)s unnamed", unnamed, origins=origins)
    else:
        origins = gettext("origin not named") if unnamed == 1 else gettext("origins not named")
    if divided:  # origins are counted behind the support alone; other articles may name theirs
        return gettext("%(articles)s · support: %(origins)s", articles=text, origins=origins)
    return gettext("%(articles)s · %(origins)s", articles=text, origins=origins)


class _Sides(NamedTuple):
    """What the rules look at: S, D and Q are sets of articles; the groups are counted over S."""

    withdrawn: bool
    s: frozenset[str]
    d: frozenset[str]
    q: frozenset[str]
    groups: Sequence[Group]


class Rule(NamedTuple):
    """A row of the decision: the status, its label and meaning for readers, and when it applies."""

    status: Status
    label: str
    when: str
    meaning: str
    fits: Callable[[_Sides], bool]


RULES: tuple[Rule, ...] = (
    Rule(
        Status.WITHDRAWN,
        N_("Withdrawn"),
        N_("an editor withdrew the claim, with a reason"),
        N_("we no longer stand by this page; it says why"),
        lambda x: x.withdrawn,
    ),
    Rule(
        Status.CONFLICT,
        N_("Sources conflict"),
        N_("at least one article disputes it, and at least one supports or qualifies it"),
        N_("at least one says something that cannot also hold"),
        lambda x: bool(x.d and (x.s or x.q)),
    ),
    Rule(
        Status.DISPUTED,
        N_("Disputed, no support"),
        N_("at least one article disputes it, and none supports or qualifies it"),
        N_("articles speak against it, none for it"),
        lambda x: bool(x.d),
    ),
    Rule(
        Status.NONE,
        N_("No source found"),
        N_("no article supports, qualifies or disputes it"),
        N_("we looked, and no stored article says it"),
        lambda x: not x.s and not x.q,
    ),
    Rule(
        Status.PARTIAL,
        N_("Stated only in part"),
        N_("none supports it, and at least one qualifies it"),
        N_("no article says all of it"),
        lambda x: not x.s,
    ),
    Rule(
        Status.SINGLE,
        N_("One article only"),
        N_("exactly one article supports or qualifies it"),
        N_("only one article addresses it"),
        lambda x: len(x.s | x.q) == 1,
    ),
    Rule(
        Status.CAVEAT,
        N_("Agree, with caveats"),
        N_("some support it, and at least one qualifies it"),
        N_("none against, but some say less"),
        lambda x: bool(x.q),
    ),
    Rule(
        Status.ECHO,
        N_("Repeated, one origin"),
        N_("two or more articles support it, all of them resting on one and the same named origin"),
        N_("several articles, all resting on one origin"),
        lambda x: len(x.groups) == 1 and bool(x.groups[0].origins),
    ),
    Rule(
        Status.AGREE,
        N_("Sources agree"),
        N_("two or more separate named origins support it"),
        N_("two or more named origins, none against"),
        lambda x: sum(1 for g in x.groups if g.origins) >= 2,
    ),
    Rule(
        Status.UNCLEAR,
        N_("Articles agree, origins unclear"),
        N_("all other cases of support"),
        N_("none against, but the articles do not name enough origins"),
        lambda x: True,
    ),
)
"""The first rule that fits decides."""

LABELS = {rule.status: rule.label for rule in RULES}
"""In English, for editors."""

ATTENTION = (
    Status.CONFLICT,
    Status.DISPUTED,
    Status.CAVEAT,
    Status.PARTIAL,
    Status.ECHO,
    Status.SINGLE,
    Status.UNCLEAR,
    Status.AGREE,
    Status.NONE,
    Status.WITHDRAWN,
)
"""The order of lists: what needs a reader's attention first."""


def label(status: Status) -> str:
    """What a badge says, in the language of the publication."""
    return gettext(LABELS[status])


def weigh(voices: Iterable[Voice], withdrawn: bool = False) -> Agreement:
    """Weighs a claim. Each article is one voice, whatever it does; a reprint comes as the article that it reprints."""
    voices = list(voices)

    def side(stance: Stance) -> tuple[str, ...]:
        return tuple(voice.article for voice in voices if stance in voice.stances)

    s, d, q = side(Stance.SUPPORTS), side(Stance.DISPUTES), side(Stance.QUALIFIES)
    groups = group(voice for voice in voices if Stance.SUPPORTS in voice.stances)
    sides = _Sides(withdrawn, frozenset(s), frozenset(d), frozenset(q), groups)
    status = next(rule.status for rule in RULES if rule.fits(sides))
    return Agreement(status, s, q, d, groups)


def group(voices: Iterable[Voice]) -> tuple[Group, ...]:
    """Joins articles whose chains share a named link, also through a third; those without one stay alone."""
    joined: list[tuple[list[str], dict[str, None]]] = []
    alone: list[Group] = []
    for voice in voices:
        links = dict.fromkeys(link.key for link in voice.chain if link.named)
        if not links:
            alone.append(Group((voice.article,), ()))
            continue
        shared = [entry for entry in joined if not links.keys().isdisjoint(entry[1])]
        articles = [article for entry in shared for article in entry[0]] + [voice.article]
        origins = {key: None for entry in shared for key in entry[1]} | links
        position = joined.index(shared[0]) if shared else len(joined)
        joined = [entry for entry in joined if not any(entry is other for other in shared)]
        joined.insert(min(position, len(joined)), (articles, origins))
    return (*(Group(tuple(articles), tuple(origins)) for articles, origins in joined), *alone)
