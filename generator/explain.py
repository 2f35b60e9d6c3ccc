"""Every code that a problem can carry -> what it means, with something wrong and the same thing right.

A lint rule's own words stand in its file. For the codes of reading and of the program they stand here and in `reader`.
`page` is all of it as Markdown: `docs/codes.md`.
"""

from collections.abc import Mapping

from . import lint
from .cases import CODES as CASES
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
    "import-syntax": "A file to import is no JSON or CSV here. That item or row is left out, or more, if it says so.",
    "import-columns": "Columns of a table to import, or properties of reviews: one is missing, or is not read.",
    "import-left-out": "What stands here in a file to import is not taken over: it is no review, or one for an editor.",
    "import-value": "A value of a review is left out, since it can't be used. The rest of the review is taken.",
    "import-mended": "A value of a review was taken over in another form: without markup, spelt anew, or cut.",
    "import-rating": "The words of a rating, and the step of the scale that they are taken for. The words are kept.",
    "import-language": "In which language a new publication is, and by what that was chosen.",
    "import-merged": "What the record or the file had before: a review is passed over, or an entry stays as it is.",
    "internal-error": "A fault of onrecord itself. Please report it with the id that it printed.",
}
_LEVELS = {
    "import-value": "warning",
    "import-mended": "note",
    "import-rating": "note or warning",
    "import-language": "note",
    "import-merged": "note or warning",
    "import-left-out": "error, warning or note",
    "import-columns": "error or note",
}
"""How bad those are that are no errors."""
_EXAMPLES: Mapping[str, tuple[str, str]] = {
    "address-lost": ("claim sale-deadline deleted", "claim sale-deadline with withdrawn, or its id under former_ids"),
    "address-struck": ("a line of addresses.lock deleted in a change", "the line kept, and the id under removed"),
    "article-metadata": ("another date_published for a stored article", "the same, looked at by a second editor"),
    "article-text": (
        "another word in a stored article",
        'the words as printed; "onrecord new article --update" if taken anew',
    ),
    "bad-case": ("a folder named yamls", "a folder named yaml"),
    "case-failed": ("expect: accepted, of an address that is refused", "expect: bad-url"),
    "bad-colour": ("colour: #1a6b3c", 'colour: "#1a6b3c"'),
    "bad-number": ("value: three", "value: 3"),
    "correction-rewritten": ("the words of an old correction changed", "a new correction below it"),
    "date-changed": ("date: 2020-09-15 became date: 2020-09-14", "the same, looked at by a second editor"),
    "evidence-dropped": ("a piece of evidence deleted", "the same, looked at by a second editor"),
    "import-columns": ("a table with the columns a, b", 'claim, rating; or --map "claim=a"'),
    "import-left-out": (
        '{"@type": "ClaimReview"}',
        '{"@type": "ClaimReview", "claimReviewed": "The bridge is closed."}',
    ),
    "import-mended": ('"claimReviewed": "<p>Eggs &amp; milk</p>"', '"claimReviewed": "Eggs & milk"'),
    "import-language": (
        "one review of nine in Arabic",
        'the same with --language en, or most reviews with "inLanguage"',
    ),
    "import-merged": ("one review twice in a file", "once"),
    "import-rating": ('"alternateName": "Four Beeps"', 'the same with --rate "Four Beeps=false"'),
    "import-syntax": ('{"claimReviewed": "The bridge}', '{"claimReviewed": "The bridge"}'),
    "import-value": ('"datePublished": "03/04/2020"', '"datePublished": "2020-04-03"'),
    "lock-line": ("a line of articles.lock changed by hand", 'the line that "onrecord lock" writes'),
    "mkdocs": ("plugins: [onrecord, no-such-plugin]  (in mkdocs.yml)", "plugins: [onrecord]"),
    "no-translation": ("in_language: xx, without a translation", "in_language: ar"),
    "quotation-moved": (
        "article: wire became article: herald, with the same quote",
        "the article that prints the words",
    ),
    "search-index": ("Pagefind stopped, for want of memory or space", "the build run again with more of it"),
    "settings-code": ("hooks: [count.py]  (new in mkdocs.yml)", "the same, looked at by a maintainer"),
    "site-changed": ("a page of the site changed by hand", "the record changed, and the site built again"),
    "site-extra": ("a file copied into the site", "the file under content/, and the site built again"),
    "site-missing": ("a page of the site deleted", "the site built again"),
    "source-markup": ("<p>The bridge closed.</p>", "The bridge closed."),
    "speaker-changed": ("speaker: mayor became speaker: governor", "the same, looked at by a second editor"),
    "stance-flipped": ("stance: supports became stance: disputes", "the same, looked at by a second editor"),
    "text-and-quotation": ("an article and a quotation from it changed in one change", "one of the two changed"),
    "uncorrected": ("another text for a published claim", "the same, and a new entry under corrections"),
    "unreadable": ("a state whose claims.yaml is no YAML", "two states that can be read"),
    "entry-removed": ("claim sold is deleted", "the claim is withdrawn, and keeps its page"),
    "wording-changed": ("exact: We halted it  (was: We stopped it)", "exact: We stopped it"),
    "value-changed": ("value: mid-November  (was: mid-September)", "value: mid-September"),
    "name-changed": ("name: The Onion  (was: Reuters)", "the same, looked at by a second editor"),
    "scale-changed": ("name: Wrong  (was: Right)", "a new step of the scale, and a correction on each claim"),
    "waiver-added": ("waivers: {quote-cut: ...} in a change", "the same, looked at by a second editor"),
    "bad-date": ("date: 2020-02-30, or date: 14.9.2020", "date: 2020-02-29, or date: 2020-09-14"),
    "bad-id": ("id: Sale Deadline", "id: sale-deadline"),
    "bad-language": ("in_language: English", "in_language: en"),
    "bad-lock": ("a line of articles.lock that was typed", 'the line that "onrecord lock" writes'),
    "bad-url": ("url: www.example.org/a b", "url: https://www.example.org/a%20b"),
    "build-locked": ("two builds of one site at the same time", "the second when the first has ended"),
    "configuration": ("plugins: [search]  (in mkdocs.yml)", "plugins: [onrecord]"),
    "duplicate-id": ("two claims with id: sale-deadline", "id: sale-deadline and id: sale-condition"),
    "duplicate-key": ("a claim with text: ... in two lines", "one line with text: ..."),
    "empty-file": ("claims.yaml with no line in it", 'claims.yaml with "about:" and what belongs there'),
    "empty-value": ("summary:", "summary: One article names the day."),
    "front-matter": (
        "an article file that begins with its first sentence",
        "---, form: report, ---, then the sentence",
    ),
    "internal-error": ("nothing that you did", "a report with the id and, if you may, the record"),
    "invisible-character": ("text: The bridge clo·sed.  (at the dot, U+200B)", "text: The bridge closed."),
    "machine": ("a folder that may not be written to", "a folder that may, with some space left"),
    "missing-file": ("a publication without claims.yaml", "claims.yaml beside mkdocs.yml"),
    "missing-key": ("- id: sale-deadline, and no text", "- id: sale-deadline, text: The sale ends in May."),
    "no-search": ("an installation without Pagefind", "the same with it, from requirements.lock"),
    "not-a-regular-file": ("claims.yaml as a link to another folder", "claims.yaml itself"),
    "not-a-site": ("site_dir: content  (in mkdocs.yml)", "site_dir: site"),
    "not-canonical": ("entities: [ tiktok,bytedance ]", "entities: [tiktok, bytedance]"),
    "not-utf8": ("a file saved as Windows-1252 or UTF-16", "the same saved as UTF-8"),
    "template": ("{{ claim.txt }}  (in a template)", "{{ claim.text }}"),
    "too-large": ("a whole article as one quote", "the sentence that bears on the claim"),
    "unknown-key": ("sumary: One article names the day.", "summary: One article names the day."),
    "unknown-reference": ("entities: [bytdance]", "entities: [bytedance]"),
    "unknown-value": ("stance: support", "stance: supports"),
    "waiver-unused": ("waivers: {no-date: ...} on an event that has a date", "no such waiver"),
    "written-address": ("content/claims/sale-deadline.md", "the claim sale-deadline in claims.yaml"),
    "written-link": ("[the deadline](claim:sale-dedline)", "[the deadline](claim:sale-deadline)"),
    "wrong-type": ("after: {first: storm}", "after: [storm]"),
    "yaml-anchor": ("quote: &words The bridge closed, and further on quote: *words", "the words, both times"),
    "yaml-directive": ("%YAML 1.2, or a second --- in the record", "one document, and nothing before it"),
    "yaml-syntax": (
        'title: Sale: the story, or quote: "Closed" it says',
        'title: "Sale: the story", or quote: \'"Closed" it says\'',
    ),
}


