"""Pages of one kind -> the template that prints them, and what each page puts into it.

So a peer makes the very pages that Onrecord makes, from data and a template as somebody would write it, and nobody has
to keep templates for peers in step with ours. What is the same wherever a unit stands belongs to the template; what
may come often is printed by a loop; what differs in more than its values is told apart by `if`.

In the data a unit is an object: `k` says which of several shapes it has, `v1`, `v2` ... are its values and `c1`, `c2`
... lists of the units inside it. A value that stands in several places is there once. A unit in a list that has only
one value is that value, and units that have none are their `k`. A unit that is always there is part of the one around
it.
"""

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import chain
from typing import Any

from .markup import Part, Unit, Value

_PRINTED = {"href": " | safeURL", "src": " | safeURL", "style": " | safeCSS", "json": " | jsonify | safeJS"}
"""How Go is told that a value suits its place, which spares it the work of looking; other values it escapes."""
LIST = 8
"""More units side by side are a list, even if only one page has it."""
_LAST_WORD = re.compile(r"[\w&#]*;?$")
_FIRST_WORD = re.compile(r"^[\w#]*;?")


class Slot:
    """A place for a value: what all its values begin and end with, and the name of what is between."""

    def __init__(self, where: str, values: Sequence[str]) -> None:
        self.where, self.name = where, ""
        self.varies = len(set(values)) > 1
        self.begin, self.end = ("", "") if self.varies else (values[0], "")
        if self.varies and where != "json":
            self.begin = _LAST_WORD.sub("", _common(values))
            rests = [value[len(self.begin) :][::-1] for value in values]
            self.end = _FIRST_WORD.sub("", _common(rests)[::-1])
        self.same = hash(tuple(map(self.between, values)))
        """Equal for two slots that always have the same value."""

    def between(self, value: str) -> str:
        return value[len(self.begin) : len(value) - len(self.end)]

    def data(self, value: str) -> Any:
        return json.loads(value) if self.where == "json" else unescape(self.between(value))

    def printed(self, name: str) -> str:
        field = f"{{{{ .{name}{_PRINTED.get(self.where, '')} }}}}" if self.varies else ""
        return f"{_constant(self.begin)}{field}{_constant(self.end)}"


class Place:
    """Where units stand, made of all units that stand there; one of its shapes for each that they have."""

    def __init__(self, units: Sequence[Unit]) -> None:
        found: dict[tuple[Part, ...], list[Unit]] = {}
        for unit in units:
            found.setdefault(unit.shape, []).append(unit)
        commonest = sorted(found.items(), key=lambda item: -len(item[1]))
        self.shapes = {shape: Shape(shape, same) for shape, same in commonest}
        self.keys = {shape: f"k{n}" for n, shape in enumerate(self.shapes)} if len(self.shapes) > 1 else {}
        self.plain = ""
        """The one field of the units that stand here, where they have no more; it is left out of the data."""

    def data(self, unit: Unit) -> Any:
        """What a unit puts into the template."""
        found = {"k": self.keys[unit.shape]} if self.keys else {}
        found |= self.shapes[unit.shape].data(unit)
        return found[self.plain] if self.plain else found

    def template(self) -> Iterator[str]:
        """The template that prints a unit, in Go's language, in pieces."""
        for n, (key, shape) in enumerate(self.shapes.items()):
            if self.keys:
                test = f'if eq .{"" if self.plain else "k"} "{self.keys[key]}"'
                yield "{{ else }}" if n == len(self.keys) - 1 else f"{{{{ {'else ' if n else ''}{test} }}}}"
            yield from shape.template(bool(self.plain))
        if self.keys:
            yield "{{ end }}"


class Shape:
    """What units of one shape at one place have in common."""

    def __init__(self, parts: tuple[Part, ...], units: Sequence[Unit]) -> None:
        self.parts = parts
        where = [part.where for part in parts if isinstance(part, Value)]
        self.slots = [Slot(place, [unit.values[n] for unit in units]) for n, place in enumerate(where)]
        self.runs = [_run([unit.runs[n] for unit in units]) for n in range(len(units[0].runs))]
        names: dict[int, str] = {}  # a unit around this one that has it as a part names all anew
        loops = 0
        for item in self.inside():
            if isinstance(item, Slot):
                item.name = names.setdefault(item.same, f"v{len(names) + 1}")
            else:
                loops += 1
                item.name = f"c{loops}"

    def inside(self) -> Iterator["Slot | Loop"]:
        """The values and loops, with those of the units that are part of this one."""
        yield from (slot for slot in self.slots if slot.varies)
        for run in self.runs:
            if isinstance(run, Loop):
                yield run
            else:
                yield from chain.from_iterable(part.inside() for part in run)

    def fields(self) -> set[str]:
        return {item.name for item in self.inside()}

    def data(self, unit: Unit) -> dict[str, Any]:
        found = {s.name: s.data(value) for s, value in zip(self.slots, unit.values, strict=True) if s.varies}
        for run, units in zip(self.runs, unit.runs, strict=True):
            if isinstance(run, Loop):
                found[run.name] = [run.data(inner) for inner in units]
            else:
                for part, inner in zip(run, units, strict=True):
                    found |= part.data(inner)
        return found

    def template(self, plain: bool = False) -> Iterator[str]:
        slots, runs = iter(self.slots), iter(self.runs)
        for part in self.parts:
            if isinstance(part, str):
                yield _constant(part)
            elif isinstance(part, Value):
                slot = next(slots)
                yield slot.printed("" if plain else slot.name)
            elif isinstance(run := next(runs), Loop):
                yield f"{{{{ range .{run.name} }}}}"
                yield from run.template()
                yield "{{ end }}"
            else:
                for inner in run:
                    yield from inner.template(plain)


class Loop(Place):
    """A place for any number of units."""

    def __init__(self, units: Sequence[Unit]) -> None:
        super().__init__(units)
        self.name = ""
        fields = [shape.fields() for shape in self.shapes.values()]
        self.plain = "v1" if fields == [{"v1"}] else "k" if self.keys and not any(fields) else ""


def _run(runs: Sequence[Sequence[Unit]]) -> Loop | list[Shape]:
    """Units side by side: a loop, or parts of the unit around them if they are few and always of the same shapes."""
    shapes = tuple(unit.shape for unit in runs[0])
    if len(shapes) <= LIST and all(tuple(unit.shape for unit in run) == shapes for run in runs):
        return [Shape(shape, [run[n] for run in runs]) for n, shape in enumerate(shapes)]
    return Loop([*chain.from_iterable(runs)])


def _common(values: Sequence[str]) -> str:
    """What all values begin with: what the first and the last of them in the alphabet do."""
    first, last = min(values), max(values)
    return first[: next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))]


def _constant(markup: str) -> str:
    return markup.replace("{{", '{{ "{{" }}')
