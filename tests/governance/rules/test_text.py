"""The sections of a rule, in whatever way its lines end."""

from __future__ import annotations

import pytest

from governance.rules.text import sections


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_sections_are_those_of_markdown(ends: str) -> None:
    text = "Before.\n\n## One\nA\x0bB\u2028C\n\n```\n## no heading\n```\n\nTwo\n---\nD\n".replace(
        "\n", ends
    )
    found = [(one.number, one.heading, one.body.splitlines()[0]) for one in sections(text)]
    assert found == [(0, "", "Before."), (1, "One", "A"), (2, "Two", "D")]
    assert "## no heading" in sections(text)[1].body


def test_a_text_without_sections_is_its_beginning() -> None:
    assert [one.body for one in sections("Nothing but this.")] == ["Nothing but this."]
    assert sections("") == ()