def codes() -> list[str]:
    """All codes, in the order of the alphabet."""
    return sorted({*lint.rules(), lint.UNUSED, *READING, *INTEGRITY, *CASES, *_OTHERS})


def explain(code: str) -> str | None:
    """What a code means, its first line a sentence, with an example at its end; None for one that there is not."""
    text = lint.explain(code) or READING.get(code) or INTEGRITY.get(code) or CASES.get(code) or _OTHERS.get(code)
    if text is None or code not in _EXAMPLES:
        return text
    wrong, right = _EXAMPLES[code]
    return f"{text}\n\nWrong: {wrong}\nRight: {right}"


def page() -> str:
    """All codes as one Markdown page, with what each problem does to the site."""
    out = [_HEAD]
    levels = {code: rule.SEVERITY.value for code, rule in lint.rules().items()} | {lint.UNUSED: "warning", **_LEVELS}
    for code in codes():
        said, _, example = (explain(code) or "").partition("\n\nWrong: ")
        wrong, _, right = example.partition("\nRight: ")
        out.append(f"## {code}\n\n*{levels.get(code, 'error')}*. {said}\n")
        for label, words in (("Wrong", wrong), ("Right", right)):
            out.append(f"- {label}: {' '.join(words.split())}")
        out.append("")
    return "\n".join(out)


_HEAD = """\
# Codes of problems

Written by `onrecord explain --markdown`; change the texts where the rules are, in `generator/lint/`. Errors stop the
site. Warnings should be mended, or waived with a reason that readers see. Notes are for your information. A code keeps
its name and its meaning.
"""
