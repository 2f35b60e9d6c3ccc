"""The words just before or behind a quotation do not take it back.

"It is false that", "denied that", "not", "no evidence that", "rather than" stand in the source and are left out, or a
split quotation jumps over its "not", or "is untrue" follows. Readers see the sentence, but the claim rests on the
part of it that says the reverse. Widen the quotation to take these words in, and look at its stance again; or waive
the rule with a reason, which readers see. Only articles in English are looked at.

Wrong: quote: the bridge is closed  (the article: "It is false that the bridge is closed")
Right: quote: It is false that the bridge is closed
"""

import re
from collections.abc import Iterator

from ..context import OPENING, ahead
from ..cues import in_english
from ..problems import Problem, Severity
from ..publication import Publication

SEVERITY = Severity.WARNING

_ENDS = (".", "!", "?")
_LAST = frozenset("""
    not never no nor neither without cannot hardly barely scarcely that than of to from having denied denies denying
    deny longer say said claim claimed
""".split())  # fmt: skip
_REPORT = r"(?:claims?|reports?|allegations?|rumou?rs?|suggestions?|speculation|accusations?|assertions?|idea|notion)"
_BEFORE = re.compile(
    rf"""\b(?: (?:not|never|neither|nor|cannot|without|hardly|barely|scarcely|no\slonger)
    | (?:do|does|did|is|are|was|were|has|have|had|will|would|could|should|ca|wo)n['’]t
    | (?:not|n['’]t|never) \s (?:(?:yet|ever|even)\s)?
      (?:say|said|claim|claimed|true|correct|the\scase|confirm(?:ed)?|mean) (?:\s that)?
    | (?:there\s (?:is|was|are|were|has\sbeen|being)\s|with\s|have\s|has\s|had\s|found\s|saw\s|sees\s|of\s) no
    | no \s (?:evidence|proof|sign|indication|suggestion|truth|plans?|intention|basis) (?:\s\w+){{0,2}} \s
      (?:that|of|to)
    | (?:false(?:ly)?|untrue|incorrect|wrong|nonsense|myth|hoax|lie|baseless|unfounded|fake) (?:\s{_REPORT})? \s
      (?:to\s(?:say|claim|suggest)\s)? that
    | (?:den(?:y|ies|ied|ying|ials?)|refut\w+|reject\w*|dismiss\w*|disput\w+|doubt\w*|debunk\w*) \s
      (?:(?:any|the|all|these|those|such|as\sfalse)\s)? (?:{_REPORT}\s)? (?:(?:on|by)\s[^.;]{{1,30}}\s)?
      (?:that|having|of)
    | den(?:y|ies|ied|ying)
    | rather\sthan | instead\sof | far\sfrom | fail(?:s|ed|ing)?\sto | refus(?:e|es|ed|ing)\sto
    | declin(?:e|es|ed|ing)\sto
    | unlikely\s(?:to|that) | stop(?:s|ped)?\sshort\sof
    )$""",
    re.VERBOSE | re.IGNORECASE,
)
_BEHIND = re.compile(
    r"""[\s,"“”’»)–—-]* (?: (?:which|that|this)\s )? (?: (?:is|are|was|were|has\sbeen|proved|turned\sout\sto\sbe)\s
    (?:false|untrue|not\strue|not\sthe\scase|a\slie|a\smyth|a\shoax|incorrect|baseless|wrong\b(?!\sto))
    | (?:a|an)\s (?:claim|allegation|accusation|charge|report|rumou?r)\s (?:that\s|which\s)? \S+ (?:\s\S+)?
      \s(?:has\s|have\s)?den(?:y|ies|ied)
    | \S+(?:\s\S+)? \s (?:has\s|have\s)?den(?:ies|ied)\b(?=[.,;]) )""",
    re.VERBOSE,
)


def check(pub: Publication) -> Iterator[Problem]:
    for found in pub.quotations:
        if not in_english(pub, found.article):
            continue
        words = found.text.words
        previous = 0
        for n, span in enumerate(found.spans):
            if words[span.start - 2 : span.start - 1] in _ENDS:
                previous = span.end
                continue
            tail = words[max(span.start - 24, previous) : span.start].rstrip(OPENING).rpartition(" ")[2].lower()
            if tail in _LAST or tail.endswith(("n't", "n’t")):
                cue = _BEFORE.search(ahead(found.text, span.start, previous))
                if cue is not None:
                    yield Problem(
                        found.where.at(found.field, n),
                        f'the words just before this quotation in "{found.article.id}", line '
                        f'{found.text.line(span.start)}, are "{cue[0]}"',
                        "widen the quotation to take them in and look at the stance again, or waive it with a reason",
                        subject=found.subject,
                    )
            previous = span.end
        if words[previous - 1] in _ENDS:
            continue
        after = _BEHIND.match(words, previous, found.text.paragraph(previous - 1).end)
        if after is not None:
            yield Problem(
                found.where.at(found.field, len(found.spans) - 1),
                f'the words just behind this quotation in "{found.article.id}", line {found.text.line(previous - 1)}, '
                f'are "{after[0].strip()}"',
                "widen the quotation to take them in and look at the stance again, or waive it with a reason",
                subject=found.subject,
            )
