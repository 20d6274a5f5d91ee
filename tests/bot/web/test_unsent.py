"""Which forms may be kept for their author until they are sent, and how forms are filled."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.registry import OPERATIONS
from bot.web.unsent import FIELD, Standing, Unsent, marked, standing_forms
from core.words import Words
from governance.docket.commands import AnswerItem


def test_every_operation_that_takes_an_answer_keeps_no_draft() -> None:
    """What shares a commit, or is told to nobody, holds an answer."""
    answers = [
        one.command.__name__
        for one in OPERATIONS.values()
        if (one.together or one.untold) and not one.reads and (one.takes or one.fill)
    ]
    kept = {one.command.__name__ for one in OPERATIONS.values() if one.keeps_drafts}
    assert len(answers) > 2
    assert not set(answers) & kept
    assert AnswerItem.__name__ in kept


def test_a_form_is_filled_with_everything_that_was_typed_and_chosen() -> None:
    """Whatever was typed stays words: it becomes no part of the page."""
    page = """<form method="get"><input name="q" type="text"></form>
<form method="post" action="/x"><input type="hidden" name="csrf" value="c">
<input id="a" name="title" type="text" value="old &amp; new" class="narrow">
<textarea name="text">
old</textarea>
<input type="radio" name="one" value="a" checked> <input type="radio" name="one" value="b">
<input type="checkbox" name="some" value="x"> <input type="checkbox" name="some" value="y" checked>
<select name="to"><option value="">Choose</option><option value="n" selected>N</option>
<option value="m">M</option></select></form>"""
    here = Standing("/x", ("title", "text"))
    said = {
        "title": ('A "quoted" <b>',),
        "text": ("</textarea><script>",),
        "one": ("b",),
        "some": ("x",),
        "to": ("m",),
    }
    draft = Unsent(fields=said, at=datetime(2026, 12, 1, 21, 5, tzinfo=UTC))
    words = Words("en", "America/Chicago")
    found = marked(page, standing_forms(page, "/x"), {here.key: draft}, words, "c")
    assert "unsent draft from Tuesday" in found
    assert "3:05" in found
    assert "<script>" not in found
    assert "&lt;/textarea&gt;&lt;script&gt;</textarea>" in found
    assert 'value="A &quot;quoted&quot; &lt;b&gt;"' in found
    assert '<input type="radio" name="one" value="b" checked>' in found
    assert '<input type="radio" name="one" value="a">' in found
    assert '<input type="checkbox" name="some" value="x" checked>' in found
    assert '<input type="checkbox" name="some" value="y">' in found
    assert '<option value="m" selected>' in found
    assert '<option value="n">' in found
    assert found.count("stands-at") == 2, "of the form, and of the button that discards"


def test_a_mark_stands_in_its_form_whatever_signs_for_a_new_line_somebody_typed() -> None:
    page = """<p>one\u2029two\u2028three\x0bfour\x0cfive\x85six</p>
<form method="post" action="/x"><p>seven\u2029eight</p>
<textarea name="text"></textarea></form>"""
    found = marked(page, standing_forms(page, "/x"), {}, Words("en"), "c")
    assert f'<form method="post" action="/x">\n<input type="hidden" name="{FIELD}"' in found
    assert found.startswith("<p>one\u2029two")
