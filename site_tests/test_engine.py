"""Templates are escaped as markupsafe escapes, and compiled once a machine."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from generator import kept, words
from generator.engine import Compiled, compiled, quick
from generator.render import environment
from generator.weigh import Status


@given(st.text() | st.text(alphabet="&<>\"'a;#") | st.integers() | st.booleans() | st.none() | st.floats())
def test_a_value_becomes_the_text_that_markupsafe_makes_of_it(value: object):
    assert quick(value) == str(escape(value))
    assert quick(Markup("<b>")) == "<b>"
    assert quick(Status.AGREE) == "agree"


def test_a_template_escapes_what_it_prints_and_not_what_is_html_already():
    template = environment({}).from_string("{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m(a) }}{{ a }}{{ b }}")
    assert template.render(a="<&\"'", b=Markup("<br>")) == "<i>&lt;&amp;&#34;&#39;</i>&lt;&amp;&#34;&#39;<br>"


def test_compiled_templates_are_kept_for_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kept, "cache", lambda: tmp_path)
    env = environment({})
    env.bytecode_cache = Compiled()
    env.get_template("parts/marks.html.j2")
    (code,) = tmp_path.glob("templates/*/*")
    again = environment({})
    again.bytecode_cache = Compiled()
    monkeypatch.setattr(type(again), "compile", None)  # nothing is left to compile
    again.get_template("parts/marks.html.j2")
    code.write_bytes(code.read_bytes()[:-20])
    monkeypatch.undo()
    monkeypatch.setattr(kept, "cache", lambda: tmp_path)
    broken = environment({})
    broken.bytecode_cache = Compiled()
    assert broken.get_template("parts/marks.html.j2").root_render_func  # made anew


def test_a_folder_that_others_can_write_to_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kept, "cache", lambda: tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates").chmod(0o777)
    env = environment({})
    env.bytecode_cache = Compiled()
    assert env.get_template("parts/marks.html.j2").root_render_func
    assert not list((tmp_path / "templates").glob("*/*"))


def test_a_folder_that_can_not_be_made_only_costs_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(kept, "cache", lambda: tmp_path / "file")
    env = environment({})
    env.bytecode_cache = Compiled()
    assert env.get_template("parts/marks.html.j2").root_render_func


def test_only_the_newest_folders_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kept, "cache", lambda: tmp_path)
    for n in range(kept.FOLDERS + 3):
        Compiled(str(n).encode())
    assert len(list((tmp_path / "templates").iterdir())) == kept.FOLDERS


def test_each_language_has_compiled_templates_of_its_own():
    english = compiled().directory
    with words.override("ar"):
        assert compiled().directory != english
