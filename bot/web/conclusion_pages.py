"""What was heard in a survey and what follows: written, looked at, published, read."""

from __future__ import annotations

from markupsafe import Markup
from starlette.responses import Response

from bot.conversation import Reader
from bot.web.details import DrawnSection, asking, drawn
from bot.web.notices import Ask, drawn_ask, lines
from bot.web.render_card import rendered
from bot.web.visiting import Visit
from core.cards import ChoiceField, Style, TextField
from core.details import Detail
from core.words import Words
from governance import links, wording
from governance.conclusions import cards as conclusions
from governance.conclusions.commands import PublishConclusions, WriteConclusions
from governance.conclusions.handlers import LONGEST, LONGEST_STEP
from governance.conclusions.model import MOST_STEPS, ConclusionsForm
from governance.second_person import wording as approval

FIELDS = (
    "heard",
    *(f"{part}_{place}" for place in range(1, MOST_STEPS + 1) for part in ("what", "by")),
    "not_done",
)


async def write(visit: Visit) -> Response:
    wave = visit.subject("wave")
    words = {name: visit.form.one(name) for name in FIELDS}
    reply = await visit.ask(
        WriteConclusions(wave_id=wave, words=words, figures=visit.form.all("figures"))
    )
    match reply.message:
        case ConclusionsForm(unfit=unfit) as asked if unfit:
            return await form(visit, asked, reply.reader)
        case ConclusionsForm():
            return visit.go(f"/results/{wave}/conclusions#look")
        case message:
            return await visit.anything(message, reply.reader)


async def publish(visit: Visit) -> Response:
    wave, version = visit.subject("wave"), visit.form.whole("version")
    tell = visit.form.one("tell") == "yes"
    reply = await visit.ask(PublishConclusions(wave_id=wave, version=version, tell=tell))
    if not isinstance(reply.message, ConclusionsForm):
        return await visit.anything(reply.message, reply.reader)
    note = visit.words(reply.reader).say("Published.")
    return visit.go(f"/results/{wave}", note=note)


async def form(visit: Visit, asked: ConclusionsForm, reader: Reader) -> Response:
    words = visit.words(reader)
    title = words.say("Tell staff what you heard: {title}", title=words.text(asked.title))
    reach = words.count(
        "It goes to {n} person who was asked.",
        "It goes to all {n} people who were asked, once.",
        asked.people,
    )
    detail = Detail(
        title=title, notes=lines(f"{reach} {words.say('It is on the results page, too.')}")
    )
    write = asking(visit, words.say("What you tell them"), [_write(words, asked)], reader)
    sections = [*_preview(visit, words, asked, reader), write]
    return await visit.of_kind(
        "detail",
        words.say("Error: {title}", title=title) if asked.unfit else title,
        reader,
        status=422 if asked.unfit else 200,
        view=drawn(visit, detail, reader, last=sections),
        problems=[(f"f-{name}", wording.unfit(words, why)) for name, why in asked.unfit.items()],
    )


def _preview(
    visit: Visit, words: Words, asked: ConclusionsForm, reader: Reader
) -> list[DrawnSection]:
    """The draft as people will read it, with the button that publishes it."""
    if asked.draft is None:
        return []
    approves = approval.first(words, asked.second)
    again = ChoiceField(
        key="tell",
        label=words.say(
            "This corrects what you published. It is shown at once; people are told again only if "
            "you wish."
        ),
        choices=(("yes", words.say("Tell everyone again")),),
        several=True,
        hint=approves,
        optional=True,
        depends=True,
    )
    publish = Ask(
        at=f"{links.conclusions('', asked.wave_id)}/publish",
        submit=words.say("Publish it")
        if asked.published
        else approval.label(words, asked.second, words.say("Publish it")),
        fields=(again,) if asked.published else (),
        carries={"version": str(asked.draft.version)},
    )
    here = links.heard("", asked.wave_id)
    shown = rendered(conclusions.heard(words, asked.draft), reader, csrf="", level=3, here=here)
    form = drawn_ask(publish, reader, visit.csrf)
    if approves and not asked.published:
        form = Markup("<p>{}</p>").format(approves) + form
    title = words.say("As people will read it")
    return [DrawnSection(title=title, key="look", parts=shown + form)]


def _write(words: Words, asked: ConclusionsForm) -> Ask:
    """What was heard, what is done by when, what is not, and which figures are shown."""
    say = words.say

    def text(
        key: str, label: str, hint: str = "", *, rows: int = 5, longest: int = LONGEST
    ) -> TextField:
        why = wording.unfit(words, asked.unfit[key]) if key in asked.unfit else ""
        value = asked.words.get(key, "")
        return TextField(
            key=key, label=label, value=value, longest=longest, hint=hint, why=why, rows=rows
        )

    def step(n: int) -> tuple[TextField, TextField]:
        one = say("One step is enough. Promise only what you will do.") if n == 1 else ""
        what = say("Step {n}: what will you do?", n=n)
        by = say("By when is step {n} done?", n=n)
        return (
            text(f"what_{n}", what, one, rows=1, longest=LONGEST_STEP),
            text(f"by_{n}", by, rows=1, longest=LONGEST_STEP),
        )

    heard = say("In two or three sentences. Include what is hard to hear.")
    figures = ChoiceField(
        key="figures",
        label=say("Which figures do you want to show?"),
        choices=tuple((key, words.text(prompt)) for key, prompt in asked.choices),
        chosen=asked.figures,
        several=True,
        hint=say("For everyone asked, as on the results page. Everyone who reads this sees them."),
        why=wording.unfit(words, asked.unfit["figures"]) if "figures" in asked.unfit else "",
    )
    return Ask(
        at=links.conclusions("", asked.wave_id),
        submit=say("Save and preview"),
        fields=(
            text("heard", say("What did you hear?"), heard),
            *(field for n in range(1, MOST_STEPS + 1) for field in step(n)),
            text(
                "not_done", say("What will you not do, and why?"), say("You may leave this empty.")
            ),
            *((figures,) if asked.choices else ()),
        ),
        style=Style.PLAIN if asked.draft else Style.PRIMARY,
    )
