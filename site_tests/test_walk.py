"""The four cases of CONTRIBUTING.md: each command is run, and what it prints compared with what is shown."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from publications import HERE

from generator.load import LOCK, RECORD
from generator.schema import SCHEMA

ROOT = HERE.parent
GUIDE = ROOT / "CONTRIBUTING.md"
_BLOCK = re.compile(r"^```(console|diff)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)


def edited(root: Path, diff: str) -> None:
    """Changes files as a diff says: under each name, the first place of the lines with - becomes those with +."""
    for name, changes in re.findall(r"^--- (\S+)\n((?:[-+].*\n)+?)(?=---|\Z)", diff, re.MULTILINE):
        old, new = ("".join(f"{line[1:]}\n" for line in changes.splitlines() if line[0] == sign) for sign in "-+")
        text = (root / name).read_text(encoding="utf-8")
        assert f"\n{old}" in text, f"{name} has no such lines"
        (root / name).write_text(text.replace(f"\n{old}", f"\n{new}", 1), encoding="utf-8")


def run(root: Path, command: str) -> str:
    """What a command prints, as a shell runs it. A command may end with an error; it must not break."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ended = subprocess.run(
        ["sh", "-c", command], cwd=root, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert ended.returncode in (0, 1), ended.stderr
    return ended.stdout + ended.stderr


def played(root: Path, guide: str) -> str:
    """The guide with what its commands print now, its changes made along the way."""

    def block(found: re.Match[str]) -> str:
        kind, text = found.groups()
        if kind == "diff":
            edited(root, text)
            return found[0]
        commands = re.findall(r"^\$ (.*)$", text, re.MULTILINE)
        return "```console\n" + "".join(f"$ {command}\n{run(root, command)}" for command in commands) + "```\n"

    return _BLOCK.sub(block, guide)


def test_the_four_cases_of_the_guide_are_as_they_are_shown(tmp_path, accept):
    for name in (RECORD, LOCK, SCHEMA, "mkdocs.yml"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(HERE / "pages" / "bridge.html", tmp_path)
    guide = GUIDE.read_text(encoding="utf-8")
    now = played(tmp_path, guide)
    if accept:
        GUIDE.write_text(now, encoding="utf-8")
    assert GUIDE.read_text(encoding="utf-8") == now
    assert len(_BLOCK.findall(guide)) >= 10
