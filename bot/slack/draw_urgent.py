"""Urgent announcements in Slack: asking for a second person's yes, and giving or refusing it."""

from __future__ import annotations

from typing import assert_never

from bot import links
from bot import urgent_words as say
from bot.registry import encode
from bot.slack.blocks import (
    Block,
    Element,
    Pen,
    actions,
    bold,
    bullets,
    button,
    confirm,
    field,
    header,
    note,
    paragraph,
    typing,
)
from bot.slack.draw_announcements import change_blocks
from bot.slack.draw_feedback import troubles
from bot.slack.drawn import Drawn, Form
from governance.approval_messages import (
    ApprovalAsked,
    ApprovalSettled,
    DeclineForm,
    Settlement,
    UrgentForm,
)
from governance.approving import LONGEST_WHY
from governance.commands import (
    ApproveAnnouncement,
    DeclineAnnouncement,
    SendAnnouncement,
    ShowAnnouncementForm,
    ShowApproval,
    ShowDeclineForm,
    ShowProgress,
)

_Urgent = UrgentForm | ApprovalAsked | DeclineForm | ApprovalSettled


def draw(message: _Urgent, pen: Pen) -> Drawn:
    """Each of them as a message."""
    match message:
        case UrgentForm():
            return urgent_offer(message, pen)
        case ApprovalAsked():
            return approval_asked(message, pen)
        case DeclineForm():
            return decline_offer(message, pen)
        case ApprovalSettled():
            return approval_settled(message, pen)
        case _:
            assert_never(message)


# -- asking -----------------------------------------------------------------------------------


def urgent_offer(message: UrgentForm, pen: Pen) -> Drawn:
    """What it means, as a message: a button asks."""
    said, blocks = _what_it_means(message, pen)
    if message.approvers:
        token = encode(SendAnnouncement(announcement_id=message.announcement_id, urgent=True))
        blocks.append(actions(button(pen.say("Ask for approval"), token, style="primary")))
    return Drawn(text=said, blocks=blocks)


def urgent_form(message: UrgentForm, pen: Pen) -> Form | None:
    """The same in a modal: handing it in asks. None: there is nobody to ask."""
    if not message.approvers:
        return None
    _, blocks = _what_it_means(message, pen)
    return Form(
        title=pen.say("Send it as urgent?"),
        submit=pen.say("Ask for approval"),
        token=encode(SendAnnouncement(announcement_id=message.announcement_id, urgent=True)),
        web_link=links.desk(pen.web_url),
        blocks=blocks,
    )


def _what_it_means(message: UrgentForm, pen: Pen) -> tuple[str, list[Block]]:
    said = pen.say("Send “{title}” as urgent?", title=pen.text(message.title))
    return said, [header(said), bullets(say.form_lines(pen.words, message))]


# -- deciding ---------------------------------------------------------------------------------


def approval_asked(message: ApprovalAsked, pen: Pen) -> Drawn:
    """All that people will read, and what a yes does."""
    said = say.asked(pen.words, message)
    return Drawn(
        text=said,
        blocks=[
            paragraph(bold(said)),
            bullets(say.asked_lines(pen.words, message)),
            header(pen.text(message.change.title)),
            note(pen.say("From {who}.", who=message.sender)),
            *change_blocks(message.change, pen),
            actions(_approve(message, pen), _decline(message, pen)),
        ],
    )


def _approve(message: ApprovalAsked, pen: Pen) -> Element:
    label = say.approve_label(pen.words, message)
    sure = " ".join(say.reach_lines(pen.words, message.reach))
    yes = ApproveAnnouncement(announcement_id=message.announcement_id, request=message.request)
    return button(
        label,
        encode(yes),
        style="primary",
        ask=confirm(pen.say("Send it now?"), sure, pen.say("Approve"), pen.say("Not yet")),
    )


def _decline(message: ApprovalAsked, pen: Pen) -> Element:
    token = encode(ShowDeclineForm(announcement_id=message.announcement_id))
    return button(pen.say("Decline"), token)


def decline_offer(message: DeclineForm, pen: Pen) -> Drawn:
    said = pen.say("Decline to send “{title}” as urgent?", title=pen.text(message.title))
    opens = encode(ShowDeclineForm(announcement_id=message.announcement_id))
    back = encode(ShowApproval(announcement_id=message.announcement_id))
    return Drawn(
        text=said,
        blocks=[
            *troubles(message.unfit, pen),
            paragraph(said),
            actions(button(pen.say("Decline"), opens), button(pen.say("Not now"), back)),
        ],
    )


def decline_form(message: DeclineForm, pen: Pen) -> Form:
    no = DeclineAnnouncement(announcement_id=message.announcement_id, request=message.request)
    return Form(
        title=pen.say("Decline"),
        submit=pen.say("Decline"),
        token=encode(no),
        web_link=links.approval(pen.web_url, message.announcement_id),
        blocks=[
            *troubles(message.unfit, pen),
            header(pen.text(message.title)),
            field(
                "why",
                pen.say("Why?"),
                typing(message.why, longest=LONGEST_WHY),
                hint=pen.say(
                    "The person who asked will see it. The announcement becomes a draft again."
                ),
            ),
        ],
    )


def approval_settled(message: ApprovalSettled, pen: Pen) -> Drawn:
    said = say.settled(pen.words, message)
    lines = say.settled_lines(pen.words, message)
    blocks = [paragraph(bold(said)), *(paragraph(line) for line in lines)]
    if message.to_asker:
        blocks.append(actions(_next(message, pen)))
    return Drawn(text=" ".join([said, *lines]), blocks=blocks)


def _next(message: ApprovalSettled, pen: Pen) -> Element:
    """What is there to do for who asked."""
    announcement = message.announcement_id
    if message.settlement is Settlement.APPROVED:
        progress = encode(ShowProgress(announcement_id=announcement))
        return button(pen.say("What became of it"), progress)
    change = encode(ShowAnnouncementForm(announcement_id=announcement))
    return button(pen.say("Change it"), change)
