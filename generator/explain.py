"""Every code that a problem can carry -> what it means: a lint rule's own words, or a sentence for the others."""

from . import lint
from .integrity import CODES as INTEGRITY
from .reader import CODES as READING

_OTHERS = {
    "build-locked": "Another build of this site is at work. Its lock goes when it ends, also when it is killed.",
    "written-link": "A link in a hand-written page leads nowhere, or to an address that a page may not link to.",
    "not-a-site": "A build replaces the folder of the site. What is there is no site, and would be lost.",
    "site-missing": "A file that the build made is not in the site. It was lost on the way, or taken away.",
    "site-changed": "A file of the site has other bytes than the build gave it. Somebody or something changed it.",
    "site-extra": "A file stands in the site that the build did not make.",
    "search-index": "Pagefind, which makes the index of the search page, did not run to its end. Nothing was built.",
    "no-search": "Pagefind is not installed. The site is whole, and its search page says that search is not available.",
    "template": "A template of the pages has an error at this line. Nothing was built.",
    "written-address": "A hand-written page stands where a page of the record does. One of the two would be lost.",
    "source-markup": "A stored article holds words, no HTML. Save the page whole, or copy its words as plain text.",
    "not-canonical": 'The file is not in its canonical form. "onrecord fmt" writes it so, and loses nothing.',
    "configuration": "mkdocs.yml is not there, is not valid, or does not list the plugin. Nothing was built.",
    "address-struck": "A change drops a published address, or its line in addresses.lock, which its base still has.",
    "mkdocs": "MkDocs or one of its plugins could not go on. The message is its own; nothing was built.",
    "machine": "The machine refused: no permission, no space, or a file that vanished. No file is left half written.",
    "internal-error": "A fault of onrecord itself. Please report it with the id that it printed.",
}


def codes() -> list[str]:
    """All codes, in the order of the alphabet."""
    return sorted({*lint.rules(), lint.UNUSED, *READING, *INTEGRITY, *_OTHERS})


def explain(code: str) -> str | None:
    """What a code means, its first line a sentence; None for one that there is not."""
    return lint.explain(code) or READING.get(code) or INTEGRITY.get(code) or _OTHERS.get(code)
