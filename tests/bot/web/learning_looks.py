"""The pages about training in each of their states."""

from __future__ import annotations

from governance.learning.commands import ShowGuide, ShowLearning, ShowSession
from tests.bot.samples.learning import CHANGE, GUIDE, SESSION
from tests.bot.web.learning_views import SAID
from tests.bot.web.looking import page

_ONE, _GUIDE = f"/learning/{SESSION}", f"/guides/{GUIDE}"

TRAINING = (
    page("/learning"),
    page("/learning", locale="es"),
    page("/learning", (ShowLearning, SAID["learning_empty"])),
    page(f"/calendar/{CHANGE}/learning", (ShowLearning, SAID["learning_for_change"])),
    page(_ONE),
    page(_ONE, locale="es"),
    *(
        page(_ONE, (ShowSession, SAID[name]))
        for name in (
            "session_full",
            "session_mine",
            "session_waiting",
            "session_run",
            "session_over",
            "session_cancelled",
        )
    ),
    page(_GUIDE),
    page(_GUIDE, (ShowGuide, SAID["guide_done"])),
    page(_GUIDE, (ShowGuide, SAID["guide_due"])),
    *(
        page(f"/do/{token}")
        for token in (
            f"session-form|{SESSION}",
            f"cancel-form|{SESSION}",
            f"attendance|{SESSION}",
            f"guide-form|{GUIDE}",
        )
    ),
)
