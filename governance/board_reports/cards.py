"""Board reports in chat and as forms; the web draws the page itself."""

from __future__ import annotations

from core.cards import (
    Bullets,
    Card,
    ChoiceField,
    Confirm,
    Entries,
    Field,
    Form,
    Line,
    Look,
    Page,
    Part,
    Press,
    Prose,
    Run,
    Secrecy,
    Style,
    TextField,
)
from core.words import Words
from governance import links
from governance.board_reports import wording as say
from governance.board_reports.commands import (
    ChoosePeriod,
    CorrectReport,
    DiscardReport,
    DraftYouSaid,
    IssueReport,
    PublishReport,
    ShowReport,
    ShowReportWords,
    ShowStories,
    WriteReportWords,
    WriteStories,
)
from governance.board_reports.messages import (
    ReportRow,
    ReportsView,
    ReportView,
    ReportWordsForm,
    StoriesForm,
)
from governance.board_reports.model import (
    LONGEST_HEADLINE,
    LONGEST_INTRO,
    LONGEST_NOTE,
    LONGEST_STORY,
    STORIES,
    Section,
)
from governance.card_parts import Drawings, Notes, lines, put_back, why
from governance.forms.commands import Open
from governance.second_person.wording import guarded

_OURS = Secrecy.SIGNED_IN


def reports(words: Words, message: ReportsView) -> Card:
    rows = tuple(
        (
            Page(
                label=say.title(words, one.period, one.edition),
                path=links.board_report("", one.report_id),
            ),
            stands(words, one),
        )
        for one in message.rows
    )
    about = words.say(
        "One page for the Board: the goals, what staff said, and what the district did about it."
    )
    new = Press(label=words.say("New report"), command=Open(of=ChoosePeriod()), style=Style.PRIMARY)
    return Card(
        title=words.say("Board reports"),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([about]),
            *((Entries(rows=rows, secrecy=_OURS),) if rows else ()),
            *lines([] if rows else [words.say("No report has been issued yet.")]),
        ),
        presses=(new,) if message.writes else (),
        page=Page(label=words.say("Open the reports"), path=links.board_reports("")),
        up=Page(label=words.say("Home"), path=links.inbox("")),
    )


def stands(words: Words, one: ReportRow) -> str:
    if one.issued_at is None:
        return words.say("Draft")
    told = [words.say("Issued {day}", day=words.day(one.issued_at, year=True))]
    if one.public:
        told.append(words.say("on the public page"))
    if one.replaced:
        told.append(words.say("replaced by a newer edition"))
    return " · ".join(told)


# -- one report --------------------------------------------------------------------------------


def report(words: Words, message: ReportView) -> Card:
    figures, written = message.figures, message.words
    headline: Prose = (
        (Run(written.headline, written.language),)
        if written.headline
        else say.headline(words, figures)
    )
    on = say.day_in(words, message.as_of)
    told = [*say.heard(words, figures.heard), *say.still_open(words, figures.still_open, on)]
    if figures.decisions:
        told.append(say.decided(words, figures.decisions))
    told += [words.text(one) for one in figures.further]
    parts: list[Part] = [
        Line(text=headline, secrecy=_OURS, look=Look.STRONG),
        Bullets(lines=tuple(told), secrecy=_OURS),
    ]
    if message.correction:
        parts += lines([corrects(words, message)], secrecy=_OURS)
    if message.missing:
        parts += lines([words.say("Still missing:")], Look.STRONG, _OURS)
        lacks = tuple(say.missing(words, one, n) for one, n in message.missing)
        parts.append(Bullets(lines=lacks, secrecy=_OURS))
    return Card(
        title=say.title(words, message.period, message.edition),
        secrecy=Secrecy.ANYWHERE,
        badge=words.say("Draft") if message.draft else "",
        calm=True,
        parts=tuple(parts),
        presses=report_presses(words, message),
        more=more_presses(words, message),
        page=Page(
            label=words.say("Open the page to read or print it"),
            path=links.board_report("", message.report_id),
        ),
        up=Page(label=words.say("Board reports"), path=links.board_reports("")),
    )


def corrects(words: Words, message: ReportView) -> str:
    return words.say("This edition corrects: {correction}", correction=message.correction)


def report_presses(words: Words, message: ReportView) -> tuple[Press, ...]:
    which = message.report_id
    if not message.writes:
        return ()
    if not message.draft:
        if message.newer:
            return ()
        label = words.say("Draft “You said, we did”")
        return (Press(label=label, command=DraftYouSaid(report_id=which), style=Style.PRIMARY),)
    return (
        Press(
            label=words.say("Issue it"),
            command=IssueReport(report_id=which, seen=message.seen),
            style=Style.PRIMARY,
            confirm=Confirm(
                title=words.say("Issue this report?"),
                text=words.say(
                    "All staff can read it from now on. Its words and figures won’t change "
                    "again; a correction is a new edition."
                ),
                yes=words.say("Issue it"),
                no=words.say("Not now"),
            ),
        ),
        Press(label=words.say("Edit the text"), command=ShowReportWords(report_id=which)),
        Press(label=words.say("Choose stories"), command=ShowStories(report_id=which)),
    )


