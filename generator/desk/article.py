"""`onrecord new article`: what is asked, what is offered, and what was stored.

A date is written only where the editor gives it or a saved page's metadata states it, then with where it does.
"""

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from .. import capture, insert, store
from ..limits import LIMITS
from ..load import load
from ..model import Article, Form, Record
from ..problems import Refused, visible
from ..shell import guarded, named, opened, project, stop
from ..texts import better_id

_MOST = 4 * LIMITS["article"] + 1
"""Bytes that are read: a page may be larger than its article."""
_ASKED = {
    "headline": "Headline, as printed",
    "publisher": "Publisher, as its id in claims.yaml",
    "author": "Author, as printed",
    "date_published": "Date that the document prints (2020-09-15)",
    "url": "Address of the original",
    "form": "Form",
    "in_language": "Language of the text",
}
_FORMS = [form.value for form in Form]


@click.command(short_help="Store the words of an article and their checksum.")
@click.argument("source", metavar="FILE|-")
@click.option("--id", "id", help="Its name for ever; default: made of the file's name.")
@click.option("--headline", help="As printed.")
@click.option("--publisher", help="Id of a publisher of the record.")
@click.option("--author", help="As printed.")
@click.option("--date", "date_published", help="The date that the document prints, such as 2020-09-15.")
@click.option("--url", help="Address of the original.")
@click.option("--archive-url", help="Address of an archived copy.")
@click.option("--retrieved", "date_retrieved", help="The day on which the text was taken.")
@click.option("--language", "in_language", help="Language of the text, such as en.")
@click.option(
    "--form", type=click.Choice(_FORMS), metavar="FORM", help=f"What kind of document it is: {', '.join(_FORMS)}."
)
@click.option("--label", help="Our name for a document that names no publisher.")
@click.option("--as-stated", is_flag=True, help="Take over what a saved page states about itself.")
@click.option("--update", metavar="ID", help="Captured again: its words take the place of those stored.")
@guarded
def article(source: str, id: str | None, as_stated: bool, update: str | None, **given: str | None) -> None:
    """Store the words of an article: a text file, a saved HTML page, or - for standard input.

    Its checksum goes into articles.lock with it. On a terminal you are asked for what is not given; leave out what the
    document does not say. Of a saved page, what its metadata states is offered together with where it stands; nothing
    is guessed. Lines that look like adverts and buttons are marked as noise; look them through.
    """
    root = project()
    record, problems = opened(root)
    if id is not None and update is not None:
        raise click.UsageError("--id and --update name two things; give one")
    raw = sys.stdin.buffer.read(_MOST) if source == "-" else _file(source)
    fields: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    asks = _asks(source) and update is None
    name = update or id or better_id(Path(source).stem if source != "-" else fields.get("headline", ""))
    if name is None:
        raise click.UsageError("name the article with --id")
    try:
        taken = capture.capture(raw, source)
        stated = capture.agreed(taken.stated)
        if asks:
            name = id or click.prompt("Id, its name for ever", default=name)
            store.refuse(root, name, problems, False)
            _ask(fields, stated, record)
        elif as_stated:
            fields = {**_taken_over(stated, record, fields), **fields}
        if "date_published" in fields:
            fields.setdefault("date_basis", "stated")
        draft = store.draft(root, record, name, taken.text, fields, problems, update is not None)
    except Refused as refusal:
        stop(refusal.problems, root)
    except capture.Missing:
        said = (
            'a saved page needs the optional part "html": pip install "onrecord[html]"; or save its words as plain text'
        )
        raise click.UsageError(said) from None
    if draft.same:
        click.echo(f"{draft.article.path} is stored like this already")
        return
    store.store(root, draft)
    if draft.record is not None:
        record = load(root).record or record  # its lines moved
    _stored(draft, taken, record, stated, offer={} if asks or as_stated or update else stated)


def _asks(source: str) -> bool:
    """Whether there is somebody to ask: a terminal that is not the text itself."""
    return source != "-" and sys.stdin.isatty() and sys.stdout.isatty()


def _file(source: str) -> bytes:
    with named(Path(source)).open("rb") as file:
        return file.read(_MOST)


def _taken_over(stated: Mapping[str, capture.Stated], record: Record, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a page states, as front matter. A publisher only where the record has one of that name."""
    fields: dict[str, Any] = {name: one.value for name, one in stated.items() if name not in given}
    if "publisher" in fields:
        fields["publisher"] = store.publisher(fields["publisher"], record)
    if "date_published" in fields:
        fields["date_basis"] = "stated"
        fields["date_note"] = f"As the page states it ({stated['date_published'].source})."
    return {name: value for name, value in fields.items() if value}


def _ask(fields: dict[str, Any], stated: Mapping[str, capture.Stated], record: Record) -> None:
    """Asks for what is not given; what a page states is offered, with where it stands."""
    offered = _taken_over(stated, record, fields)
    click.echo("Enter takes what stands in brackets; - leaves out what the document does not say.")
    for name, words in _ASKED.items():
        if name in fields:
            continue
        offer = offered.get(name, "")
        where = f" [{stated[name].source}]" if name in stated and offer else ""
        kind = click.Choice([form.value for form in Form]) if name == "form" else str
        default = "report" if name == "form" else visible(offer)
        while True:
            answer = click.prompt(words + where, default=default, type=kind, show_default=bool(default))
            wrong = insert.faults(Article, {name: answer}, record) if answer not in ("", "-") else []
            if not wrong:
                break
            click.echo(f"  {visible(wrong[0].message)}; {visible(wrong[0].help)}")
        if answer not in ("", "-"):
            fields[name] = answer
            if name == "date_published" and answer == offer:
                fields["date_note"] = offered["date_note"]


def _stored(
    draft: store.Draft,
    taken: capture.Captured,
    record: Record,
    stated: Mapping[str, capture.Stated],
    offer: Mapping[str, capture.Stated],
) -> None:
    """Says what was done and what an editor should look at."""
    article = draft.article
    click.echo(f"wrote {article.path}: {len(article.body.split())} words; its line in articles.lock")
    if draft.record is not None:
        click.echo("  took over what claims.yaml had of it as a linked article; its entry there is gone")
    if taken.left_out:
        click.echo(f"  {taken.left_out} words of the page are left out; compare the file with the page")
    if taken.layout:
        click.echo(f"  {taken.layout} invisible characters for layout are left out")
    for line in draft.noise:
        click.echo(f"  marked as noise: {visible(line)}")
    for one in offer.values():
        option = {"date_published": "date", "in_language": "language"}.get(one.field, one.field)
        value = store.publisher(one.value, record) or one.value if one.field == "publisher" else one.value
        click.echo(f"  the page states ({one.source}): --{option} {shlex.quote(visible(value))}")
    if "publisher" in stated and not offer and draft.article.publisher is None:
        name = visible(stated["publisher"].value)
        click.echo(f'  no publisher is written: the record has none named "{name}"')
    if offer:
        click.echo("  none of it is written; fill in the front matter, or store it with --as-stated")
    gone = list(store.fallen(record, draft))
    for placed, field in gone:
        mark = placed.at(field)
        said = (
            "this quotation stands there no more" if getattr(placed, field) else "this evidence needs a quotation now"
        )
        click.echo(f"  {mark.path}:{mark.line}:{mark.column}: {said}")
    after = "onrecord check" if gone else 'onrecord quote "words of the article"'
    click.echo(f"next: look the file through, then {after}")
