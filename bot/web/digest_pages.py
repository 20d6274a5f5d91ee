"""A committee's week with how it hears of items, and what followed from it for all of the staff."""

from __future__ import annotations

from markupsafe import Markup
from starlette.responses import Response

from bot.charts.count_charts import count_chart
from bot.conversation import Reader
from bot.web.details import DrawnSection, drawn
from bot.web.notices import Ask, drawn_ask, lines
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import ChoiceField, Page
from core.charts import Counts
from core.details import Detail, Section, Todo
from core.reports import Chart, bullets
from core.words import Words
from governance import links, wording
from governance.digests import wording as digest_words
from governance.digests.commands import ChooseBriefs
from governance.digests.messages import Digest
from governance.digests.model import BriefChoice, Briefs, SchoolDay
from governance.digests.views import WeekView
from governance.docket.lists import committee_tabs


async def week(visit: Visit, view: WeekView, reader: Reader) -> Response:
    words, digest = visit.words(reader), view.digest
    counts = digest_words.counts(words, digest)
    picture = count_chart(counts, words)
    last = DrawnSection(
        title=words.say("How your committee gets messages"),
        lead=digest_words.chosen(words, view.choice, chat=view.in_chat),
        parts=_choosing(visit, words, view, reader) if view.leads else Markup(""),
    )
    shown = drawn(visit, _week(words, digest, counts, picture), reader, last=(last,))
    committee = digest.queue_name
    return await visit.of_kind(
        "detail",
        digest_words.title(words, digest),
        reader,
        view=shown,
        tabs=committee_tabs(words, digest.queue, committee),
        pictures={counts.key: picture},
        up=Page(label=wording.queue(words, committee), path=links.docket("", digest.queue)),
    )


def _week(words: Words, digest: Digest, counts: Counts, picture: Markup | None) -> Detail:
    """The sums, the messages by theme, and those that wait or are due."""
    themes = digest_words.theme_lines(words, digest.themes)
    shown = Chart(key=counts.key, says=counts.caption)
    by_theme = Section(title=counts.title, blocks=(shown if picture else bullets(themes),))
    listed = [
        Section(
            title=title,
            todo=tuple(
                Todo(
                    says=one.words,
                    detail=digest_words.about(words, one),
                    path=links.item("", one.item_id),
                )
                for one in items
            ),
        )
        for title, items in digest_words.parts(words, digest)
    ]
    return Detail(
        title=digest_words.title(words, digest),
        notes=lines(*digest_words.lines(words, digest)),
        sections=(*((by_theme,) if themes else ()), *listed),
    )


def _choosing(visit: Visit, words: Words, view: WeekView, reader: Reader) -> Markup:
    """For whoever leads the committee: behind a line, since it is chosen once."""
    form = drawn_ask(_ask(words, view), reader, visit.csrf)
    return Markup("<details><summary>{}</summary>{}</details>").format(
        words.say("Choose something else"), form
    )


def _ask(words: Words, view: WeekView) -> Ask:
    say, choice = words.say, view.choice
    how = ChoiceField(
        key="briefs",
        label=say("How"),
        choices=(
            (Briefs.EACH.value, say("Each message as it arrives")),
            (Briefs.WEEKLY.value, say("Once a week, with urgent or late messages right away")),
        ),
        chosen=(choice.briefs.value,),
    )
    day = ChoiceField(
        key="day",
        label=say("Day"),
        choices=tuple((one.value, digest_words.day_name(words, one)) for one in SchoolDay),
        chosen=(choice.day.value,),
    )
    hour = ChoiceField(
        key="hour",
        label=say("Time"),
        choices=tuple((str(one), digest_words.hour_name(words, one)) for one in range(24)),
        chosen=(str(choice.hour),),
    )
    at = f"/committees/{view.digest.queue}/week"
    return Ask(at=at, submit=say("Save"), fields=(how, day, hour))


async def choose(visit: Visit) -> Response:
    queue = visit.path("queue")
    reply = await visit.ask(ChooseBriefs(queue=queue, choice=_choice(visit)))
    note = visit.words(reply.reader).say("Saved. It applies from now on.")
    return visit.go(f"/committees/{queue}/week", note=note)


def _choice(visit: Visit) -> BriefChoice:
    """The form has only choices: anything else was not typed into it."""
    form = visit.form
    try:
        return BriefChoice(
            briefs=Briefs(form.one("briefs")),
            day=SchoolDay(form.one("day")),
            hour=range(24)[visit.whole(form.one("hour"))],
        )
    except (ValueError, IndexError):
        raise TroubleError(400) from None
