"""What stands for a message in one line."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from core.words import Words
from governance.docket.messages import DocketLine
from governance.docket.wording import clause, subject
from governance.feedback.model import ItemState

ENGLISH = Words("en", "America/Chicago")
LONG = "From the bus depot I cannot reach the route system on the VPN before 5 in the morning"


def line(words: str, **more: str) -> DocketLine:
    return DocketLine(
        item_id=UUID(int=1),
        redacted=words,
        state=ItemState.NEW,
        received_at=datetime(2026, 12, 1, tzinfo=UTC),
        due_at=None,
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("The printer jams. It is old.", "The printer jams"),
        (f"{LONG}, which is when I need it.", LONG),
        (
            "El inalámbrico del gimnasio se cae en cada examen porque las dos clases de séptimo "
            "empiezan juntas",
            "El inalámbrico del gimnasio se cae en cada examen",
        ),
        (
            "Hello, the carts in the library and the lab and the gym and the office and the hall "
            "never charge overnight",
            "Hello, the carts in the library and the lab and the gym and the office and the hall "
            "never…",
        ),
        ("", "No words"),
    ],
)
def test_a_clause_is_cut_in_its_middle_only_where_none_ends(words: str, first: str) -> None:
    assert clause(ENGLISH, line(words)) == first


def test_a_subject_is_the_theme_and_the_first_clause_unless_somebody_wrote_one() -> None:
    said = line("The Wi-Fi drops. Every day.", theme="Wireless network")
    assert subject(ENGLISH, said) == "Wireless network: The Wi-Fi drops"
    assert clause(ENGLISH, said) == "The Wi-Fi drops", "where the theme stands beside it"
    named = line("The Wi-Fi drops.", theme="Wireless network", subject="Portables")
    assert subject(ENGLISH, named) == "Portables"
