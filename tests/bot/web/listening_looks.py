"""The pages of what staff say: from the form, through dockets and triage, to what came of it."""

from __future__ import annotations

from dataclasses import replace

from bot.web.render_card import at as do
from governance.chairs.commands import DisposeTogether, ShowAgenda, ShowChair
from governance.conversations.commands import AskAuthor
from governance.digests.commands import ShowDigest, ShowFigures
from governance.docket.commands import ShowFeedbackForm, ShowItem
from governance.duplicates.commands import ShowCorrections, ShowMatter, ShowTrends
from governance.duplicates.views import CorrectionsView
from governance.feedback.model import Urgency
from governance.forms.commands import Open
from governance.home.commands import ShowDocket
from governance.redaction.commands import RemoveStudentData, ShowTakenOut
from governance.urgent.commands import CloseCase, ShowCase, ShowCases
from surveys.messages import Rejected
from surveys.questions import Unfit
from tests.bot.web import examples, listening_views
from tests.bot.web.examples import ITEM, MESSAGES, number
from tests.bot.web.listening_views import DOOR, RECEIPT, TOKEN
from tests.bot.web.looking import page, stranger

CASE = f"/urgent/{ITEM}/{Urgency.SAFETY.value}"
SPANISH = "es"
_CLOSE = do(Open(of=CloseCase(item_id=ITEM, urgency=Urgency.SAFETY)))
_FULL = (ShowDocket, listening_views.DOCKET)
_TRIAGE = (ShowDocket, listening_views.TRIAGE)
_NOTHING_GREW = replace(examples.TRENDS, growing=None)
_ALONE = replace(examples.MATTER, others=(), said_by=None, open=False, choices=())
_WHOLE = (ShowMatter, listening_views.MATTER)
_QUIET = replace(listening_views.WEEK, digest=MESSAGES["digest_without_anything_new"], leads=False)
_IDLE = replace(listening_views.CHAIR, lines=(), bulks=(), more=0)
_TOO_LATE = Rejected(unfit={"items": Unfit(why="Choose the messages first.")})
_SHARED = replace(
    listening_views.AGENDA,
    shared=True,
    quotes=(),
    oldest=(),
    pending=(),
    decided=(),
    rules=tuple(replace(one, lines=()) for one in listening_views.AGENDA.rules),
)

LISTENING = (
    page("/committees/network", _FULL),
    page("/committees/network", _FULL, locale=SPANISH),
    page("/committees/network?state=in-discussion", _FULL),
    page(
        f"/committees/network?q=wi-fi&sort=-people&item={listening_views.ITEMS[3].item_id}", _FULL
    ),
    page("/committees/network?q=nothing+has+this", _FULL),
    page("/committees/triage", _TRIAGE),
    page("/committees/triage", _TRIAGE, locale=SPANISH),
    page("/committees/restricted", (ShowDocket, listening_views.RESTRICTED)),
    page(f"/items/{ITEM}", (ShowItem, MESSAGES["brief_in_discussion"])),
    page(f"/items/{ITEM}", (ShowItem, MESSAGES["brief_said_by_many"])),
    page(f"/items/{ITEM}", (ShowItem, MESSAGES["brief_asked_back"])),
    page(f"/items/{ITEM}", (ShowItem, MESSAGES["brief_asked_back"]), locale=SPANISH),
    page(do(Open(of=AskAuthor(item_id=ITEM)))),
    page(
        do(Open(of=AskAuthor(item_id=ITEM))),
        (Open, MESSAGES["ask_form_wrong"]),
    ),
    page(f"/items/{ITEM}/reply"),
    page(f"/items/{ITEM}/matter", _WHOLE),
    page(f"/items/{ITEM}/matter", _WHOLE, locale=SPANISH),
    page(f"/items/{ITEM}/matter?undo={number(22)}"),
    page(f"/items/{ITEM}/matter", (ShowMatter, _ALONE)),
    page("/committees/network/trends"),
    page("/committees/network/trends", (ShowTrends, _NOTHING_GREW)),
    page("/committees/network/week"),
    page("/committees/network/week", locale=SPANISH),
    page("/committees/network/week", (ShowDigest, _QUIET)),
    page("/committees/network/chair"),
    page("/committees/network/chair", locale=SPANISH),
    page("/committees/network/chair", (ShowChair, _IDLE)),
    page(
        "/committees/network/chair",
        (DisposeTogether, _TOO_LATE),
        press="Acknowledge",
        status=422,
    ),
    page("/committees/network/agenda"),
    page("/committees/network/agenda", locale=SPANISH),
    page("/committees/network/agenda?shared=yes", (ShowAgenda, _SHARED)),
    page("/triage/learned", (ShowCorrections, listening_views.LEARNED)),
    page("/triage/learned", (ShowCorrections, CorrectionsView(taught=()))),
    page(f"/triage/learned?item={ITEM}", press="Forget this"),
    page("/urgent"),
    page("/urgent", locale=SPANISH),
    page(
        "/urgent",
        (ShowCases, replace(listening_views.CASES, open_cases=(), closed_cases=())),
    ),
    page(CASE),
    page(CASE, (ShowCase, MESSAGES["urgent_alert"])),
    page(CASE, (ShowCase, MESSAGES["urgent_alert_closed"])),
    page(_CLOSE),
    page(_CLOSE, (Open, MESSAGES["close_case_rejected"])),
    page(do(Open(of=RemoveStudentData(item_id=ITEM)))),
    page(
        do(Open(of=RemoveStudentData(item_id=ITEM))),
        (Open, MESSAGES["student_data_form_again"]),
    ),
    page(f"/feedback/{ITEM}/taken-out"),
    page(f"/feedback/{ITEM}/taken-out", locale=SPANISH),
    page(
        f"/feedback/{ITEM}/taken-out",
        (ShowTakenOut, MESSAGES["taken_out_form_again"]),
    ),
    page(f"/feedback/{ITEM}/taken-out", press="Save"),
    page("/feedback", (ShowFeedbackForm, MESSAGES["feedback_form_three_ways"])),
    page("/what-came-of-it"),
    page("/what-came-of-it", locale=SPANISH),
    page(
        "/what-came-of-it",
        (ShowFigures, replace(listening_views.FIGURES, months=())),
    ),
)

ANONYMOUS = (
    stranger(f"/help-desk/{TOKEN}"),
    stranger(f"/help-desk/{TOKEN}", press="Send it", status=422),
    stranger("/help-desk/of-another-time", status=404),
    stranger(f"/say-anonymously/{DOOR}"),
    stranger(f"/say-anonymously/{DOOR}/rule-{0:032x}-1-2"),
    stranger("/say-anonymously"),
    stranger("/say-anonymously/of-last-month"),
    stranger(f"/say-anonymously/{DOOR}", ("text", "The Wi-Fi."), press="Send it anonymously"),
    stranger("/collect"),
    stranger("/collect", ("code", "wrong"), press="Show the answer", status=404),
    stranger("/collect", ("code", RECEIPT), press="Show the answer"),
)
