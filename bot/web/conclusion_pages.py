"""What was heard in a survey and what follows: written, looked at, published, read."""

from __future__ import annotations

from starlette.responses import Response

from bot.charts import conclusion_words
from bot.conversation import Reader
from bot.web.rendering import written
from bot.web.visiting import Visit
from governance import wording
from governance.conclusions.commands import PublishConclusions, WriteConclusions
from governance.conclusions.model import MOST_STEPS, ConclusionsForm

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
    return await visit.page(
        "pages/conclusions.html",
        words.say("Error: {title}", title=title) if asked.unfit else title,
        reader,
        status=422 if asked.unfit else 200,
        form=asked,
        heading=title,
        steps=range(1, MOST_STEPS + 1),
        preview=visit.drawn(asked.draft, reader, level=3) if asked.draft else "",
        problems=[(f"f-{name}", wording.unfit(words, why)) for name, why in asked.unfit.items()],
        told=conclusion_words,
        figures=[(key, written(prompt, words)) for key, prompt in asked.choices],
    )
