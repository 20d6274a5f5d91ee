"""What people read is plain American English: no turn of phrase that gave the first version away
as translated. Each pattern has the twin that says the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]

REFUSED = {
    r"\b[Oo]nly who\b": "only committee leads, only people who",
    r"\b(?:for|to|from|by) who (?!else\b|is\b|are\b)\w+": "for anyone who, to whoever",
    r"\bspared?\b": "skipped",
    r"\bmend(?:s|ed|ing)?\b": "fix",
    r"\b(?:came|comes?|became|becomes?) of (?:it|that|them)\b": "the outcome, the reply",
    r"\b[Yy]our page\b": "the home page",
    r"\b[Ss]everal at once\b": "bulk",
    r"\bstands? (?:there|here|alone|beside|on (?:your|its|the))\b": "is",
    r"\b[Ss]ureness\b": "confidence",
    r"\bvouch": "verify, confirm",
    r"\b(?:does|do) not go along\b|\bgo along\b": "is not passed on",
    r"\bset beside\b": "compared with",
    r"\bwas faster\b": "someone else already did this",
    r"\b[Tt]he desk\b": "the dashboard",
    r"\bnobody is asked by\b": "does not send anything",
    r"\bhas withdrawn it\b": "was withdrawn",
    r"\bTake .{1,30} along\b": "download",
}


def sentences() -> list[tuple[str, str]]:
    """(where, what) of each that people read."""
    with (ROOT / "core/locale/soundingboard.pot").open("rb") as file:
        said = [one.id for one in read_po(file) if one.id]
    found = [
        ("the catalogue", text) for one in said for text in ([one] if isinstance(one, str) else one)
    ]
    for page in PAGES:
        prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.S)
        found += [(page.name, " ".join(part.split())) for part in re.split(r"\n\s*\n", prose)]
    return found


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_people_read_is_plain_english(pattern: str) -> None:
    told = [
        f"{where}: …{text[max(0, hit.start() - 40) : hit.end() + 40]}…"
        for where, text in sentences()
        if (hit := re.search(pattern, text))
    ]
    assert not told, f"say “{REFUSED[pattern]}”"


def test_each_pattern_finds_what_it_is_for() -> None:
    old = (
        "Only who leads it can; it is for who works here. They are spared. What is marked has to "
        "be mended. You hear what came of it on your page. Answer several at once. It stands on "
        "its page. Sureness is said in steps that messages can vouch for. Its figures go along. "
        "It is set beside the last. Somebody was faster. Open the desk. nobody is asked by "
        "counting. Who asked for this has withdrawn it. Take the numbers along."
    )
    assert [pattern for pattern in REFUSED if not re.search(pattern, old)] == []
