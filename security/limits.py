"""The limits that the code has -> `docs/limits.md`, a table with the reason of each.

    python security/limits.py > docs/limits.md

The numbers are those of the modules; the figures were measured and are as old as the sentence that tells them.
"""

from collections.abc import Iterator

from generator import feeds, fetch, files, history, narrow, problems, revisions, sitecheck, verify, workers
from generator.limits import LIMITS

_HEAD = """\
# Limits

Written by `make docs/limits.md` from the numbers in the code. What the record has beyond a limit is refused at its
place, and never cut. Seconds are CPU time of one core, measured once with Python 3.11 on a small virtual machine; yours
will differ, their proportions hardly. Those of `limits.LIMITS` may be set by whoever runs the program, in the
environment: `ONRECORD_LIMITS="claims=300000 depth=20"`.
"""
_FOOT = """\
What has no limit of its own is held by these: evidence of a claim, parts of a quotation, articles and lines.
"""


def rows() -> Iterator[tuple[str, str, str, str]]:
    """What is limited, how far, why, and where the number stands."""
    mib = 1024 * 1024
    read = "limits.LIMITS"
    yield (
        *("A file of the project, such as `claims.yaml`", f"{LIMITS['file'] // mib} MiB"),
        *("it is held in memory as a whole; ten thousand claims of 1.5 KB are a quarter of this", read),
    )
    yield (
        *("A stored article, and a hand-written page", f"{LIMITS['article'] // mib} MiB"),
        "a novel has 1 MB. A quotation of 8 KiB that stands is found in 2 ms in an article of this size, one that "
        "does not is explained in 0.2 s, and in 4 s where the article is one word, repeated",
        read,
    )
    yield (
        *("Levels of nesting in YAML", str(LIMITS["depth"])),
        "no record is deeper than eight; 100,000 opening brackets crash libyaml's own composer and are refused "
        "here after 4 ms",
        read,
    )
    yield "A text in the record", f"{LIMITS['scalar'] // 1024} Ki characters", "it stands on a page", read
    yield (
        *("From one value to the next, as typed", f"{LIMITS['typed'] // 1024} Ki characters"),
        "a text of the largest size with every letter as an escape takes less; a file of 64 MiB that is one word or "
        "one comment is refused after 0.4 s and in 150 MiB",
        read,
    )
    yield (
        *("A part of a quotation", f"{LIMITS['quote'] // 1024} Ki characters"),
        *("a longer one is the article, not a quotation from it; right of quotation ends long before", read),
    )
    yield (
        *("Claims of a publication", f"{LIMITS['claims']:,}"),
        *(
            "speed is measured at 10,000; more of the smallest kind are refused after 0.3 s, 5 s if on one line",
            read,
        ),
    )
    yield (
        *("Files below `claims/`, if the record is split", f"{LIMITS['files']:,}"),
        *("one for each claim of the largest publication that is measured; each is opened by itself", read),
    )
    yield (
        *("These files together", f"{LIMITS['record'] // mib} Mi characters"),
        *("ten thousand files of the size that one may have would not fit into memory", read),
    )
    yield (
        *(
            "Problems of one file, and values in it that no field wants",
            f"{LIMITS['problems']:,} and {LIMITS['skipped']:,}",
        ),
        *(
            "such a file is no record, and reading it ends there: 5 MB of one key again and again after 0.1 s",
            read,
        ),
    )
    yield (
        *("Texts in one list, and values in all lists of a file", f"{LIMITS['list']:,} and {LIMITS['values']:,}"),
        *("the largest file of ordinary claims has less than half as many; a list beyond is refused after 0.1 s", read),
    )
    yield (
        *("A file with a character of four bytes, such as an emoji", f"{files.MOST_WIDE // mib} MiB"),
        *("in memory it takes four bytes a character: 200 MiB", "files.MOST_WIDE"),
    )
    yield (
        *("Words that prove anything", f"at least {verify.MIN_CHARACTERS} characters or {verify.MIN_WORDS} words"),
        *("shorter words stand in any article by chance", "verify.MIN_CHARACTERS, verify.MIN_WORDS"),
    )
    yield (
        *("What may stand between two parts of a quotation", f"{verify.ATTRIBUTION} characters"),
        *("room for “Microsoft wrote in a statement on its blog”, none for another sentence", "verify.ATTRIBUTION"),
    )
    yield (
        *("Problems that a report prints", f"{problems.MOST}"),
        *("the first one is often the cause; the last line counts all", "problems.MOST"),
    )
    yield (
        *("Commits of which the history of claims is told", f"{history.MOST}, or what `mkdocs.yml` says"),
        *("each has to be read; older changes are not told", "history.MOST"),
    )
    yield (
        *("Changes of a feed", f"{feeds.MOST}"),
        *("readers' programs fetch it again and again", "feeds.MOST"),
    )
    yield (
        *("Changed names between two commits that are looked for one by one", f"{narrow.MOST_NAMES}"),
        *("beyond that both records are read as a whole, which is as right and takes longer", "narrow.MOST_NAMES"),
    )
    yield (
        *("Seconds for one answer of git", f"{revisions.SECONDS}"),
        *(
            "a repository may have been made by anybody; then the past is unknown, which is no error",
            "revisions.SECONDS",
        ),
    )
    yield (
        *("Processes of a build", f"{workers.MOST}, and no more than there are cores"),
        *("each costs memory, and the disk soon sets the pace", "workers.MOST"),
    )
    yield (
        "A page that `onrecord links` asks for",
        f"{fetch.MOST_BYTES // mib} MiB, {fetch.MOST_SECONDS:g} s, {fetch.MOST_HOPS} redirects",
        "its server belongs to a stranger whom a stranger named",
        "fetch.MOST_BYTES, MOST_SECONDS, MOST_HOPS",
    )
    yield (
        "What `onrecord verify-site` fetches",
        f"{sitecheck.LARGEST // mib} MiB of `build.json`, {sitecheck.AT_ONCE} files at once, "
        f"{sitecheck.MOST_REDIRECTS} redirects, {sitecheck.TIMEOUT} s",
        "half a million files; of each file no more than its length in `build.json`",
        "sitecheck.LARGEST, AT_ONCE, MOST_REDIRECTS, TIMEOUT",
    )


def page() -> str:
    """All of it as Markdown."""
    table = "".join(f"| {what} | {limit} | {why} | `{where}` |\n" for what, limit, why, where in rows())
    return f"{_HEAD}\n| what | limit | because | number |\n|---|---|---|---|\n{table}\n{_FOOT}"


if __name__ == "__main__":
    print(page(), end="")
