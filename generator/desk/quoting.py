"""`onrecord quote`: passages of the stored articles as they stand, ready to be cited, and cited if asked to."""

import sys
from pathlib import Path
from typing import Any

import click

from .. import insert, quote
from ..build import uncollected
from ..files import read_text, replace
from ..limits import LIMITS
from ..load import ARTICLES
from ..model import Evidence, Record, Stance
from ..problems import Problem, visible
from ..reader import nearest
from ..shell import guarded, opened, project, refuse, writable
from ..verify import StoredText, stored, too_short

MOST_HITS = 5


@click.command("quote", short_help="Find words in the articles, ready to be cited.")
@click.argument("words")
@click.option("--article", metavar="ID", help="Look into this article only.")
@click.option("--add", "claim", metavar="CLAIM", help="Add the words to this claim as evidence; needs --stance.")
@click.option("--stance", type=click.Choice([stance.value for stance in Stance]), help="How the article stands to it.")
@click.option("--origin", "origins", multiple=True, metavar="ID", help="Whom the article relays; may be repeated.")
@click.option("--pick", type=click.IntRange(1), metavar="N", help="Which of several passages to add.")
@guarded
def quoting(
    words: str, article: str | None, claim: str | None, stance: str | None, origins: tuple[str, ...], pick: int | None
) -> None:
    """Find WORDS in the stored articles and print them verbatim, ready to be cited.

    Letter case, line breaks and the shape of quotation marks do not matter, "..." stands for words left out. If the
    words stand nowhere, the passages most like them are shown. The sentences around a passage are for your eye.
    """
    root = project()
    record, problems = opened(root)
    texts = {
        a.id: stored(a.body, a.noise, a.body_line) for a in record.articles if not a.linked and article in (None, a.id)
    }
    if article is not None and any(a.linked and a.id == article for a in record.articles):
        raise click.UsageError(f'the text of "{article}" is not stored; store it with "onrecord new article"')
    if article is not None and article not in texts:
        raise click.UsageError(f'there is no article "{article}"; {nearest(article, [a.id for a in record.articles])}')
    if claim is not None and stance is None:
        raise click.UsageError("--add needs --stance: how the article stands to the claim")
    if claim is not None and claim not in (known := [c.id for c in record.claims]):
        raise click.UsageError(f'there is no claim "{claim}"; {nearest(claim, known)}')
    if not any(c.isalnum() for c in words):
        raise click.UsageError("no words were given; name some of an article")
    hits = quote.search(words, texts)
    if not hits:
        click.echo("these words stand in no article, and nothing is like them", err=True)
        sys.exit(1)
    picked = range(len(hits)) if pick is None else range(pick - 1, min(pick, len(hits)))
    for n in picked[:MOST_HITS]:
        _show(n + 1, hits[n], texts[hits[n].article], record, _entry(hits[n], stance, origins))
    if len(picked) > MOST_HITS:
        click.echo(f"... and {len(picked) - MOST_HITS} more; narrow them with --article or more words")
    if claim is not None:
        writable(root, problems, next(c.path for c in record.claims if c.id == claim))
        if not picked or len(picked) > 1 or (pick is None and hits[0].likeness < 100):
            raise click.UsageError("say with --pick which passage is meant; nothing is written")
        _add(root, record, claim, hits[picked[0]], _entry(hits[picked[0]], stance, origins))


def _entry(hit: quote.Hit, stance: str | None, origins: tuple[str, ...]) -> dict[str, Any]:
    origin = {"origin": list(origins)} if origins else {}
    return {"article": hit.article, "stance": stance or "", "quote": list(hit.words), **origin}


def _show(n: int, hit: quote.Hit, text: StoredText, record: Record, entry: dict[str, Any]) -> None:
    """A passage: where it stands, what is around it, who quotes it, and the entry to paste."""
    alike = "the same words" if hit.likeness == 100 else f"{hit.likeness:.0f} % alike"
    click.echo(f"{n}. {ARTICLES}/{hit.article}.md:{hit.line}, {alike}")
    around = quote.context(hit, text)
    for name, words in (("before", around.before), ("here", around.within), ("after", around.after)):
        if words:
            click.echo(f"   {name + ':':8}{visible(words)}")
    if by := [f"{claim} ({evidence.stance})" for claim, evidence in quote.quoted_by(hit, text, record)]:
        click.echo(f"   quoted by {', '.join(dict.fromkeys(by))}")
    if any(too_short(part) for part in hit.words):
        click.echo("   too short to prove anything: take in more words")
    elif hit.occurrences > 1:
        click.echo("   the article has these words more than once: take in more words")
    ready = insert.evidence(entry).replace('stance: ""\n', f"stance:  # {', '.join(Stance)}\n", 1)
    click.echo(f"\n{ready}")


def _add(root: Path, record: Record, id: str, hit: quote.Hit, fields: dict[str, Any]) -> None:
    if any(too_short(part) for part in hit.words) or hit.occurrences > 1:
        raise click.UsageError("take in more words, so that the passage proves something and is found once")
    wrong = insert.faults(Evidence, fields, record)
    claim = next(claim for claim in record.claims if claim.id == id)
    for evidence in claim.evidence:
        if (evidence.article, evidence.stance, evidence.quote) == (hit.article, fields["stance"], hit.words):
            mark = evidence.at("quote")
            said = f'claim "{id}" has this quotation already ({mark.path}:{mark.line}:{mark.column})'
            wrong.append(Problem(mark, said, "nothing is to be done", "repeated-evidence"))
    if wrong:
        refuse(wrong)
    text = read_text(root, claim.path, LIMITS["file"])
    with uncollected():
        made = insert.with_evidence(text, id, fields, claim.path)
    replace(root / claim.path, made)
    click.echo(f"wrote {claim.path}: evidence of claim {id}")
    click.echo('next: "onrecord check", then look at the page with "onrecord serve"')
