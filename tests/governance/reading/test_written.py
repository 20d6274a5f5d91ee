"""The messages that come with the reader, and their vectors."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from governance.reading import shipping
from governance.reading import written as shelf
from governance.reading.embedding import embed
from governance.reading.personal_data import find, redact
from governance.reading.shipping import ship, ship_redacted
from governance.reading.themes import all_themes
from governance.reading.written import VectorStore, key_of, written

found = cache(find)
"""Two tests look through every message."""


def test_every_theme_has_messages_and_no_message_another_theme() -> None:
    of_theme = Counter(theme for example in written() for theme in example.themes)
    assert set(of_theme) == set(all_themes())
    assert min(of_theme.values()) >= 15
    assert sum(not example.themes for example in written()) >= 400


def test_hardly_any_message_waits_for_its_vector_at_a_start() -> None:
    kept = shelf._shipped().places
    missing = [example.text for example in written() if key_of(example.text) not in kept]
    assert len(missing) <= len(written()) // 20, "make them anew: see data/README.md"


def test_what_was_shipped_without_personal_data_is_what_would_be_left_today() -> None:
    texts = shelf.texts_on_and_off()
    shipped = shelf._redacted(texts)
    assert shipped is not None, "make it anew: see data/README.md"
    left = {key_of(text).hex(): redact(text, found(text)) for text in texts}
    told = {key_of(text).hex(): text for text in texts}
    assert {key: text for key, text in left.items() if text != told[key]} == shipped


def test_written_messages_that_were_changed_are_looked_through_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shipping, "find", found)
    ship_redacted(tmp_path / "redacted.json")
    monkeypatch.setattr(shelf, "REDACTED", tmp_path / "redacted.json")
    texts = shelf.texts_on_and_off()
    assert shelf._redacted(texts) is not None
    assert shelf._redacted([*texts, "Ask Naomi Whitehorse."]) is None


def test_a_shipped_vector_says_what_the_model_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["the wifi drops in the gym", "nobody told us about the new gradebook"]
    assert ship(texts, tmp_path / "vectors.npz") == 2
    monkeypatch.setattr(shelf, "VECTORS", tmp_path / "vectors.npz")
    shelf._shipped.cache_clear()
    try:
        kept, fresh = VectorStore().of(texts), embed(texts)
    finally:
        shelf._shipped.cache_clear()
    assert kept is not None
    assert np.abs((kept * fresh).sum(axis=1) - 1).max() < 0.001
    assert np.abs(kept - fresh).max() > 0  # it was not made anew
