"""Templates of the pages: each has a reason. What a feature shows is declared, and drawn by one of
the kinds; a template of its own is for what no kind can draw."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bot.web.rendering import HERE

MOST = 40
"""Templates in all."""

FEATURES = ("core", "governance", "surveys")
"""Folders that declare what is shown, and draw none of it."""

_ELEMENT = re.compile(r"(?<!\?P)</?[a-z][a-z0-9]*(\s[^<>]*)?/?>")
_DRAWING = {"jinja2", "markupsafe"}

TEMPLATES = {
    # -- the frame, the kinds, and their pages
    "layout.html": "the frame of every page, with its places, the account and the demo's bar",
    "kinds/detail.html": "a kind: one thing",
    "kinds/form.html": "a kind: a form in steps",
    "kinds/home.html": "a kind: Home",
    "kinds/list.html": "a kind: a list",
    "kinds/report.html": "a kind: a report, for the screen and for paper",
    "pages/kind.html": "the page of a kind: a card, a detail, a list, a notice or a report",
    # -- parts of several pages
    "macros/figures.html": "tables of results, and what was heard with its figures",
    "macros/forms.html": "inputs of every form",
    "macros/launching.html": "inputs of a launch",
    "macros/likeness.html": "an announcement or a survey as each chat shows it",
    "macros/questions.html": "a survey as it is asked, an input for each kind of question",
    "macros/tiles.html": "tags, tiles, steps, timelines, headings and paging",
    "fragments/beside.html": "what is shown beside an item",
    "fragments/conversation.html": "questions and replies, on three pages",
    "fragments/results.html": "results, asked for again",
    "fragments/said.html": "what somebody told, asked for again",
    "fragments/asked.html": "what is asked about a message, asked for again",
    # -- questions and results
    "pages/survey.html": "answering a survey",
    # -- editors
    "messages/rule_editor.html": "writing a rule",
    "messages/brief.html": "an item of a docket, with everything done about it",
    "messages/feedback_form.html": "telling us something, named or not",
    "pages/announcement.html": "the steps of an announcement",
    "pages/draft.html": "the editor of surveys: the whole survey",
    "pages/draft_part.html": "the editor of surveys: the form of one part",
    "pages/launch.html": "the steps of a launch, to its last check",
    "pages/association.html": "a launch as the association reads it",
    # -- lists and things with more above them
    "pages/calendar.html": "a month of changes as a table",
    "pages/chair.html": "several answers written and sent together",
    "pages/owners.html": "a person and a date in each row of a table",
    "pages/rule_changes.html": "two versions side by side",
    # -- signing in, and pages for anybody
    "pages/stranger.html": "signing in",
    "pages/anonymous.html": "speaking anonymously: the form, the code, and what came of it",
    "pages/demo.html": "the demo: whom to be",
}
"""Every template with its reason."""


def test_every_template_has_a_reason() -> None:
    folder = HERE / "templates"
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    assert found - TEMPLATES.keys() == set(), "say why it is there, or declare a page of a kind"
    assert TEMPLATES.keys() - found == set(), "it is gone"
    assert len(found) <= MOST


def drawn_in(path: Path) -> Iterator[str]:
    """HTML in the strings of a file, its docstrings apart, and imports of what draws it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {
        id(one.value)
        for one in ast.walk(tree)
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
    }
    for one in ast.walk(tree):
        match one:
            case ast.Constant(value=str() as text) if id(one) not in said:
                if _ELEMENT.search(text):
                    yield f"{path}:{one.lineno}: {text[:60]!r}"
            case ast.ImportFrom(module=str() as module) if module.partition(".")[0] in _DRAWING:
                yield f"{path}:{one.lineno}: imports {module}"
            case ast.Import(names=names):
                for name in names:
                    if name.name.partition(".")[0] in _DRAWING:
                        yield f"{path}:{one.lineno}: imports {name.name}"


def test_no_feature_holds_html(tmp_path: Path) -> None:
    html = tmp_path / "drawn.py"
    html.write_text('"""<p>"""\nimport jinja2\nTITLE = f"<h1 class=\'big\'>{1}</h1>"\n', "utf-8")
    assert len(list(drawn_in(html))) == 3, "an import, and an element that opens and one that ends"
    root = HERE.parents[1]
    folders = [root / name for name in FEATURES]
    assert [one for folder in folders for one in folder.rglob("*.html")] == []
    python = [one for folder in folders for one in folder.rglob("*.py")]
    assert python
    found = [said for path in python for said in drawn_in(path)]
    assert found == [], "\n".join(found)
