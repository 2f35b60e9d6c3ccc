"""Runs the targets of this folder under Atheris, which follows the code that an input reaches and varies what is new.

    python site_tests/fuzz/run.py SECONDS [TARGET ...]

Each target has its time and a process of its own. What it learned lies in `.fuzz/TARGET/` and is where the next run
begins; an input that breaks something, or takes longer than ten seconds, is kept as `.fuzz/TARGET-...`. Exit code 1 if
there is one.
"""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TARGETS = ("loader", "verifier")
LIMITS = ("-timeout=10", "-rss_limit_mb=1024", "-max_len=16384", "-print_final_stats=1")
TOKENS = (
    "---\n",
    "\n%%%%\n",
    "  - ",
    ": ",
    "&a ",
    "*a",
    "!!str ",
    "<<: ",
    "|-\n",
    ">+2\n",
    '"\\x00"',
    "'",
    "…",
    "\u2028",
)


def words() -> list[str]:
    """What a record is made of: the names of its fields, the words that they take, the marks of YAML."""
    from generator.model import Record
    from generator.shape import Kind, shape

    found = dict.fromkeys(TOKENS)

    def gather(cls: type) -> None:
        for name, field in shape(cls).items():
            if f"{name}: " not in found:
                found[f"{name}: "] = None
                if field.kind is Kind.RECORD:
                    gather(field.detail)
                elif field.kind is Kind.CHOICE:
                    found.update(dict.fromkeys(str(member.value) for member in field.detail))

    gather(Record)
    return list(found)


def begin(seconds: str, target: str) -> int:
    """Writes seeds and words where libFuzzer reads them, and runs one target in a process of its own."""
    home = ROOT / ".fuzz" / target
    home.mkdir(parents=True, exist_ok=True)
    for n, seed in enumerate(import_module(target).seeds(ROOT / "site_tests/projects/mini")):
        (home / f"seed-{n}").write_bytes(seed)
    listed = home.with_suffix(".words")
    listed.write_text("".join('"' + "".join(f"\\x{b:02x}" for b in word.encode()) + '"\n' for word in words()))
    command = [sys.executable, __file__, target, str(home), f"-dict={listed}", f"-artifact_prefix={home}-"]
    return subprocess.run([*command, f"-max_total_time={seconds}", *LIMITS], check=False).returncode


def fuzz(target: str, arguments: list[str]) -> None:
    """What the process of a target does: never returns."""
    import atheris

    with atheris.instrument_imports(include=["generator"]):
        one = import_module(target).one
    atheris.Setup([target, *arguments], one)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1] in TARGETS:
        fuzz(sys.argv[1], sys.argv[2:])
    else:
        broken = [target for target in sys.argv[2:] or TARGETS if begin(sys.argv[1], target)]
        sys.exit(f"broken: {', '.join(broken)}; the inputs lie in .fuzz/" if broken else 0)
