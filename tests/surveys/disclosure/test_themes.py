"""What comments are about: themes with noise in every count, one for each who wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import exp, sqrt
from uuid import UUID

import pytest

from core.people import Audience
from surveys.disclosure import themes
from surveys.disclosure.noise import Noisy, noisy
from surveys.disclosure.themes import MADE_UP, MOVES, counted, shown_from
from surveys.encoding import results_from_json, results_to_json
from surveys.results.model import CommentThemes, ThemeCount, WaveResults
from surveys.survey import USUAL, Wave, WaveState
from surveys.waves.closing import Computed, with_themes
from tests.surveys.disclosure.plans import survey_of, yes_or_no
from tests.surveys.disclosure.test_noise import BY_CHANCE, misfit
from tests.surveys.store import NOON

EVERY = tuple(f"t{at}" for at in range(84))
EPSILON = USUAL.answer


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(themes, "noisy", lambda count, *_: Noisy(count, 0.0))


def told(**people: int) -> CommentThemes:
    return counted([key for key, n in people.items() for _ in range(n)], EVERY, EPSILON, 12)


@pytest.mark.usefixtures("exact")
def test_themes_stand_with_about_how_many_wrote_of_them_the_most_first() -> None:
    found = CommentThemes(
        people=85,
        least=12,
        themes=(ThemeCount(theme="t7", people=40), ThemeCount(theme="t2", people=20)),
        others=20,
    )
    wrote = {"t2": 22, "t7": 41, "t9": 11}
    writers = [key for key, n in wrote.items() for _ in range(n)] + [""] * 10
    assert counted(writers, EVERY, EPSILON, 12) == found


@pytest.mark.usefixtures("exact")
@pytest.mark.parametrize(("people", "shown"), [(9, False), (11, False), (12, True)])
def test_a_theme_of_few_is_not_shown(people: int, shown: bool) -> None:
    found = told(t3=people, t4=40)
    assert ("t3" in {one.theme for one in found.themes}) is shown
    assert found.others == (0 if shown else 5 * round(people / 5))


@pytest.mark.usefixtures("exact")
def test_where_all_themes_are_of_few_none_is_shown() -> None:
    assert told(t1=9, t2=9, t3=9).themes == ()


def test_each_theme_that_there_is_gets_a_draw_whoever_wrote(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Which themes are drawn for must not say what somebody wrote of."""
    drawn: list[tuple[int, int, Fraction]] = []

    def noting(count: int, moves: int, epsilon: Fraction, _: object) -> Noisy:
        drawn.append((count, moves, epsilon))
        return Noisy(count, 0.0)

    monkeypatch.setattr(themes, "noisy", noting)
    told(t3=40)
    assert [count for count, _, _ in drawn] == [40, *(40 * (one == "t3") for one in EVERY)]
    assert {(moves, epsilon) for _, moves, epsilon in drawn} == {(2, Fraction(3, 2))}


def test_draws_follow_the_law(monkeypatch: pytest.MonkeyPatch) -> None:
    """As they come to be in the counts: each theme's less what it truly has."""
    draws, real = Counter[int](), noisy

    def noting(count: int, *rest: object) -> Noisy:
        found = real(count, *rest)  # type: ignore[arg-type]
        draws[found.value - count] += 1
        return found

    monkeypatch.setattr(themes, "noisy", noting)
    for _ in range(200):
        told(t1=40, t5=12)
    assert draws.total() == 200 * 85
    assert misfit(draws, MOVES / EPSILON) > BY_CHANCE
    assert misfit(draws, MOVES / EPSILON * 11 / 10) < BY_CHANCE


@pytest.mark.parametrize(("epsilon", "least"), [(1, 12), (1.5, 12), (2, 12), (1, 20)])
def test_noise_alone_hardly_ever_makes_a_theme(epsilon: float, least: int) -> None:
    enough = shown_from(84, Fraction(str(epsilon)), least)
    assert enough >= least
    q = exp(-epsilon / MOVES)
    assert 84 * q**enough / (1 + q) <= MADE_UP, "the law's tail, for each of 84 themes"
    assert enough == least or 84 * q ** (enough - 1) / (1 + q) > MADE_UP, "and no more than that"


def test_of_forty_closings_without_a_theme_hardly_one_shows_any() -> None:
    made_up = sum(bool(told(t1=0).themes) for _ in range(40))
    assert made_up <= 7, "at one in a hundred, more come once in a hundred million"


def test_the_noise_hardly_moves_a_theme_of_forty() -> None:
    found = [one for _ in range(200) for one in told(t1=40).themes if one.theme == "t1"]
    assert len(found) == 200
    off = sqrt(sum((one.people - 40) ** 2 for one in found) / 200)
    assert 0.5 < off < 5, "two by the draw, one and a half by rounding"


# -- a closing's results, read for themes ------------------------------------------------------


def _computed(written: Sequence[Sequence[str]]) -> Computed:
    survey = survey_of([yes_or_no()])
    wave = Wave(
        id=UUID(int=1),
        survey=survey,
        audience=Audience(),
        opens_at=NOON,
        closes_at=NOON,
        state=WaveState.CLOSED,
        rules=replace(USUAL, themes=True),
    )
    results = WaveResults(
        wave_id=wave.id,
        title=survey.title,
        final=True,
        asked=100,
        answered=50,
        tables=(),
        as_of=NOON,
        themes=CommentThemes(least=12),
    )
    return Computed(
        wave=wave,
        body=results_to_json(results),
        panel=100,
        answered=50,
        told="",
        comments=(),
        written=written,
    )


def _themes(written: Sequence[Sequence[str]], read: dict[str, str]) -> CommentThemes | None:
    body = with_themes(_computed(written), read, EVERY).body
    return results_from_json(body).themes


READ = {"slow wifi": "t1", "no wifi": "t1", "a bulb": "t2", "thanks": ""}


@pytest.mark.usefixtures("exact")
def test_whoever_wrote_several_comments_counts_for_the_first_that_has_a_theme() -> None:
    written = [["slow wifi"]] * 20 + [["thanks", "a bulb", "no wifi"]] * 15 + [["thanks"]] * 5
    found = _themes(written, READ)
    assert found is not None
    assert {one.theme: one.people for one in found.themes} == {"t1": 20, "t2": 15}
    assert (found.people, found.others) == (40, 5)


def test_somebody_with_many_comments_moves_no_more_than_anybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever one person writes, in place of whatever else: two counts by one at most."""
    drawn: list[int] = []

    def noting(count: int, *_: object) -> Noisy:
        drawn.append(count)
        return Noisy(500, 0.0)

    monkeypatch.setattr(themes, "noisy", noting)
    others = [["slow wifi"], ["a bulb"]] * 15
    seen = []
    for own in ([], [["slow wifi"] * 9], [["a bulb", "slow wifi"]], [["thanks", "thanks"]]):
        drawn.clear()
        _themes([*others, *own], READ)
        seen.append(tuple(drawn))
    for one in seen:
        for other in seen:
            assert sum(abs(a - b) for a, b in zip(one, other, strict=True)) <= MOVES
    assert len(set(seen)) == 4, "they do differ"


@pytest.mark.usefixtures("exact")
def test_the_ledger_of_who_saw_what_names_the_themes() -> None:
    computed = with_themes(_computed([["slow wifi"]] * 20), READ, EVERY)
    assert computed.told.endswith("; beside them: themes")
    assert computed.written == ()
