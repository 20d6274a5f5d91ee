"""What the features show on Home, as a page could have to draw it."""

from __future__ import annotations

from datetime import timedelta

from core import tiles
from core.cards import Page
from core.home import Banner, BarsPanel, Coming, TablePanel
from core.lists import Cell, Column, Row
from governance.views import OverviewView
from tests.bot.web.examples import HOSTILE, NOW

OVERVIEW = OverviewView(
    parts=(
        (
            0,
            lambda words: Banner(
                tag=tiles.Tag(text=words.say("Now"), tone=tiles.Tone.NOW),
                title="Phones are down",
                path="/service/status",
                detail=HOSTILE,
            ),
        ),
        (
            1,
            lambda words: tiles.Tile(
                label=words.say("Late"),
                figure="3",
                says=words.say("Past the day to answer by"),
                tone=tiles.Tone.NOW,
                path="/committees/network",
            ),
        ),
        (
            2,
            lambda words: tiles.Tile(
                label=words.say("Answered within 30 days"),
                figure=words.percent(0.92),
                trend=(0.8, None, 0.92),
                trend_says="80%, –, 92%",
            ),
        ),
        (
            3,
            lambda words: BarsPanel(
                title=words.say("What staff talk about"),
                bars=(tiles.Bar(label=HOSTILE, share=1.0, figure="96"),),
                more=Page(label=words.say("All themes by month"), path="/what-came"),
            ),
        ),
        (
            4,
            lambda words: TablePanel(
                title=words.say("Committees"),
                columns=(
                    Column(key="committee", label=words.say("Committee")),
                    Column(key="late", label=words.say("Late"), number=True),
                ),
                rows=(
                    Row(
                        key="network",
                        filters=frozenset(),
                        cells=(Cell(text=HOSTILE), Cell(text="1", tone=tiles.Tone.NOW)),
                        path="/committees/network",
                    ),
                ),
            ),
        ),
        (
            5,
            lambda words: Coming(
                at=NOW + timedelta(days=2),
                what=words.say("“{title}” closes", title=HOSTILE),
                path="/calendar",
            ),
        ),
    )
)
NO_FIGURES = OverviewView(parts=())
