"""`onrecord new claim`: a claim without evidence, in its place in the record."""

import os
from pathlib import PurePosixPath
from typing import Any

import click

from .. import claimfiles, insert
from ..build import uncollected
from ..files import read_text, replace
from ..limits import LIMITS
from ..load import RECORD
from ..model import Claim, ClaimKind
from ..problems import Problem, visible
from ..shell import guarded, opened, project, refuse, writable


@click.command(short_help="Add a claim to the record, in its place.")
@click.option("--id", "id", required=True, help="Its name for ever; it names the matter, not the answer.")
@click.option("--text", required=True, help="The assertion: one sentence, with a full stop.")
@click.option("--short", required=True, help="Six words or so, for tables.")
@click.option("--kind", required=True, type=click.Choice([kind.value for kind in ClaimKind]), help="What it asserts.")
@click.option("--topic", help="Id of the topic under which it stands.")
@click.option("--entity", "entities", multiple=True, metavar="ID", help="Whom or what it is about; may be repeated.")
@click.option("--question", help="What the articles answer differently.")
@click.option("--file", metavar="PATH", help="claims.yaml, or a file below claims/, which may be new.")
@guarded
def claim(id: str, entities: tuple[str, ...], file: str | None, **given: str | None) -> None:
    """Add a claim to the record, in canonical form, as the last of its topic. Comments stay where they are.

    Without --file it goes where most claims of its topic are, or into claims.yaml. It has no evidence yet: "onrecord
    quote" finds words of the articles and adds them.
    """
    root = project()
    record, problems = opened(root)
    path = PurePosixPath(file).as_posix() if file is not None else insert.home(record, given["topic"])
    if path != RECORD and (why := claimfiles.fault(path)):
        raise click.UsageError(f'"{visible(path)}" can\'t hold claims: {visible(why)}')
    writable(root, problems, path)
    fields: dict[str, Any] = {"id": id, **{name: value for name, value in given.items() if value is not None}}
    if entities:
        fields["entities"] = list(entities)
    wrong = insert.faults(Claim, fields, record)
    for other in record.claims:
        if id.casefold() in {name.casefold() for name in (other.id, *other.former_ids)}:
            mark = other.at("id")
            said = f'claim "{other.id}" has or had the id "{id}" ({mark.path}:{mark.line}:{mark.column})'
            wrong.append(Problem(mark, said, "choose another, or change that one", "duplicate-id"))
    if wrong:
        refuse(wrong)
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    text = read_text(root, path, LIMITS["file"]) if os.path.lexists(root / path) else "claims: []\n"
    with uncollected():
        made = insert.with_claim(text, fields, [topic.id for topic in record.topics], path)
    replace(root / path, made)
    click.echo(f"wrote {path}:{_line(made, id)}: claim {id}")
    click.echo(f'next: onrecord quote "words of an article" --add {id} --stance supports')


def _line(text: str, id: str) -> int:
    """The line of a canonical record on which a claim begins."""
    begin = text.find("\nclaims:\n")
    return text.count("\n", 0, text.find(f"\n  - id: {id}\n", begin)) + 2
