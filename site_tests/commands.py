"""The commands of `onrecord` as an editor gives them, and what they leave behind."""

from pathlib import Path

from click.testing import CliRunner, Result

from generator import cli


def run(*words: object, input: str | bytes | None = None) -> Result:
    """How a command ends and what it says; one that ends in an exception that is not its exit fails here."""
    result = CliRunner().invoke(cli.main, [str(word) for word in words], input=input)
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def changed(path: Path, old: str, new: str) -> None:
    """Writes a file with some of its text replaced, which has to be there."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def files(folder: Path) -> dict[str, bytes]:
    """The content of every file in a folder, by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
