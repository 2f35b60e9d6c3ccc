"""The schema and the reader come to the same verdict on made-up records, however a program types their values."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from hypothesis import event, given, note, settings
from hypothesis import strategies as st
from records import BARE_WORDS, Leaf, documents, written

from generator.edit import canonical
from generator.insert import with_claim, with_evidence
from generator.load import RECORD
from generator.model import Article, Record
from generator.problems import Problem
from generator.reader import Reader, Stop
from generator.schema import MODELINE, SCHEMA, schema, schema_text

ROOT = Path(__file__).parent.parent
VALIDATORS = {cls: jsonschema.Draft7Validator(schema(cls)) for cls in (Record, Article)}


class Core(yaml.SafeLoader):
    """Types values as YAML 1.2's core schema does, and so yaml-language-server."""

    yaml_implicit_resolvers: dict[str, Any] = {}


def number(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int | float:
    text = node.value
    if re.fullmatch(r"0[ox][0-9a-fA-F]+", text):
        return int(text, 0)
    return (
        int(text) if re.fullmatch(r"[-+]?[0-9]+", text) else float(text.replace(".inf", "inf").replace(".nan", "nan"))
    )


CORE = {
    "null": (r"~|null|Null|NULL|", lambda loader, node: None),
    "bool": (r"true|True|TRUE|false|False|FALSE", lambda loader, node: node.value.lower() == "true"),
    "float": (
        r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
        r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        number,
    ),
}
for tag, (pattern, constructor) in CORE.items():
    Core.add_implicit_resolver(f"tag:core,{tag}", re.compile(rf"(?:{pattern})$"), None)
    Core.add_constructor(f"tag:core,{tag}", constructor)


def typed(text: str) -> object:
    return yaml.load(text, Core)


def as_text(text: str) -> object:
    """All scalars as text, and what has none as nothing."""

    def nothing(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: nothing(item) for key, item in value.items()}
        return [nothing(item) for item in value] if isinstance(value, list) else value or None

    return nothing(yaml.load(text, yaml.BaseLoader))


def counted(record: Any) -> Any:
    """A record as text, with the one number that a record holds as a number: the place of a rating on its scale."""
    for rating in record.get("ratings", ()):
        if "value" in rating:
            rating["value"] = int(rating["value"])
    return record


def read(text: str, cls: type) -> tuple[Any, list[Problem]]:
    problems: list[Problem] = []
    try:
        return Reader(RECORD, text, problems, []).document(cls, "the record"), problems
    except Stop:
        assert problems
        return None, problems


def leaves(value: Any) -> Iterable[Leaf]:
    if isinstance(value, Leaf):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)


@settings(max_examples=1000)
@given(st.data())
def test_schema_and_reader_agree_on_what_may_be_written(data):
    cls = data.draw(st.sampled_from([Record, Article]))
    document = data.draw(documents(cls, faults=True))
    text = written(document).lstrip("\n") + "\n"
    note(text)
    _, problems = read(text, cls)
    said = bool(problems)
    event("refused" if said else "read")
    for reading in (as_text, typed):
        wrong = [error.message for error in VALIDATORS[cls].iter_errors(reading(text))]
        bare = set(leaves(document)) & set(BARE_WORDS)
        assert bool(wrong) == said or (reading is typed and bare), (problems, wrong)


@settings(max_examples=300)
@given(st.data())
def test_the_canonical_form_reads_as_the_same_record_and_every_program_sees_the_same_values(data):
    cls = data.draw(st.sampled_from([Record, Article]))
    text = written(data.draw(documents(cls))).lstrip("\n") + "\n"
    note(text)
    made = canonical("{}\n" if text == " {}\n" else text, cls)
    if not made:
        return  # front matter may be empty
    before, problems = read(text, cls)
    after, _ = read(made, cls)
    assert problems == []
    assert after == before
    assert typed(made) == counted(as_text(made))
    assert "\\n" not in made
    assert canonical(made, cls) == made


@settings(max_examples=150)
@given(documents(Record), st.sampled_from(["a", "wire-report", ""]))
def test_a_claim_and_its_evidence_are_added_and_nothing_else_changes(document, topic):
    text = written(document).lstrip("\n") + "\n"
    before, problems = read(text, Record)
    assert problems == []
    fields = {
        "id": "brand-new",
        "text": "It is: so.",
        "short": "So",
        "kind": "state",
        **({"topic": topic} if topic else {}),
    }
    with_it = with_claim(text, fields, [each.id for each in before.topics])
    made = with_evidence(with_it, "brand-new", {"article": "wire", "stance": "supports", "quote": ["One", "two"]})
    after, problems = read(made, Record)
    assert problems == []
    (new,) = [claim for claim in after.claims if claim.id == "brand-new"]
    assert (new.text, new.topic or "", new.evidence[0].quote) == ("It is: so.", topic, ("One", "two"))
    after.claims = tuple(claim for claim in after.claims if claim is not new)
    assert after == before
    assert canonical(made) == made


def test_the_schema_of_this_record_is_current_and_its_record_names_it():
    assert (ROOT / SCHEMA).read_text(encoding="utf-8") == schema_text(), "run onrecord fmt"
    text = (ROOT / RECORD).read_text(encoding="utf-8")
    assert text.startswith(f"{MODELINE}\n")
    for reading in (as_text, typed):
        assert list(VALIDATORS[Record].iter_errors(reading(text))) == []


def test_the_schema_is_one_and_explains_every_field_and_every_word():
    made = schema(Record)
    jsonschema.Draft7Validator.check_schema(made)
    for kind in [made, *(kind for kind in made["definitions"].values() if "properties" in kind)]:
        assert kind["additionalProperties"] is False
        assert kind["description"]
        for field in kind["properties"].values():
            assert field["description"]
            assert len(field.get("enum", ())) == len(field.get("enumDescriptions", ()))


def test_no_value_is_offered_alone_since_programs_would_write_it_in():
    for value in schema(Record)["definitions"].values():
        assert len(value.get("examples", ("", ""))) > 1
        assert "default" not in value