def more_presses(words: Words, message: ReportView) -> tuple[Press, ...]:
    which = message.report_id
    if not message.writes:
        return ()
    if message.draft:
        return (
            Press(
                label=words.say("Change the period"), command=Open(of=ChoosePeriod(report_id=which))
            ),
            Press(
                label=words.say("Delete the draft"),
                command=DiscardReport(report_id=which),
                style=Style.DANGER,
                confirm=Confirm(
                    title=words.say("Delete this draft?"),
                    text=words.say("You’ll lose what you wrote."),
                    yes=words.say("Delete it"),
                    no=words.say("Keep it"),
                ),
            ),
        )
    shows = PublishReport(report_id=which, public=not message.public)
    label = (
        words.say("Take it off the public page")
        if message.public
        else words.say("Publish on the public page")
    )
    sure = Confirm(
        title=words.say("Publish this report?"),
        text=words.say("Anyone can read it without signing in."),
        yes=words.say("Publish it"),
        no=words.say("Not now"),
    )
    public = Press(label=label, command=shows, confirm=None if message.public else sure)
    if not message.public:
        asks = words.say("Ask for approval to publish it")
        public = guarded(words, public, message.second, asks)
    if message.newer:
        return (public,) if message.public else ()
    correct = Press(
        label=words.say("Correct it in a new edition"),
        command=Open(of=CorrectReport(report_id=which)),
    )
    return (public, correct)


# -- forms -------------------------------------------------------------------------------------


def _text(
    words: Words,
    message: ReportWordsForm | StoriesForm,
    key: str,
    label: str,
    longest: int,
    rows: int,
    hint: str = "",
) -> TextField:
    return TextField(
        key=key,
        label=label,
        value=message.words.get(key, ""),
        longest=longest,
        hint=hint,
        why=why(words, message.unfit, key),
        rows=rows,
        optional=True,
    )


def words_form(words: Words, message: ReportWordsForm) -> Card:
    usual = words.say("If you leave this empty, the report starts with its main figures.")
    fields: list[Field] = [
        _text(words, message, "headline", words.say("Headline"), LONGEST_HEADLINE, 1, usual),
        _text(words, message, "intro", words.say("Introduction"), LONGEST_INTRO, 3),
    ]
    for one in Section:
        label = words.say("Note: {section}", section=say.section(words, one))
        fields.append(_text(words, message, one.value, label, LONGEST_NOTE, 2))
    return _form(
        words,
        message,
        words.say("Edit the text"),
        (*fields, *put_back(words, message.doubt)),
        WriteReportWords(report_id=message.report_id),
        ShowReportWords(report_id=message.report_id),
        note=words.say("The figures cannot be edited."),
    )


def stories_form(words: Words, message: StoriesForm) -> Card:
    offered = tuple((one.token, words.text(one.title)) for one in message.sources)
    fields: list[Field] = []
    for n in range(1, STORIES + 1):
        source = message.words.get(f"source_{n}", "")
        fields.append(
            ChoiceField(
                key=f"source_{n}",
                label=words.say("Story {n}: what is it about?", n=words.number(n)),
                choices=offered,
                chosen=(source,) if source else (),
                why=why(words, message.unfit, f"source_{n}"),
                optional=True,
            )
        )
        label = words.say("Story {n} in your words", n=words.number(n))
        fields.append(_text(words, message, f"story_{n}", label, LONGEST_STORY, 3))
    if not offered:
        fields = []
    return _form(
        words,
        message,
        words.say("Choose stories"),
        (*fields, *put_back(words, message.doubt)),
        WriteStories(report_id=message.report_id),
        ShowStories(report_id=message.report_id),
        note=words.say(
            "Write about what changed. Leave out names, and do not quote a message from staff."
        )
        if offered
        else words.say(
            "There is nothing to tell yet: no recommendation with an outcome, no conclusions and "
            "no announcement that staff led to in this period."
        ),
    )


def _form(
    words: Words,
    message: ReportWordsForm | StoriesForm,
    label: str,
    fields: tuple[Field, ...],
    hands_in: WriteReportWords | WriteStories,
    shows: ShowReportWords | ShowStories,
    *,
    note: str,
) -> Card:
    return Card(
        title=label,
        secrecy=Secrecy.ANYWHERE,
        parts=lines([say.title(words, message.period), note]),
        form=Form(
            fields=fields,
            submit=Press(label=words.say("Save"), command=hands_in),
            opens=Press(label=label, command=shows),
            leave=Page(label=words.say("Not now"), path=links.board_report("", message.report_id)),
            back=ShowReport(report_id=message.report_id),
        ),
        up=Page(
            label=say.title(words, message.period),
            path=links.board_report("", message.report_id),
        ),
    )


CARDS: Drawings = {
    ReportsView: reports,
    ReportView: report,
    ReportWordsForm: words_form,
    StoriesForm: stories_form,
}

NOTES: Notes = {
    ChoosePeriod: lambda words, command, message: _gathered(words, command, message),
    WriteReportWords: lambda words, _, message: _saved(words, message),
    WriteStories: lambda words, _, message: _saved(words, message),
    CorrectReport: lambda words, _, message: _begun(words, message),
    IssueReport: lambda words, _, message: _issued(words, message),
    DiscardReport: lambda words, *_: words.say("The draft was deleted."),
    PublishReport: lambda words, command, _: (
        words.say("It is on the public page.")
        if command.public
        else words.say("It is no longer on the public page.")
    ),
}


def _gathered(words: Words, command: ChoosePeriod, message: object) -> str:
    if isinstance(message, ReportView) and message.report_id != command.report_id:
        return words.say("There is already a report about these days. This is it.")
    return words.say("These are the figures as they are now.")


def _issued(words: Words, message: object) -> str:
    if isinstance(message, ReportView) and message.draft:
        return words.say(
            "This report has changed since you opened it, so it was not issued. Check it again."
        )
    return words.say("Issued. All staff can read it.")


def _saved(words: Words, message: object) -> str:
    return words.say("Saved.") if isinstance(message, ReportView) else ""


def _begun(words: Words, message: object) -> str:
    return words.say("The new edition is a draft.") if isinstance(message, ReportView) else ""
