"""The house has floors: a module imports only from floors below its own, and each foreign library has its rooms."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import generator

ROOT = Path(generator.__file__).parent
FLOORS = """
problems words letters limits sections manifest kept lasting pagefind
dates files engine workers cases same
model
texts hidden shape addresses
locks
reader dictionary lacking
claimfiles piecewise
parsed
load verify weigh
wording chronology sentences revisions narrow
marks
past naming
publication
changes render occasion
badge card passage timeline chapters shelves parts jsonld coverage suggest quote context cues settings configuration
printing promises
labels ruling updates
feeds
view claimreview tables queries dataschema
elsewhere
lint edit written integrity search
canon
build explain fix schema insert capture
reports
imports
adopt
store start
history diff
sidebyside
pages exports sitemap sitecheck clipping
press frames live fetch material
links
plugin unchanged
host
trial
selftest
follow
shell
received
desk
cli
"""
FLOORS_WITHIN = {
    "imports": "clean naming jsontext\nfacts documents\nproperties scale known\nratings claimreview table\nentries"
}
"""Folders whose modules work on one thing together, and the floors of those."""
LEVEL = {name: n for n, floor in enumerate(FLOORS.strip().split("\n")) for name in floor.split()}
ROOMS = {
    "anyascii": {"imports"},
    "yaml": {"cases", "reader", "edit", "configuration"},
    "edtf": {"dates"},
    "rapidfuzz": {"verify", "suggest", "quote"},
    "platformdirs": {"kept"},
    "jinja2": {"engine", "material", "render"},
    "babel": {"words"},
    "markdown": {"written"},
    "mkdocs": {"material", "plugin", "host", "follow"},
    "material": set(),
    "click": {"shell", "received", "desk", "cli", "host"},
    "cbor2": {"pagefind"},
    "lxml": {"capture"},
    "pagefind_bin": {"pagefind"},
    "readability": {"capture"},
    "subprocess": {"pagefind", "revisions"},
}
UNWANTED = {
    "socket",
    "ssl",
    "http",
    "http.client",
    "urllib.request",
    "ftplib",
    "pickle",
    "marshal",
    "multiprocessing",
}
NO_BUILD = {
    "follow": {"socket"},
    "fetch": {"socket", "ssl", "http.client"},
    "sitecheck": {"http.client", "urllib.request"},
}
"""What commands that are no build need beyond: to serve, to ask originals, to prove a site where it is published."""
FILES = sorted(path for path in ROOT.rglob("*.py") if path != ROOT / "__init__.py")


def room(path: Path) -> str:
    """The module or folder of the package that a file is or lies in."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a file imports, anywhere in it: the module, with dots where it is one of ours, and the names from it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = tuple(alias.name for alias in node.names)
            dots = "." * node.level
            if node.level and node.module is None:
                yield from ((dots + name, ()) for name in names)
            else:
                yield dots + (node.module or ""), names


def test_each_module_stands_on_one_floor():
    assert sorted({room(path) for path in FILES}) == sorted(LEVEL)
    assert len(FLOORS.split()) == len(LEVEL)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_imports_only_from_floors_below_its_own(path):
    top = "." * len(path.relative_to(ROOT).parts)  # one dot in a module, two in a folder
    within = FLOORS_WITHIN.get(room(path), "")
    inner = {name: n for n, floor in enumerate(within.split("\n")) for name in floor.split()}
    for module, _ in imports(path):
        if module.startswith(".") and module.lstrip(".") in inner and not module.startswith(top):
            assert inner[module.lstrip(".")] < inner[path.stem], f"{module} is no floor below"
        elif module.startswith("."):
            assert module.startswith(top) or path.name == "__init__.py", f"{module} is a neighbour"
            below = module.lstrip(".").split(".")[0]
            assert LEVEL[below] < LEVEL[room(path)], f"{below} is no floor below"
        assert not module.startswith("generator"), "modules of ours are imported with dots"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_foreign_library_is_imported_in_its_rooms_only(path):
    for module, names in imports(path):
        if module == "jinja2" and names == ("Environment",):
            continue  # to say what kind of value a function takes
        library = module.split(".")[0]
        assert room(path) in ROOMS.get(library, {room(path)}), f"{library} does not belong here"
        assert module not in UNWANTED - NO_BUILD.get(room(path), set()), "a build opens no connection"


def test_nothing_but_the_lock_and_the_progress_bar_looks_at_the_clock():
    clocks = ("time.time(", "time.monotonic(", ".now(", ".today(", "time.localtime(", "time.strftime(")
    readers = {room(path) for path in FILES if any(clock in path.read_text(encoding="utf-8") for clock in clocks)}
    assert readers <= {"press", "host", "follow", "fetch"}


def test_no_test_imports_from_another():
    """What several share stands in a module that is no test, and fixtures in `conftest`, which nothing imports."""
    for path in Path(__file__).parent.rglob("*.py"):
        modules = {module.split(".")[0] for module, _ in imports(path)}
        assert not [name for name in modules if name.startswith("test_") or name == "conftest"], path.name
