"""Pictures of a matrix, of the net promoter score and of days: their figures, and their order."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree  # our own output, not a stranger's

from bot.charts.chart_pictures import picture
from bot.charts.results import chart
from core.text import text
from core.words import Words
from governance.results.matrices import MatrixResult, Told, together
from governance.results.wording import caption, figure, numbers_table
from surveys.results.model import CommentsResult, EnpsScore, QuestionResult, ShareResult, Withheld
from tests.bot.samples.kind import CLOSES, platform_results
from tests.bot.web.examples import BANDS

WORDS = Words("en", "America/Chicago")
SPANISH = Words("es", "America/Chicago")
SVG = "{http://www.w3.org/2000/svg}"
RESULTS: tuple[QuestionResult, ...] = platform_results().tables[0].cells[0].questions
TOLD = {one.question: one for one in together(RESULTS)}


def svg(result: Told) -> ElementTree.Element:
    drawn = chart(result, WORDS, ident="q")
    assert drawn is not None
    return ElementTree.fromstring(str(drawn))  # noqa: S314 - our own output


def said(result: Told) -> list[str]:
    return ["".join(one.itertext()) for one in svg(result).iter(f"{SVG}text")]


def matrix() -> MatrixResult:
    found = TOLD["platform"]
    assert isinstance(found, MatrixResult)
    return found


def test_the_statements_of_a_matrix_are_told_together_the_highest_mean_first() -> None:
    assert list(TOLD) == [
        *("how-often", "platform", "most-for", "most-for.other", "helped", "helped.other"),
        *("last-course", "hours", "next", "hard", "recommend", "one-thing"),
    ]
    means = [one.mean or 0 for one in matrix().statements]
    assert len(means) == 4
    assert means == sorted(means, reverse=True)
    assert matrix().statements[0].question == "platform.easy"
    assert matrix().prompt == text("How much do you agree?", es="¿Qué tan de acuerdo está?")


def test_a_matrix_is_drawn_with_each_statements_mean_and_its_ends_once() -> None:
    words = said(matrix())
    for one in matrix().statements:
        assert one.prompt.default in words
        assert f"{WORDS.number(round(one.mean or 0, 1))} ± 0.1" in words
    assert words.count("← Strongly disagree") == 1
    assert words.count("Strongly agree →") == 1


def test_every_piece_of_a_matrix_is_labeled() -> None:
    words = " ".join(said(matrix())).replace("\u00a0", " ")
    for one in matrix().statements:
        for share in one.shares:
            assert f"{share.key}: {figure(share, WORDS)}" in words


def test_a_group_has_bands_and_no_mean_and_no_bar_where_one_is_not_shown() -> None:
    bands = (
        replace(BANDS, question="platform.easy", asked_in=matrix().prompt),
        replace(BANDS, question="platform.works", asked_in=matrix().prompt),
    )
    (found,) = together(bands)
    assert (
        " ".join(said(found)).count("1–2:\u00a0few · 3:\u00a0– · 4–5:\u00a062%\u00a0±\u00a014") == 2
    )
    assert not list(svg(found).iter(f"{SVG}rect"))
    assert "mean" not in caption(found, WORDS, as_of=CLOSES)


def test_a_net_promoter_score_of_a_group_stands_above_its_bands() -> None:
    score = EnpsScore(score=12.4, low=2.0, high=23.0)
    words = said(replace(BANDS, net_promoter=True, enps=score))
    assert words[:3] == ["eNPS 12 ± 10", "1–2", "few"]


def test_a_matrix_in_a_table_has_a_line_a_statement_and_a_column_a_point() -> None:
    table = numbers_table(matrix(), SPANISH)
    assert table is not None
    assert table.headers[:2] == ("Afirmación", "Muy en desacuerdo")
    assert table.rows[0][0] == "La plataforma es fácil de usar."
    assert {len(row) for row in table.rows} == {len(table.headers)}
    assert "about 400 answers" in caption(matrix(), WORDS, as_of=CLOSES)


def test_a_statement_that_is_withheld_leaves_the_others_and_all_of_them_one_empty_state() -> None:
    statements = [r for r in RESULTS if r.question.startswith("platform.")]
    withheld = [
        Withheld(question=r.question, prompt=r.prompt, least=12, asked_in=matrix().prompt)
        for r in statements
    ]
    (some,) = together([withheld[0], *statements[1:]])
    assert isinstance(some, MatrixResult)
    assert (len(some.statements), len(some.withheld)) == (3, 1)
    assert "1 statement has too few answers" in caption(some, WORDS, as_of=CLOSES)
    assert together(withheld) == (Withheld(question="platform", prompt=matrix().prompt, least=12),)


def test_a_mean_that_is_not_told_is_a_dash_and_comes_last() -> None:
    first, *rest = matrix().statements
    coded = replace(first.shares[0], count=None, share=None, low=None, high=None, coded="<")
    hidden = replace(first, mean=None, shares=(coded, *first.shares[1:]))
    (found,) = together([hidden, *rest])
    assert isinstance(found, MatrixResult)
    assert found.statements[-1] == hidden
    assert "–" in said(found)


def test_words_to_something_else_are_told_under_what_was_asked() -> None:
    one = CommentsResult(
        question="most-for.other",
        prompt=text("Something else", es="Otra cosa"),
        n=10,
        comments=("films",),
        asked_in=text("What for?", es="¿Para qué?"),
    )
    (found,) = together([one])
    assert isinstance(found, CommentsResult)
    assert found.prompt == text("What for? – Something else", es="¿Para qué? – Otra cosa")


def test_the_net_promoter_score_is_a_figure_with_its_interval_above_its_points() -> None:
    result = TOLD["recommend"]
    assert isinstance(result, ShareResult)
    assert result.enps is not None
    words = said(result)
    assert words[0].startswith(f"eNPS {round(result.enps.score)} ± ")
    assert [word for word in words if word.isdecimal()] == [str(point) for point in range(11)]
    tones = [rect.get("class") for rect in svg(result).iter(f"{SVG}rect")]
    assert tones == ["neg-2"] * 7 + ["neutral"] * 2 + ["pos-2"] * 2
    assert "minus share of 0 to 6" in caption(result, WORDS, as_of=CLOSES)


def test_without_its_score_the_question_is_drawn_all_the_same() -> None:
    result = TOLD["recommend"]
    assert isinstance(result, ShareResult)
    hidden = replace(result, enps=None, mean=None)
    assert not [word for word in said(hidden) if word.startswith("eNPS")]


def test_days_are_columns_in_their_order() -> None:
    result = TOLD["last-course"]
    assert isinstance(result, ShareResult)
    assert [share.key for share in result.shares][:2] == ["2025-08", "2025-09"]
    words = said(result)
    assert words == ["August 2025", "December 2026"]
    assert len(list(svg(result).iter(f"{SVG}rect"))) == 17
    table = numbers_table(result, SPANISH)
    assert table is not None
    assert table.rows[0][0] == "agosto de 2025"


def test_each_is_a_picture_in_chat_with_every_figure_in_words() -> None:
    for key in ("platform", "recommend", "last-course"):
        made = picture(TOLD[key], WORDS, as_of=CLOSES)
        assert made is not None
        assert made.png.startswith(b"\x89PNG")
        assert made.alt.count("%") >= 10
