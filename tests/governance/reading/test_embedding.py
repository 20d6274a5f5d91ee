"""A text becomes a vector on this machine, in the pieces that the model was trained on."""

import pytest

from governance.reading import embedding
from governance.reading.embedding import SIZE, available, embed
from governance.reading.wordpiece import token_ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [  # as the usual library gives them
        (
            "the “naïve” Chromebook's frozen, again!",
            [101, 1996, 1523, 15743, 1524, 18546, 8654, 1005, 1055, 7708, 1010, 2153, 999, 102],
        ),
        ("x_y 3.5% 日本 👍", [101, 1060, 1035, 1061, 1017, 1012, 1019, 1003, 1864, 1876, 100, 102]),
        ("🎉🎉\x00", [101, 100, 102]),
        ("", [101, 102]),
    ],
)
def test_pieces_are_those_the_model_was_trained_on(text: str, ids: list[int]) -> None:
    assert token_ids(text, most=128) == ids


def test_a_long_text_is_cut_between_the_marks() -> None:
    ids = token_ids("wifi " * 500, most=128)
    assert len(ids) == 128
    assert (ids[0], ids[-1]) == (101, 102)


def test_the_same_matter_in_other_words_is_near_and_another_is_far() -> None:
    assert available()
    down, out, lunch = embed(
        ["the wifi is down", "internet is not working in my room", "I love the new pizza"]
    )
    assert down.shape == (SIZE,)
    assert down @ out > 0.4
    assert down @ lunch < 0.2


def test_many_at_once_are_as_one_by_one() -> None:
    texts = ["short", "a somewhat longer message about a dead projector " * 3, "x"]
    together = embed(texts)
    for row, text in zip(together, texts, strict=True):
        assert row @ embed([text])[0] == pytest.approx(1.0, abs=1e-5)


def test_without_the_right_model_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    embedding._session.cache_clear()
    monkeypatch.setattr(embedding, "SHA256", "another")
    assert not available()
    with pytest.raises(RuntimeError, match="not installed"):
        embed(["x"])
    monkeypatch.undo()
    embedding._session.cache_clear()
    assert available()
